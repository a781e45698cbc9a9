"""The people with accounts, for administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from accounts import actions, passwords, queries
from accounts.forms import PLACELESS, PersonForm
from accounts.labels import DUTIES
from accounts.models import User
from accounts.permissions import Permission, Role, requires
from accounts.views.blueprint import bp
from foundation import clock
from foundation.db import db
from foundation.web import asked_number
from territory.labels import dated_name
from territory.queries import list_territories


@bp.get("/people")
@requires(Permission.MANAGE_PEOPLE)
def list_people():
    """Everybody with an account: search, role, open or closed."""
    asked = request.args
    role = Role(asked["role"]) if asked.get("role") in set(Role) else None
    search, closed = asked.get("q", "").strip(), bool(asked.get("closed"))
    page = max(1, asked_number("page") or 1)
    people, total = queries.list_people(search=search, role=role, closed=closed, page=page)
    pages = max(1, -(-total // queries.PAGE))

    def address(number: int) -> str:
        return url_for("accounts.list_people", q=search or None, role=role, closed=int(closed) or None, page=number)

    return render_template("accounts/list_people.html", people=people, total=total, page=page, pages=pages,
                           address=address, search=search, role=role, closed=closed, roles=list(Role),
                           name_place=dated_name)


@bp.route("/people/add", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def add_person():
    """Open an account with a one-time password, shown once."""
    form = offer_territories(PersonForm())
    if form.validate_on_submit():
        password = passwords.invent()
        with form.refusing():
            user = actions.add_user(
                email=form.email.data, name=form.name.data, language=form.language.data, password=password,
                roles=form.grants, must_change_password=True, by=current_user, at=clock.now())
            db.session.commit()
            return show_password(user, password)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/add_person.html", **person_form(form)), status


@bp.route("/people/<int:user_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def edit_person(user_id: int):
    """Somebody's details and roles."""
    user = queries.get_user(user_id)
    form = offer_territories(PersonForm(obj=user))
    if not form.is_submitted():
        form.show_grants(user.open_grants)
    elif form.validate():
        by, at = current_user, clock.now()
        with form.refusing():
            actions.edit_user(user, email=form.email.data, name=form.name.data, language=form.language.data, by=by,
                              at=at)
            actions.set_roles(user, form.grants, by=by, at=at)
            db.session.commit()
            flash(_("Saved: %(name)s.", name=user.name))
            return redirect(url_for("accounts.edit_person", user_id=user_id))
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/edit_person.html", user=user, attempts=queries.list_attempts(user),
                           devices=queries.list_devices(user.id), now=clock.now(), **person_form(form)), status


def offer_territories(form: PersonForm) -> PersonForm:
    """The form with the territories a role may be narrowed to."""
    form.offer([SelectChoice(str(unit.id), dated_name(unit)) for unit in list_territories(clock.today())])
    return form


def person_form(form: PersonForm) -> dict:
    """What the part template of the form needs."""
    return {"form": form, "roles": list(Role), "duties": DUTIES, "placeless": PLACELESS}


def show_password(user: User, password: str):
    """The one page that shows a one-time password."""
    return render_template("accounts/show_password.html", user=user, password=password)


@bp.post("/people/<int:user_id>/password")
@requires(Permission.MANAGE_PEOPLE)
def reset_password(user_id: int):
    """Give somebody a one-time password."""
    user = queries.get_user(user_id)
    password = actions.reset_password(user, by=current_user, at=clock.now())
    db.session.commit()
    return show_password(user, password)


@bp.post("/people/<int:user_id>/close")
@requires(Permission.MANAGE_PEOPLE)
def close_account(user_id: int):
    """Close an account: nobody signs in with it any more; what the person did stays."""
    return switch(user_id, False, _("The account is closed."))


@bp.post("/people/<int:user_id>/reopen")
@requires(Permission.MANAGE_PEOPLE)
def reopen_account(user_id: int):
    """Let somebody sign in again."""
    return switch(user_id, True, _("The account is open again."))


def switch(user_id: int, active: bool, message: str):
    """Close or reopen an account, then back to the person."""
    actions.set_active(queries.get_user(user_id), active, by=current_user, at=clock.now())
    db.session.commit()
    flash(message)
    return redirect(url_for("accounts.edit_person", user_id=user_id))


@bp.post("/people/<int:user_id>/sign-out")
@requires(Permission.MANAGE_PEOPLE)
def end_sessions(user_id: int):
    """Sign somebody out on every device, as after a lost tablet."""
    actions.sign_out_everywhere(queries.get_user(user_id), by=current_user, at=clock.now())
    db.session.commit()
    flash(_("Signed out on every device."))
    return redirect(url_for("accounts.edit_person", user_id=user_id))

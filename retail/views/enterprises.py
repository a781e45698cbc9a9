"""Enterprises: list, look, correct; the store accounts that may see their establishments."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from accounts.queries import find_user
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid
from foundation.text import clean
from foundation.web import asked_number
from retail import actions, queries
from retail.forms import EnterpriseForm, StoreUserForm
from retail.models import Enterprise
from retail.queries import get_enterprise, list_of_enterprise, list_store_users
from retail.queries.enterprises import PAGE
from retail.views.blueprint import bp
from retail.views.establishments import answer

EDIT = Permission.EDIT_REGISTER


@bp.get("/enterprises")
@requires(Permission.SEE_REGISTER)
def list_enterprises():
    """Every enterprise with an establishment in sight."""
    text = clean(request.args.get("q"))[:200]
    rows, page, total = queries.list_enterprises(current_user, text, asked_number("page") or 1)
    return render_template("retail/list_enterprises.html", rows=rows, page=page, total=total, text=text,
                           pages=max(1, -(-total // PAGE)), here="retail.list_establishments",
                           turn=lambda number: url_for("retail.list_enterprises", q=text or None, page=number))


@bp.get("/enterprises/<int:enterprise_id>")
@requires(Permission.SEE_REGISTER)
def show_enterprise(enterprise_id: int):
    """One enterprise, its establishments and its store accounts."""
    return enterprise_page(get_enterprise(enterprise_id, to=current_user), StoreUserForm())


def enterprise_page(enterprise: Enterprise, form: StoreUserForm):
    """The page, with the form of a new store account."""
    rows = list_of_enterprise(enterprise, current_user, clock.today())
    return answer("retail/show_enterprise.html", form, one=enterprise, rows=rows,
                  accounts=list_store_users(enterprise))


@bp.route("/enterprises/<int:enterprise_id>/edit", methods=["GET", "POST"])
@requires(EDIT)
def edit_enterprise(enterprise_id: int):
    """Correct a name or tax code."""
    one = get_enterprise(enterprise_id, to=current_user, permission=EDIT)
    form = EnterpriseForm(obj=one)
    if form.validate_on_submit():
        with form.refusing():
            actions.change_enterprise(one, name=form.name.data, tax_code=form.tax_code.data, by=current_user,
                                      at=clock.now())
            db.session.commit()
            flash(_("The corrections are saved."), "ok")
            return redirect(url_for("retail.show_enterprise", enterprise_id=enterprise_id))
    return answer("retail/edit_enterprise.html", form, one=one)


@bp.post("/enterprises/<int:enterprise_id>/accounts")
@requires(EDIT)
def add_store_user(enterprise_id: int):
    """Let a store account see this enterprise's establishments."""
    one, form = get_enterprise(enterprise_id, to=current_user, permission=EDIT), StoreUserForm()
    if form.validate_on_submit():
        with form.refusing():
            user = find_user(form.email.data or "")
            if user is None or not user.is_active:
                words = _("There is no account with this address. The administrator adds it under People.")
                raise Invalid(words, {"email": words})
            actions.add_store_user(one, user, by=current_user, at=clock.now())
            db.session.commit()
            flash(_("%(name)s sees this enterprise's establishments from now on.", name=user.name), "ok")
            return redirect(url_for("retail.show_enterprise", enterprise_id=enterprise_id))
    return enterprise_page(one, form)


@bp.post("/enterprises/<int:enterprise_id>/accounts/<int:user_id>/remove")
@requires(EDIT)
def remove_store_user(enterprise_id: int, user_id: int):
    """Take that sight away again."""
    one = get_enterprise(enterprise_id, to=current_user, permission=EDIT)
    for held in list_store_users(one):
        if held.user_id == user_id:
            actions.remove_store_user(one, held.user, by=current_user, at=clock.now())
            db.session.commit()
            flash(_("The account no longer sees this enterprise."), "ok")
    return redirect(url_for("retail.show_enterprise", enterprise_id=enterprise_id))

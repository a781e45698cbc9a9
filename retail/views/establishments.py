"""One establishment: look at it, add it, correct it."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock, qr
from foundation.db import db
from retail import actions
from retail.forms import EstablishmentForm
from retail.forms.establishment import as_typed
from retail.labels import VERBS, changes
from retail.queries import get_establishment, list_beside, list_history, list_inside, may_edit
from retail.rules import class_table, is_below_standard, store_address, suggest_class
from retail.views.blueprint import bp
from territory.queries import current_unit


@bp.get("/establishments/<int:establishment_id>")
@requires(Permission.SEE_REGISTER)
def show_establishment(establishment_id: int):
    """Everything the register knows about one establishment."""
    one, today = get_establishment(establishment_id, to=current_user), clock.today()
    figures = (one.kind, one.area_m2, one.items)
    return render_template(
        "retail/show_establishment.html", one=one, today=today, status=one.status_on(today),
        suggested=suggest_class(*figures, today), below=is_below_standard(*figures, today), table=class_table(today),
        places=[(place, current_unit(place.unit, today)) for place in reversed(one.locations)],
        beside=list_beside(one, current_user), inside=list_inside(one, current_user),
        history=[(entry, VERBS.get(entry.verb, entry.verb), changes(entry.detail)) for entry in list_history(one)],
        qr=qr.path(store_address(current_app.config["PPX_HOST"], one.id)),
        editable=may_edit(current_user, one), here="retail.list_establishments")


@bp.route("/establishments/new", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTER)
def add_establishment():
    """A new establishment, of an old or a new enterprise."""
    form = EstablishmentForm(user=current_user, today=clock.today())
    if form.validate_on_submit():
        with form.refusing():
            at = clock.now()
            made = actions.add_establishment(form.facts(at=at), by=current_user, at=at)
            db.session.commit()
            flash(_("%(name)s is in the register as %(number)s.", name=made.name, number=made.number), "ok")
            return redirect(url_for("retail.show_establishment", establishment_id=made.id))
    return answer("retail/add_establishment.html", form)


@bp.route("/establishments/<int:establishment_id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_REGISTER)
def edit_establishment(establishment_id: int):
    """Correct what is written about an establishment."""
    one = get_establishment(establishment_id, to=current_user, permission=Permission.EDIT_REGISTER)
    today = clock.today()
    form = EstablishmentForm(data=as_typed(one, current_unit(one.locations[-1].unit, today)), user=current_user,
                             today=today)
    if form.validate_on_submit():
        with form.refusing():
            at = clock.now()
            actions.change_establishment(one, form.facts(at=at, before=one), by=current_user, at=at)
            db.session.commit()
            flash(_("The corrections are saved."), "ok")
            return redirect(url_for("retail.show_establishment", establishment_id=establishment_id))
    return answer("retail/edit_establishment.html", form, one=one)


def answer(template: str, form, **more):
    """The page of a form: 422 when something in it needs correcting."""
    page = render_template(template, form=form, here="retail.list_establishments", **more)
    return page, 422 if form.errors else 200

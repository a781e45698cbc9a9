"""What certificates cite: who issues them, on which legal basis, who signs."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from certification import actions, queries
from certification.forms import IssuerForm
from certification.models import Issuer
from certification.views.blueprint import bp
from foundation import clock
from foundation.db import db

LINES = ("legal_basis", "signing_authority")
TEXTS = ("superior_body", "issuing_body", "place", "certifier_vi", "certifier_en")


@bp.get("/certificates/issuer")
@requires(Permission.EDIT_CRITERIA)
def show_issuer():
    """What papers cite today, what they cited before, and the form for what they will cite."""
    return issuer_page(form_of(queries.issuer_on(clock.today())))


def form_of(issuer: Issuer) -> IssuerForm:
    """The form filled with what holds."""
    return IssuerForm(valid_from=clock.today(), **{name: getattr(issuer, name) for name in TEXTS},
                      **{name: "\n".join(getattr(issuer, name)) for name in LINES})


def issuer_page(form: IssuerForm, status: int = 200):
    """The page with this form."""
    return render_template("certification/show_issuer.html", form=form, now=queries.issuer_on(clock.today()),
                           history=queries.list_issuers(), here="certification.list_certificates"), status


@bp.post("/certificates/issuer")
@requires(Permission.EDIT_CRITERIA)
def set_issuer():
    """Say what papers cite from a day on."""
    form = IssuerForm()
    if not form.validate_on_submit():
        return issuer_page(form, 422)
    facts: dict[str, Any] = {name: form[name].data for name in TEXTS}
    facts |= {name: [line for line in form[name].data.splitlines() if line] for name in LINES}
    actions.set_issuer(valid_from=form.valid_from.data or clock.today(), **facts, by=current_user, at=clock.now())
    db.session.commit()
    flash(_("Certificates cite this from that day on. What was printed before stays as it was."))
    return redirect(url_for(".show_issuer"))

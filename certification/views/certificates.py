"""Certificates: the list as of a day, one with its papers and history, what happens to it."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from certification import actions, queries
from certification.forms import EventForm, member_of, number_of
from certification.labels import MARKS
from certification.models import Certificate
from certification.queries import CertificateFilter
from certification.rules import TRANSITIONS, CertificateState, EventKind
from certification.views.blueprint import bp
from foundation import clock, storage
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from foundation.forms import parse_day
from foundation.text import clean
from foundation.web import asked_number

BY_HAND = (EventKind.SUSPENDED, EventKind.REINSTATED, EventKind.WITHDRAWN, EventKind.TERMINATED)


@bp.get("/certificates")
@requires(Permission.SEE_CERTIFICATION)
def list_certificates():
    """Every certificate and its state on a day."""
    typed = clean(request.args.get("on"))
    on = parse_day(typed) if typed else clock.today()
    wanted, day = read_filter(), on or clock.today()
    page = queries.list_certificates(current_user, wanted, day, asked_number("page") or 1)
    asked: dict[str, Any] = {key: value for key, value in request.args.items() if value and key != "page"}
    return render_template(
        "certification/list_certificates.html", page=page, wanted=wanted, asked=asked, on=day, typed=typed,
        marks=MARKS, wrong_day=on is None, State=CertificateState, today=clock.today(),
        counts=queries.count_certificates(current_user, wanted, day),
        address=lambda **changes: url_for(".list_certificates", **{**asked, **changes}),
        turn=lambda number: url_for(".list_certificates", **asked, page=number)), 200 if on else 422


def read_filter() -> CertificateFilter:
    """The filters of the address; what is not understood is left out."""
    return CertificateFilter(
        text=clean(request.args.get("q"))[:200], state=member_of(CertificateState, request.args.get("state")),
        level=number_of(request.args.get("level")),
        establishment_id=number_of(request.args.get("establishment")))


@bp.get("/certificates/<int:certificate_id>")
@requires(Permission.SEE_CERTIFICATION)
def show_certificate(certificate_id: int):
    """One certificate: state, facts, papers, history and what it rests on."""
    form = EventForm(effective_on=clock.today())
    return certificate_page(queries.get_certificate(certificate_id, to=current_user), form)


def certificate_page(certificate: Certificate, form: EventForm, status: int = 200):
    """The certificate's page with this form for what happens next."""
    today = clock.today()
    state = certificate.state_on(today)
    kinds = [kind for kind in BY_HAND if kind in TRANSITIONS[state]] if current_user.may(Permission.DECIDE) else []
    form.offer(kinds)
    conflict = queries.find_conflict(current_user, certificate.establishment_id) if kinds else None
    return render_template("certification/show_certificate.html", one=certificate, state=state, today=today,
                           marks=MARKS, form=form, kinds=kinds, conflict=conflict), status


@bp.post("/certificates/<int:certificate_id>/events")
@requires(Permission.DECIDE)
def add_event(certificate_id: int):
    """Suspend, reinstate, withdraw or end it."""
    certificate = queries.get_certificate(certificate_id, to=current_user, permission=Permission.DECIDE)
    form = EventForm()
    form.offer(list(BY_HAND))
    if not form.validate_on_submit():
        return certificate_page(certificate, form, 422)
    try:
        actions.add_event(certificate, kind=EventKind(form.kind.data), reasons=form.reasons.data or "",
                          effective_on=form.effective_on.data or clock.today(), by=current_user, at=clock.now())
    except (Invalid, RuleBroken) as error:
        form.refuse(error)
        return certificate_page(queries.get_certificate(certificate_id, to=current_user), form, error.status)
    db.session.commit()
    flash(_("It is recorded. The page behind the QR code shows it from that day on."))
    return redirect(url_for(".show_certificate", certificate_id=certificate_id))


@bp.get("/certificates/<int:certificate_id>.pdf")
@requires(Permission.SEE_CERTIFICATION)
def certificate_pdf(certificate_id: int):
    """The paper as issued."""
    certificate = queries.get_certificate(certificate_id, to=current_user)
    return paper(certificate, certificate.pdf_sha256, "application/pdf", "pdf")


@bp.get("/certificates/<int:certificate_id>.png")
@requires(Permission.SEE_CERTIFICATION)
def certificate_png(certificate_id: int):
    """The picture of the paper as issued."""
    certificate = queries.get_certificate(certificate_id, to=current_user)
    return paper(certificate, certificate.png_sha256, "image/png", "png")


def paper(certificate: Certificate, sha256: str, media_type: str, ending: str) -> Response:
    """A stored file, named by the certificate's number; shown in place, saved when asked for by ?save=1."""
    answer = Response(storage.get(sha256), mimetype=media_type)
    name = f"{certificate.number.replace('/', '-')}.{ending}"
    answer.headers.set("Content-Disposition", "attachment" if request.args.get("save") else "inline", filename=name)
    answer.cache_control.private, answer.cache_control.max_age = True, 3600
    return answer

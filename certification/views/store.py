"""The page of a store's own account."""

from flask import render_template
from flask_login import current_user

from accounts.permissions import Permission, requires
from certification.labels import MARKS
from certification.queries.stores import get_own_certificate, list_own_stores
from certification.views.blueprint import bp
from certification.views.certificates import paper
from foundation import clock
from plan.queries import find_threshold


@bp.get("/store")
@requires(Permission.OWN_STORES)
def show_store_home():
    """One's establishments: certificate, replaced share against the year's threshold, what lacks."""
    today = clock.today()
    return render_template(
        "certification/show_store_home.html", stores=list_own_stores(current_user, today), today=today, marks=MARKS,
        threshold=find_threshold(today.year), next_threshold=find_threshold(today.year + 1))


@bp.get("/store/certificates/<int:certificate_id>.pdf")
@requires(Permission.OWN_STORES)
def own_certificate_pdf(certificate_id: int):
    """The paper, to be printed and put up."""
    certificate = get_own_certificate(certificate_id, to=current_user)
    return paper(certificate, certificate.pdf_sha256, "application/pdf", "pdf")

"""What a store's own account sees: its establishments, their certificate and their latest approved survey."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import User
from certification.models import Certificate
from certification.rules import CertificateState
from foundation.db import db
from foundation.errors import NotFound
from retail.models import Establishment, Location, StoreUser
from surveys.models import Survey
from surveys.rules.words import SurveyState


@dataclass(frozen=True)
class OwnStore:
    """One establishment on a day. `share` is R in percent."""

    establishment: Establishment
    certificate: Certificate | None
    state: CertificateState | None
    survey: Survey | None

    @property
    def share(self) -> Decimal | None:
        if self.survey is None or not self.survey.used_grams or self.survey.replaced_grams is None:
            return None
        return self.survey.replaced_grams / self.survey.used_grams * 100


def list_own_stores(user: User, on: date) -> list[OwnStore]:
    """The establishments of the enterprises this account belongs to, by name. Five statements however many."""
    stores = db.session.scalars(
        select(Establishment).join(StoreUser, StoreUser.enterprise_id == Establishment.enterprise_id)
        .where(StoreUser.user_id == user.id).order_by(Establishment.sort_key).options(
            selectinload(Establishment.locations).joinedload(Location.unit),
            joinedload(Establishment.enterprise))).all()
    ids = [store.id for store in stores]
    newest = {c.establishment_id: c for c in db.session.scalars(
        select(Certificate).where(Certificate.establishment_id.in_(ids)).order_by(Certificate.id)
        .options(selectinload(Certificate.events)))}
    surveyed = {s.establishment_id: s for s in db.session.scalars(
        select(Survey).where(Survey.establishment_id.in_(ids), Survey.submitted_at.is_not(None))
        .order_by(Survey.period_to, Survey.submitted_at).options(
            selectinload(Survey.reviews), joinedload(Survey.criteria_set)))
        if s.state == SurveyState.APPROVED}
    return [OwnStore(store, certificate, certificate.state_on(on) if certificate else None, surveyed.get(store.id))
            for store in stores for certificate in [newest.get(store.id)]]


def get_own_certificate(certificate_id: int, *, to: User) -> Certificate:
    """A certificate of an establishment of one's own. Raises NotFound for others."""
    found = db.session.scalar(
        select(Certificate).join(Certificate.establishment)
        .join(StoreUser, StoreUser.enterprise_id == Establishment.enterprise_id)
        .where(Certificate.id == certificate_id, StoreUser.user_id == to.id)
        .options(contains_eager(Certificate.establishment)))
    if found is None:
        raise NotFound("There is no such certificate of your stores.")
    return found

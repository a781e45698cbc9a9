"""Finds what a submission speaks of: its criteria set, its establishment, its visit."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from accounts.models import User
from foundation.clock import local
from foundation.db import db
from foundation.errors import Invalid, NotFound
from retail.models import Establishment
from retail.queries import visible_establishments
from retail.rules import Kind
from surveys.models import CriteriaSet, Visit, VisitMember
from surveys.odk.names import form_id, set_key
from surveys.odk.submissions import Submission
from surveys.queries import find_criteria_set


@dataclass(frozen=True)
class Ground:
    """What a submission stands on."""

    criteria_set: CriteriaSet
    establishment: Establishment
    day: date | None  # when the form was begun, in Vietnam


def find_ground(submission: Submission, by: User) -> Ground:
    """Criteria set, establishment and day of a submission. Raises Invalid and NotFound in words."""
    criteria_set = get_set(submission)
    establishment = get_establishment(submission.values.get("establishment", ""), by)
    check_kind(submission.values.get("kind", ""), establishment)
    return Ground(criteria_set, establishment, day_of(submission))


def get_set(submission: Submission) -> CriteriaSet:
    """The published set the form was made from: by what the submission says, else by the form's id and version."""
    code, _space, version = submission.claims.rpartition(" ")
    found = find_criteria_set(code, version)
    if not submission.claims and submission.version:
        published = db.session.scalars(select(CriteriaSet).where(CriteriaSet.version == submission.version))
        found = next((one for one in published if form_id(one.code) == submission.form_id), None)
    if found is None or found.published_at is None:
        name = submission.claims or set_key(submission.form_id, submission.version).strip() or "–"
        raise NotFound(_("It was filled in with “%(name)s”, which is no published criteria set here. Import that set "
                         "first, or fill in the form that this installation exports.", name=name[:60]))
    return found


def get_establishment(number: str, by: User) -> Establishment:
    """An establishment by its number, if the author may see it."""
    found = db.session.scalar(visible_establishments(by).where(Establishment.number == number.strip().upper()[:20]))
    if found is None:
        raise NotFound(_("No establishment has the number “%(number)s”, or it lies outside the territory of %(name)s. "
                         "Correct the number where the form was filled in.", number=number[:20], name=by.name))
    return found


def check_kind(said: str, establishment: Establishment) -> None:
    """Trade centres answer other criteria than stores: both must mean the same."""
    centre = Kind.TRADE_CENTRE
    if said and (said == centre) != (establishment.kind == centre):
        raise Invalid(_("The form was filled in for another type of establishment than the register has. Correct the "
                        "type in the register or in the form."))


def day_of(submission: Submission) -> date | None:
    """The Vietnamese day on which the form was begun."""
    try:
        begun = datetime.fromisoformat(submission.values.get("start", ""))
    except ValueError:
        return None
    return local(begun).date() if begun.tzinfo else begun.date()


def find_visit(ground: Ground, by: User) -> Visit | None:
    """The visit to this establishment on that day on which the author was sent. Raises Invalid when there are two."""
    if ground.day is None:
        raise Invalid(_("The form does not say when it was begun. Name the visit with --visit."))
    found = db.session.scalars(
        select(Visit).where(Visit.establishment_id == ground.establishment.id, Visit.planned_on == ground.day,
                            Visit.cancelled_at.is_(None), Visit.follows_id.is_(None),
                            Visit.members.any(VisitMember.user_id == by.id))
        .order_by(Visit.id)).all()
    if len(found) > 1:
        raise Invalid(_("There are several visits to this establishment on that day (%(visits)s). Name one with "
                        "--visit.", visits=", ".join(str(visit.id) for visit in found)))
    return found[0] if found else None


def check_visit(visit: Visit, ground: Ground) -> None:
    """A visit is made to one establishment with one set."""
    if visit.follows_id:
        raise Invalid(_("Visit %(visit)s looks again at what was open: that is done on the tablet, with the answers of "
                        "then beside it.", visit=visit.id))
    if visit.establishment_id != ground.establishment.id:
        raise Invalid(_("Visit %(visit)s goes to %(there)s, but the form was filled in for %(here)s.", visit=visit.id,
                        there=visit.establishment.number, here=ground.establishment.number))
    if visit.criteria_set_id != ground.criteria_set.id:
        raise Invalid(_("Visit %(visit)s is made with %(wanted)s, but the form was filled in with %(used)s. Plan a "
                        "visit with that set and name it with --visit.", visit=visit.id,
                        wanted=set_key(visit.criteria_set.code, visit.criteria_set.version),
                        used=set_key(ground.criteria_set.code, ground.criteria_set.version)))

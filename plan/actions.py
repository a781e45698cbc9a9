"""The verbs of the plan."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext as _

from accounts.models import User
from foundation import audit, clock
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from plan import rules
from plan.models import Activity, ActivityPerson, Target, Threshold
from plan.queries import list_targets, list_thresholds
from plan.rules import ActivityKind, Indicator
from retail.models import Establishment


def load_defaults(*, at: datetime) -> int:
    """Add the targets and thresholds of DOMAIN 5.4 that are missing; what is there stays. How many were added."""
    due = {target.due for target in list_targets()}
    wanted = [(day, value, True, basis) for day, value, basis in rules.PROMISES]
    wanted += [(day, value, False, rules.STRAIGHT) for day, value in rules.straight_line()]
    targets = [Target(indicator=Indicator.COVERAGE, due=day, value=value, is_promise=promise, legal_basis=basis)
               for day, value, promise, basis in sorted(wanted) if day not in due]
    years = {threshold.year for threshold in list_thresholds()}
    thresholds = [Threshold(year=year, share=share, legal_basis=rules.PROPOSED)
                  for year, share in rules.SHARES.items() if year not in years]
    added: list[Target | Threshold] = [*targets, *thresholds]
    for thing in added:
        db.session.add(thing)
        audit.record("load_defaults", thing, by=None, at=at, after=snapshot(thing))
    return len(added)


def set_target(due: date, *, value: Decimal, is_promise: bool, legal_basis: str, by: User | None,
               at: datetime) -> Target:
    """Set the coverage promised for a day, percent. Raises Invalid outside 0 to 100."""
    check_share("value", value)
    check_basis(legal_basis)
    target = next((t for t in list_targets() if t.due == due), None)
    before = snapshot(target) if target else None
    if target is None:
        target = Target(indicator=Indicator.COVERAGE, due=due)
        db.session.add(target)
    target.value, target.is_promise, target.legal_basis = value, is_promise, legal_basis
    if snapshot(target) != before:
        audit.record("set_target", target, by=by, at=at, before=before, after=snapshot(target))
    return target


def remove_target(target: Target, *, by: User | None, at: datetime) -> None:
    """Take a target away. Raises RuleBroken for a promise of the plan: it can be corrected, not forgotten."""
    if target.is_promise:
        raise RuleBroken(_("The plan promises this target. Correct it instead of taking it away."))
    audit.record("remove_target", target, by=by, at=at, before=snapshot(target))
    db.session.delete(target)
    db.session.flush()


def set_threshold(year: int, *, share: Decimal, legal_basis: str, reason: str = "", by: User | None,
                  at: datetime) -> Threshold:
    """Set the replaced share from which an establishment counts in a year, percent.

    A past year's figures change with it: Invalid without a reason, which the audit trail keeps.
    """
    check_share("share", share)
    check_basis(legal_basis)
    threshold = db.session.get(Threshold, year)
    before = snapshot(threshold) if threshold else None
    if threshold and before == {"year": year, "share": share, "legal_basis": legal_basis}:
        return threshold
    if year < clock.local(at).year and not reason:
        raise Invalid(_("Changing a past year changes its figures. Say why."), {"reason": _("Say why.")})
    if threshold is None:
        threshold = Threshold(year=year)
        db.session.add(threshold)
    threshold.share, threshold.legal_basis = share, legal_basis
    audit.record("set_threshold", threshold, by=by, at=at, before=before, after=snapshot(threshold), reason=reason)
    return threshold


def add_activity(*, kind: ActivityKind, establishment: Establishment, held_on: date, people: Sequence[User],
                 note: str = "", is_demo: bool = False, by: User | None, at: datetime) -> Activity:
    """Record an activity at an establishment; who advised there does not review or decide there.

    Raises Invalid for a future day, no people, or a note that is too long.
    """
    found = {}
    if held_on > clock.local(at).date():
        found["held_on"] = _("This day lies in the future. Record the activity when it has taken place.")
    if not people:
        found["people"] = _("Choose who took part.")
    if len(note) > rules.NOTE:
        found["note"] = _("At most %(length)s characters, please.", length=rules.NOTE)
    if found:
        raise Invalid(" ".join(found.values()), found)
    activity = Activity(kind=kind, establishment=establishment, held_on=held_on, note=note, is_demo=is_demo,
                        created_at=at, people=[ActivityPerson(user=user) for user in dict.fromkeys(people)])
    db.session.add(activity)
    audit.record("add_activity", activity, by=by, at=at, kind=kind, establishment=establishment.number,
                 held_on=held_on, people=[user.id for user in people], note=note)
    return activity


def check_share(field: str, value: Decimal) -> None:
    """A percentage lies from 0 to 100."""
    if not 0 <= value <= 100:
        words = _("From 0 to 100 percent.")
        raise Invalid(words, {field: words})


def check_basis(text: str) -> None:
    """A legal basis fits its column."""
    if len(text) > rules.BASIS:
        words = _("At most %(length)s characters, please.", length=rules.BASIS)
        raise Invalid(words, {"legal_basis": words})


def snapshot(thing: Target | Threshold) -> dict[str, object]:
    """What the audit trail keeps."""
    fields = ("due", "value", "is_promise") if isinstance(thing, Target) else ("year", "share")
    return {field: getattr(thing, field) for field in (*fields, "legal_basis")}

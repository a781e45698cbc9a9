"""How the plan is read."""

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload

from accounts.models import User
from accounts.permissions import Permission
from foundation.db import db
from plan.models import Activity, ActivityPerson, Target, Threshold
from plan.rules import Indicator
from retail.models import Establishment
from retail.queries import in_scope

PAGE = 50


def find_threshold(year: int) -> Threshold | None:
    """The threshold of a year; of the latest year before it where that year has none."""
    return db.session.scalar(select(Threshold).where(Threshold.year <= year).order_by(Threshold.year.desc()).limit(1))


def list_thresholds() -> list[Threshold]:
    """Every threshold, by year."""
    return list(db.session.scalars(select(Threshold).order_by(Threshold.year)))


def list_targets(indicator: Indicator = Indicator.COVERAGE) -> list[Target]:
    """The targets of an indicator, by due day."""
    return list(db.session.scalars(select(Target).where(Target.indicator == indicator).order_by(Target.due)))


def adviser_ids(establishment_id: int) -> set[int]:
    """Ids of the people who advised an establishment: kept out of its review and decision."""
    return set(db.session.scalars(select(ActivityPerson.user_id).join(ActivityPerson.activity).where(
        Activity.establishment_id == establishment_id)))


def list_activities(user: User, establishment: Establishment | None,
                    number: int) -> tuple[int, int, list[Activity], int]:
    """(page, pages, rows, total) of activities at establishments this person may see, latest first, people loaded."""
    wanted = select(Activity).join(Activity.establishment).where(in_scope(user, Permission.SEE_REGISTER))
    if establishment is not None:
        wanted = wanted.where(Activity.establishment_id == establishment.id)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(number, 1), pages)
    rows = db.session.scalars(wanted.options(
        contains_eager(Activity.establishment), selectinload(Activity.people).joinedload(ActivityPerson.user))
        .order_by(Activity.held_on.desc(), Activity.id.desc()).limit(PAGE).offset((page - 1) * PAGE)).all()
    return page, pages, list(rows), total

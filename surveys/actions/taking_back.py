"""A record whose files its tablet cannot send is taken back there: what it says goes on as another survey."""

from datetime import datetime

from sqlalchemy import update

from foundation.audit import record_many
from foundation.db import run, table_of
from surveys.actions.checking import Writer
from surveys.models import Survey
from surveys.queries.standing import Held

TABLE = table_of(Survey)


def take_back(survey_id: str, successor: Held, *, by: Writer, at: datetime) -> None:
    """Note that the sealed survey of this id is taken back and which one goes on from it; again is harmless.

    Its record, its receipt and what arrived of it stay as they are. Nothing is noted of a survey of another visit, of
    one that is whole, or of one that another goes on from already: then both stand, and a reviewer chooses.
    """
    found = run(update(TABLE).where(
        TABLE.c.id == survey_id, TABLE.c.id != successor.id, TABLE.c.visit_id == successor.visit_id,
        TABLE.c.delivered_at.is_not(None), TABLE.c.submitted_at.is_(None), TABLE.c.taken_back_by_id.is_(None),
    ).values(taken_back_by_id=successor.id))
    if found.rowcount:
        record_many([("take_survey_back", "Survey", survey_id, {"moved_to": successor.id})], by=by, at=at)

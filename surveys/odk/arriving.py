"""Submissions taken in as surveys: by the same functions that take in what tablets send, so the same rules hold."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from accounts.models import User
from foundation.db import db
from foundation.errors import AppError, Invalid
from surveys import actions, queries
from surveys.actions.checking import Content, check_member
from surveys.models import Visit
from surveys.odk.documents import document_from, survey_id
from surveys.odk.finding import Ground, check_visit, find_ground, find_visit
from surveys.odk.media import Media, read_media
from surveys.odk.names import set_key
from surveys.odk.scores import score_from
from surveys.odk.sources import Files
from surveys.odk.submissions import Broken, Submission
from surveys.queries import Held, content_of
from surveys.rules.arriving import Base, Verdict
from surveys.rules.manifest import sent_as
from surveys.rules.results import Score
from surveys.rules.words import Nature


class Fate(StrEnum):
    """What becomes of a submission."""

    SUBMITTED = "submitted"  # whole: handed in, waits for its review
    OPEN = "open"  # kept as an open survey, for somebody to complete
    KNOWN = "known"  # here already, nothing new
    TWIN = "twin"  # other content under a known name: kept beside it
    STALE = "stale"  # the open survey was changed here since: nothing was written
    REFUSED = "refused"  # nothing was written


@dataclass(frozen=True)
class Wish:
    """How to take in: as whose work, on which visit, whether visits may be made, whether anything is written."""

    by: User
    at: datetime
    visit: Visit | None = None
    makes_visits: bool = False
    is_trial: bool = False


@dataclass(frozen=True)
class Result:
    """One line of the report. `words`: what lacks or is wrong, and what to do."""

    source: str
    fate: Fate
    words: tuple[str, ...] = ()
    name: str = ""  # of the establishment, with its number
    survey: str = ""
    visit: int | None = None
    is_new_visit: bool = False
    answers: int = 0
    files: int = 0
    total: str = ""


@dataclass
class Prepared:
    """A submission read as far as it goes without writing."""

    submission: Submission
    ground: Ground
    visit: Visit
    is_new_visit: bool
    document: dict[str, Any]
    media: Media
    score: dict[str, Any] | None
    notes: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return survey_id(self.submission.instance_id)


def take_in(found: Submission | Broken, files: Files, wish: Wish) -> Result:
    """One submission, whole or not at all; the caller commits, or rolls back what is REFUSED or only tried."""
    if isinstance(found, Broken):
        return Result(found.source, Fate.REFUSED, (found.words,))
    try:
        return arrive(prepare(found, files, wish), wish)
    except Invalid as error:
        told = [f"{path}: {words}" for path, words in error.fields.items() if words != str(error)]
        return Result(found.source, Fate.REFUSED, (str(error), *told), found.values.get("establishment", ""))
    except AppError as error:
        return Result(found.source, Fate.REFUSED, (str(error),), found.values.get("establishment", ""))


def prepare(submission: Submission, files: Files, wish: Wish) -> Prepared:
    """Everything a submission says and shows, and the visit it belongs to."""
    ground = find_ground(submission, wish.by)
    content = content_of(ground.criteria_set)
    media = read_media(submission, content, files)
    document = document_from(submission, content, media.drawn)
    visit, is_new = choose_visit(submission, ground, wish)
    return Prepared(submission, ground, visit, is_new, document, media, score_from(submission.values, content),
                    [*media.wrong])


def choose_visit(submission: Submission, ground: Ground, wish: Wish) -> tuple[Visit, bool]:
    """The visit of the survey that is here already, the one named, the one of that day, or a new one."""
    held = queries.find_held(survey_id(submission.instance_id), wish.by.id)
    visit = db.session.get(Visit, held.visit_id) if held else wish.visit or find_visit(ground, wish.by)
    if visit:
        check_visit(visit, ground)
        return visit, False
    if not wish.makes_visits:
        raise Invalid(_("%(name)s was not to be visited on %(day)s by %(person)s. Plan that visit, name another with "
                        "--visit, or let the import plan it with --new-visits.", name=ground.establishment.name,
                        day=f"{ground.day:%d/%m/%Y}", person=wish.by.name))
    assert ground.day
    made = actions.plan_visit(
        establishment=ground.establishment, nature=Nature.PLANNED, planned_on=ground.day, team=[wish.by], lead=wish.by,
        criteria_set=ground.criteria_set, by=None, at=wish.at)
    db.session.flush()
    return made, True


def arrive(prepared: Prepared, wish: Wish) -> Result:
    """Read against the criteria set, then kept: sealed when nothing lacks, as an open survey when something does."""
    on = queries.find_held(prepared.id, wish.by.id) or queries.find_ground(prepared.visit.id, wish.by.id)
    assert on
    check_member(on.is_member)
    record = record_of(prepared)
    result = told_of(prepared)
    if isinstance(on, Held) and actions.find_again(on, record, by=wish.by):
        return replace(result, fate=Fate.KNOWN)
    body = json.loads(record.text)
    content = actions.read_content(body["document"], body["evidence"], on, at=wish.at)
    try:
        scored = actions.check_whole(content, on.plain, on.kind, on.follows_id)
    except actions.Incomplete as lacking:
        fate = Fate.OPEN if wish.is_trial else keep_open(prepared, content, on, wish)
        return replace(result, fate=fate, words=(*prepared.notes, *map(str, lacking.gaps)))
    result = replace(result, total=str(scored.total))
    return result if wish.is_trial else hand_in(prepared, content, on, record, scored, wish, result)


def record_of(prepared: Prepared) -> actions.Record:
    """The bytes that are kept for good: made from what was filled in alone, so that another export is the same."""
    app = f"ODK {set_key(prepared.ground.criteria_set.code, prepared.ground.criteria_set.version)}"
    text = json.dumps({
        "visit": prepared.visit.id, "copy": copy_of(prepared), "revision": 0, "document": prepared.document,
        "evidence": prepared.media.manifest, "submit": True,
        "device": {"app": app, "instance": prepared.submission.instance_id},
    }, ensure_ascii=False, sort_keys=True)
    return actions.Record(text, hashlib.sha256(text.encode()).hexdigest(), prepared.score, app[:40])


def copy_of(prepared: Prepared) -> str:
    """The name of ODK's copy of the survey: a later import may replace an earlier one, not what was changed here."""
    return str(uuid.uuid5(uuid.UUID(prepared.id), "odk"))


def told_of(prepared: Prepared) -> Result:
    """The line of a submission for which all goes well."""
    establishment = prepared.ground.establishment
    name = f"{establishment.number} {establishment.name}"
    return Result(
        prepared.submission.source, Fate.SUBMITTED, tuple(prepared.notes), name, prepared.id,
        None if prepared.is_new_visit else prepared.visit.id, prepared.is_new_visit,
        len(prepared.document["answers"]), len(prepared.media.manifest))


def keep_open(prepared: Prepared, content: Content, on: Any, wish: Wish) -> Fate:
    """As a draft with its files."""
    ground = None if isinstance(on, Held) else on
    outcome = actions.receive_draft(prepared.id, content, Base(0, copy_of(prepared)), ground, by=wish.by, at=wish.at)
    if outcome.verdict in (Verdict.STALE, Verdict.CLOSED):
        return Fate.STALE
    send_files(prepared, outcome, wish)
    return Fate.KNOWN if outcome.verdict == Verdict.SAME and not outcome.lacks else Fate.OPEN


def hand_in(prepared: Prepared, content: Content, on: Any, record: actions.Record, scored: Score, wish: Wish,
            result: Result) -> Result:
    """As a sealed record with its files, which complete it."""
    ground = None if isinstance(on, Held) else on
    outcome = actions.receive_record(prepared.id, content, record, Base(0, copy_of(prepared)), ground, scored,
                                     by=wish.by, at=wish.at)
    send_files(prepared, outcome, wish)
    fate = {Verdict.TWIN: Fate.TWIN, Verdict.AGAIN: Fate.KNOWN}.get(outcome.verdict, Fate.SUBMITTED)
    return replace(result, fate=fate, survey=outcome.held.id)


def send_files(prepared: Prepared, outcome: actions.Outcome, wish: Wish) -> None:
    """Each file the survey still lacks."""
    held = outcome.held
    for item in outcome.lacks:
        content = prepared.media.contents[sent_as(item)]
        stored = actions.store_file(content, item, is_sealed=held.delivered_at is not None)
        actions.receive_file(held.id, item["id"], stored, None, by=wish.by, at=wish.at)

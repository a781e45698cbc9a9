"""Takes in drafts and sealed records: the same thing twice is the same, nothing is overwritten (decision 0007)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, select, update

from foundation.audit import record_many
from foundation.clock import local
from foundation.db import run, table_of, take_turns
from foundation.errors import RuleBroken
from foundation.prepared import adding
from surveys.actions.checking import Content, Writer
from surveys.actions.completing import complete, entry
from surveys.actions.files import files_for, own_names, settle
from surveys.actions.receipts import sign_receipt
from surveys.models import Survey
from surveys.queries.standing import Ground, Held, find_held, find_place
from surveys.rules.arriving import Base, Verdict, verdict_on_draft, verdict_on_record
from surveys.rules.document import differences, empty
from surveys.rules.manifest import Manifest, derived_id, lacking, renamed
from surveys.rules.manifest import differences as differences_of_files
from surveys.rules.results import Score

TABLE = table_of(Survey)
OPENED = adding(TABLE)
KEPT = ("document", "manifest", "revision", "copy_id", "copy_version", "updated_at")  # of a draft
OPENING = ("visit_id", "establishment_id", "criteria_set_id", "replaces_id", "moved_from_id", "establishment_name",
           "kind", "unit_id", "address", "is_demo")  # what a twin takes from the survey under whose id it was sent


@dataclass(frozen=True)
class Record:
    """A sealed record: the bytes as received, and what was known of the device that sent them."""

    text: str
    sha256: str
    score: dict[str, Any] | None = None
    app_version: str | None = None
    device_id: int | None = None
    skew_ms: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of what was sent: the verdict, the survey as it stands now, the files it still lacks."""

    verdict: Verdict
    held: Held
    lacks: Manifest


def receive_draft(survey_id: str, content: Content, base: Base, ground: Ground | None, *, by: Writer,
                  at: datetime) -> Outcome:
    """Keep a draft, unless another copy was saved in between or it is sealed (STALE, CLOSED: nothing is kept)."""
    take_turns(survey_id)
    held = find_held(survey_id, by.id)
    standing = held or blank(survey_id, ground, at)
    files = files_for(standing.visit_id, [content.manifest, standing.manifest])
    content = replace(content, manifest=own_names(content.manifest, standing, files))
    same = held is not None and (held.document, held.manifest) == (content.document, content.manifest)
    verdict = verdict_on_draft(held, base, same)
    if verdict == Verdict.OPEN:
        open_survey(standing, opening(ground, content, at), by=by, at=at)
    if verdict in (Verdict.OPEN, Verdict.SAVE):
        return Outcome(verdict, *keep_draft(standing, content, base, files, by=by, at=at))
    return Outcome(verdict, standing, lacks_of(standing, files))


def receive_record(survey_id: str, content: Content, record: Record, base: Base, ground: Ground | None,
                   scored: Score | None = None, *, by: Writer, at: datetime) -> Outcome:
    """Keep a sealed record: in its place, or, where something else stands there, as a twin of it (TWIN)."""
    take_turns(survey_id)
    held = find_held(survey_id, by.id)
    if held is None:
        return seal(blank(survey_id, ground, at), opening(ground, content, at), content, record, base.copy, scored,
                    by=by, at=at)
    if again := find_again(held, record, by=by):
        return again
    if verdict_on_record(held, base, record.sha256) == Verdict.SEAL:
        return seal(held, None, content, record, base.copy, scored, by=by, at=at)
    twin_id = derived_id(survey_id, record.sha256)
    content = replace(content, manifest=renamed(content.manifest, twin_id))
    return seal(*beside(held, twin_id), content, record, base.copy, scored, by=by, at=at)


def find_again(held: Held, record: Record, *, by: Writer) -> Outcome | None:
    """What became of these very bytes when they were sent before (AGAIN, TWIN), however the rules changed since."""
    is_here = held.record_sha256 == record.sha256
    known = held if is_here else find_held(derived_id(held.id, record.sha256), by.id)
    if known is None:
        return None
    files = files_for(known.visit_id, [known.manifest])
    return Outcome(Verdict.AGAIN if is_here else Verdict.TWIN, known, lacks_of(known, files))


def lacks_of(held: Held, files: Sequence[Row]) -> Manifest:
    """The files of the manifest that have not arrived."""
    return lacking(held.manifest, {file.id: file.received_sha256 for file in files if file.survey_id == held.id})


def blank(survey_id: str, ground: Ground | None, at: datetime) -> Held:
    """A survey that nobody has stored yet."""
    assert ground
    return Held(
        revision=0, copy_id=None, copy_version=None, record_sha256=None, delivered_at=None, moved_at=None,
        id=survey_id, visit_id=ground.visit_id, kind=ground.kind, updated_at=at, document=empty(), manifest=[],
        submitted_at=None, receipt=None, completion=None, twin_of_id=None, score=None, follows_id=ground.follows_id,
        is_member=True, plain=ground.plain)


def opening(ground: Ground | None, content: Content | None, at: datetime) -> dict[str, Any]:
    """What a new survey is of: the establishment as it is on the day it was seen."""
    assert ground
    seen = content.document["observed_at"] if content else None
    place = find_place(ground.establishment_id, local(min(at, datetime.fromisoformat(seen)) if seen else at).date())
    if place is None:
        raise RuleBroken(_("This establishment has no address yet. Enter it in the register first."))
    return {"visit_id": ground.visit_id, "establishment_id": ground.establishment_id,
            "criteria_set_id": ground.plain.id, "establishment_name": ground.name, "kind": ground.kind,
            "unit_id": place[0], "address": place[1], "is_demo": ground.is_demo}


def open_survey(held: Held, about: dict[str, Any], *, by: Writer, at: datetime, **values: Any) -> None:
    """The row of a new survey."""
    OPENED.write({
        "id": held.id, "author_id": by.id, "created_at": at, "updated_at": at, "revision": 0,
        "document": held.document, "manifest": held.manifest, **about, **values})


def keep_draft(held: Held, content: Content, base: Base, files: Sequence[Row], *, by: Writer,
               at: datetime) -> tuple[Held, Manifest]:
    """The draft becomes this content; who changed what goes into the audit trail."""
    saved = replace(held, document=content.document, manifest=content.manifest, revision=held.revision + 1,
                    copy_id=base.copy, copy_version=base.version, updated_at=at)
    run(update(TABLE).where(TABLE.c.id == held.id).values(
        {name: getattr(saved, name) for name in KEPT}))
    lacks = settle(held.id, held.manifest, saved.manifest, files, held.plain, by.id, at)
    old, new = differences(held.document, saved.document)
    old_files, new_files = differences_of_files(held.manifest, saved.manifest)
    record_many([("save_survey", "Survey", held.id, {
        "revision": saved.revision, "before": old | old_files, "after": new | new_files})], by=by, at=at)
    return saved, lacks


def seal(held: Held, about: dict[str, Any] | None, content: Content, record: Record, copy: str | None,
         scored: Score | None, *, by: Writer, at: datetime) -> Outcome:
    """Close a draft with its record, or store a record of which there was no draft (then `about` says of what).

    From here on its content never changes. Where no file lacks, it is complete at once.
    """
    files = files_for(held.visit_id, [content.manifest, held.manifest])
    manifest = own_names(content.manifest, held, files)
    receipt = sign_receipt(survey_id=held.id, sha256=record.sha256, visit_id=held.visit_id, person=by.id,
                           files=len(manifest), at=at)
    sealed = replace(held, document=content.document, manifest=manifest, revision=held.revision + 1, copy_id=copy,
                     updated_at=at, delivered_at=at, record_sha256=record.sha256, receipt=receipt, scored=scored)
    values = {name: getattr(sealed, name) for name in (
        "document", "manifest", "revision", "copy_id", "updated_at", "delivered_at", "record_sha256", "receipt",
        "twin_of_id")}
    values |= {"record": record.text, "device_score": record.score, "skew_ms": record.skew_ms,
               "app_version": record.app_version, "device_id": record.device_id}
    if about is None:
        run(update(TABLE).where(TABLE.c.id == held.id).values(**values))
    else:
        open_survey(sealed, about, by=by, at=at, **values)
    lacks = settle(held.id, held.manifest, manifest, files, held.plain, by.id, at)
    if not lacks:
        sealed = complete(sealed, at=at)
    verb, kind, name, detail = entry(sealed) if not lacks else ("deliver_survey", "Survey", held.id, {})
    record_many([(verb, kind, name, {**detail, "sha256": record.sha256, "files": len(manifest), "lacks": len(lacks),
                                     "twin_of": held.twin_of_id})], by=by, at=at)
    return Outcome(Verdict.TWIN if held.twin_of_id else Verdict.OPEN if about else Verdict.SEAL, sealed, lacks)


def beside(held: Held, twin_id: str) -> tuple[Held, dict[str, Any]]:
    """A survey on the same visit, of the same establishment on that day, for what was sent under another's id."""
    about = run(select(*(TABLE.c[name] for name in OPENING)).where(TABLE.c.id == held.id)).one()
    twin = replace(held, id=twin_id, twin_of_id=held.id, revision=0, document=empty(), manifest=[])
    return twin, dict(about._mapping)

"""Checks what was sent before anything is written: who sends it, whether it can be read, whether a record is whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from accounts.models import User
from foundation.audit import Actor
from foundation.errors import Forbidden, Invalid
from retail.rules import Kind
from surveys.actions.listing import read_manifest
from surveys.actions.reading import Reading
from surveys.queries.criteria import PlainSet
from surveys.queries.following import find_followed, list_strayed
from surveys.queries.results import Gap, gaps_in
from surveys.queries.standing import Ground, Held
from surveys.rules.document import Document, empty, merge
from surveys.rules.form import record_from
from surveys.rules.manifest import Manifest, attached
from surveys.rules.results import Score
from surveys.rules.scoring import score

Writer = User | Actor


class Incomplete(Invalid):
    """A record that lacks something; `gaps` name it."""

    def __init__(self, gaps: list[Gap]):
        super().__init__(_("The survey cannot be submitted yet. Missing: %(gaps)s.", gaps="; ".join(map(str, gaps))),
                         {gap.path: gap.words for gap in gaps})
        self.gaps = gaps


@dataclass(frozen=True)
class Content:
    """What a survey says and shows, canonical."""

    document: Document
    manifest: Manifest


def check_member(is_member: bool) -> None:
    """Only the team of a visit writes its surveys."""
    if not is_member:
        raise Forbidden(_("Only the team of this visit may write its surveys."))


def read_part(document: Any, plain: PlainSet, kind: Kind, standing: Document, *, at: datetime) -> Document:
    """A document or part of one, canonical. Raises Invalid with every bad value by its path."""
    reading = Reading(document, plain.rules, kind, standing["signatures"], at=at)
    if reading.errors:
        raise Invalid(_("Some entries need correcting; nothing was saved."), reading.errors)
    return reading.part


def read_content(document: Any, evidence: Any, on: Ground | Held, *, at: datetime) -> Content:
    """A whole document, in which what is absent is empty, and a whole manifest, or None for the one that stands.

    Raises Invalid with everything that is wrong.
    """
    standing, files = (on.document, on.manifest) if isinstance(on, Held) else (empty(), [])
    if isinstance(document, Mapping):
        document = {key: value for key, value in document.items() if key != "revision"}
    reading = Reading(document, on.plain.rules, on.kind, standing["signatures"], at=at)
    manifest, wrong = read_manifest(files if evidence is None else evidence, on.plain)
    if reading.errors or wrong:
        raise Invalid(_("Some entries need correcting; nothing was saved."), {**reading.errors, **wrong})
    return Content(merge(empty(), reading.part), manifest)


def check_period(document: Mapping[str, Any]) -> None:
    """The period of the packaging sheet does not end before it begins."""
    if document["period_from"] and document["period_to"] and document["period_to"] < document["period_from"]:
        raise Invalid(_("Some entries need correcting; nothing was saved."),
                      {"period_to": _("The period ends before it begins.")})


def check_whole(content: Content, plain: PlainSet, kind: Kind, follows_id: str | None = None) -> Score:
    """The score of a record that lacks nothing; a follow-up (of the survey `follows_id`) only lacks what it asks.

    Raises Incomplete, and Invalid where a follow-up changed what it was not asked for.
    """
    record, followed = record_from(content.document, kind), find_followed(follows_id)
    scored = score(plain.rules, record)
    if wrong := list_strayed(followed, content.document):
        raise Invalid(_("Some entries need correcting; nothing was saved."), wrong)
    gaps = gaps_in(plain, record, attached(content.manifest), content.document["signatures"], scored,
                   followed.asked if followed else None)
    if gaps:
        raise Incomplete(gaps)
    return scored

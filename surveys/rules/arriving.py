"""What becomes of a draft or a sealed record that arrives: the rules by which nothing is overwritten. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from surveys.rules.words import SurveyState


class Verdict(StrEnum):
    """What the server does with what was sent."""

    OPEN = "open"  # the first of this survey: a new draft, or sealed at once
    SAVE = "save"  # the draft that stands is replaced
    SAME = "same"  # nothing in it is new
    STALE = "stale"  # another copy saved in between: a person chooses
    CLOSED = "closed"  # sealed or moved: a draft changes it no more
    SEAL = "seal"  # the draft that stands is closed with this record
    AGAIN = "again"  # these very bytes are in their place already
    TWIN = "twin"  # other bytes than those that stand: kept as a survey of its own


@dataclass(frozen=True)
class Base:
    """What a copy had before it changed anything: the server's revision, whose copy it is, how often it was changed."""

    revision: int
    copy: str | None
    version: int | None = None

    def holds(self, held: "Standing") -> bool:
        """Whether nobody else saved since; the copy that saved last may just not have heard the answer.

        What it sent before that, and a slow line brings only now, is no longer what it says.
        """
        if self.revision == held.revision:
            return True
        is_late = self.version is not None and held.copy_version is not None and self.version < held.copy_version
        return self.copy is not None and self.copy == held.copy_id and not is_late


@dataclass(frozen=True)
class Standing:
    """What the server holds under an id, as far as it decides."""

    revision: int
    copy_id: str | None
    copy_version: int | None
    record_sha256: str | None
    delivered_at: datetime | None
    moved_at: datetime | None
    submitted_at: datetime | None

    @property
    def state(self) -> SurveyState:
        """As `Survey.state`, whatever reviews said of it."""
        if self.moved_at:
            return SurveyState.MOVED
        if self.submitted_at:
            return SurveyState.SUBMITTED
        return SurveyState.ARRIVING if self.delivered_at else SurveyState.DRAFT


def verdict_on_draft(held: Standing | None, base: Base, is_same: bool) -> Verdict:
    """A draft replaces the draft it is based on, and nothing else."""
    if held is None:
        return Verdict.OPEN
    if is_same:
        return Verdict.SAME
    if held.delivered_at or held.moved_at:
        return Verdict.CLOSED
    return Verdict.SAVE if base.holds(held) else Verdict.STALE


def verdict_on_record(held: Standing | None, base: Base, sha256: str) -> Verdict:
    """A sealed record is always kept: in its place, or beside what stands there."""
    if held is None:
        return Verdict.OPEN
    if held.record_sha256 == sha256:
        return Verdict.AGAIN
    if held.delivered_at or held.moved_at or not base.holds(held):
        return Verdict.TWIN
    return Verdict.SEAL

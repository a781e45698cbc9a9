"""What a survey gives so far: its score, and what is still missing before it can be submitted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from foundation.i18n import is_english, label
from surveys.models import Survey, Visit
from surveys.queries.criteria import PlainSet, attached_to, plain_from, record_of, rules_of
from surveys.queries.visits import asked_of
from surveys.rules.completeness import Attached, Lacking, Missing, missing, path_of
from surveys.rules.form import Record
from surveys.rules.results import Score
from surveys.rules.scoring import score
from surveys.rules.words import Side


@dataclass(frozen=True)
class Gap:
    """One thing that is missing. `path` is the field that mends it, `code` its criterion or category, if any."""

    path: str
    code: str
    title: str
    words: str

    def __str__(self) -> str:
        return ": ".join(part for part in (f"{self.code} {self.title}".strip(), self.words) if part)


def score_of(survey: Survey) -> dict[str, Any]:
    """The stored score of a submitted survey; the provisional one of a draft."""
    return survey.score or score(rules_of(survey.criteria_set), record_of(survey)).as_json()


def list_missing(survey: Survey) -> list[Gap]:
    """Everything that keeps a survey from being submitted, in the order of the form, in words."""
    plain, record = plain_from(survey.criteria_set), record_of(survey)
    return gaps_in(plain, record, attached_to(survey), survey.document["signatures"], score(plain.rules, record),
                   asked_of(survey))


def gaps_in(plain: PlainSet, record: Record, evidence: list[Attached], signed: Iterable[str], scored: Score,
            asked: list[str] | None) -> list[Gap]:
    """The same of a record that is not stored; `signed` are the sides that signed, `asked` what a follow-up asks."""
    lacks = missing(plain.rules, record, evidence, scored, asked=asked)
    return [gap_of(lack, title_in(plain, lack.code)) for lack in lacks] + list(missing_signatures(signed))


def titles_of(survey: Survey | Visit) -> dict[str, str]:
    """Titles of criteria and names of packaging categories of its set, by code."""
    plain = plain_from(survey.criteria_set)
    return {code: title_in(plain, code) for code in plain.titles}


def title_in(plain: PlainSet, code: str) -> str:
    """The title of a criterion or the name of a category, in the reader's language."""
    vi, en = plain.titles[code]
    return (is_english() and en) or vi


def gap_of(lack: Missing, title: str) -> Gap:
    """One lack in words."""
    words = label(lack.what)
    if lack.detail:
        words += f" {lack.detail}" if lack.what == Lacking.BAG_FACTS else f" ({lack.detail})"
    return Gap(path_of(lack), lack.code, title, words)


def missing_signatures(signed: Iterable[str]) -> Iterator[Gap]:
    """Both sides sign."""
    for side in Side:
        if side.value not in signed:
            yield Gap(f"signatures.{side.value}", "", label(side), _("signature"))

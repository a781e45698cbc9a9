"""What a survey gives so far: its score, and what is still missing before it can be submitted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from foundation.i18n import label, pick
from surveys.models import Survey, Visit
from surveys.queries.criteria import attached_to, record_of, rules_of
from surveys.queries.visits import asked_of
from surveys.rules.completeness import Lacking, Missing, missing, path_of
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


def list_missing(survey: Survey, scored: Score | None = None) -> list[Gap]:
    """Everything that keeps a survey from being submitted, in the order of the form, in words."""
    titles = titles_of(survey)
    lacks = missing(rules_of(survey.criteria_set), record_of(survey), attached_to(survey), scored,
                    asked=asked_of(survey))
    return [gap_of(lack, titles) for lack in lacks] + list(missing_signatures(survey))


def titles_of(survey: Survey | Visit) -> dict[str, str]:
    """Titles of criteria and names of packaging categories of its set, by code."""
    titles = {criterion.code: pick(criterion, "title")
              for group in survey.criteria_set.groups for criterion in group.criteria}
    return titles | {category.code: pick(category, "name") for category in survey.criteria_set.categories}


def gap_of(lack: Missing, titles: dict[str, str]) -> Gap:
    """One lack in words."""
    words = label(lack.what)
    if lack.detail:
        words += f" {lack.detail}" if lack.what == Lacking.BAG_FACTS else f" ({lack.detail})"
    return Gap(path_of(lack), lack.code, titles[lack.code], words)


def missing_signatures(survey: Survey) -> Iterator[Gap]:
    """Both sides sign."""
    signed = {signature.side for signature in survey.signatures}
    for side in Side:
        if side not in signed:
            yield Gap(f"signatures.{side.value}", "", label(side), _("signature"))

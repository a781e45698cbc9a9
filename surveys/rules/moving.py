"""Moving a draft to a newer criteria set: what is kept, what is left behind, what is asked anew. Pure.

An answer is kept where the question still means the same: same code, same type, and the same scale for a step, the
same bands for a number. Points, weights and bounds may differ, since they score an answer and do not change it.
A packaging category is kept while its unit is the same. What was left behind stays with the old survey.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from retail.rules import Kind
from surveys.rules.content import CategoryContent, CriterionContent, SetContent, rule_from
from surveys.rules.document import Document
from surveys.rules.words import AnswerType


class Fate(StrEnum):
    """What becomes of a criterion or a packaging category."""

    KEPT = "kept"
    REWORDED = "reworded"  # kept, though its title is another: a person looks
    CHANGED = "changed"  # the code is there but means something else: asked anew
    GONE = "gone"
    NEW = "new"


KEPT = (Fate.KEPT, Fate.REWORDED)
Content = CriterionContent | CategoryContent


@dataclass(frozen=True)
class Step:
    """One criterion or category on its way from the old set to the newer one; None where a set lacks it."""

    code: str
    fate: Fate
    old: Content | None
    new: Content | None

    @property
    def is_kept(self) -> bool:
        return self.fate in KEPT


@dataclass(frozen=True)
class Plan:
    """What becomes of everything, in the order of the newer set; what is gone comes last."""

    criteria: tuple[Step, ...]
    categories: tuple[Step, ...]
    takes_tally: bool  # the newer set has a place for the count at the checkout
    may_skip: frozenset[str]  # criteria that may be marked as not applicable in the newer set

    @property
    def kept_criteria(self) -> frozenset[str]:
        return frozenset(step.code for step in self.criteria if step.is_kept)

    @property
    def kept_categories(self) -> frozenset[str]:
        return frozenset(step.code for step in self.categories if step.is_kept)

    def keeps_answer(self, code: str, answer: Mapping[str, Any]) -> bool:
        """Whether an answer goes along: also "not applicable" only where the newer set allows it."""
        return code in self.kept_criteria and (not answer.get("na") or code in self.may_skip)

    def keeps_file(self, file: Mapping[str, Any]) -> bool:
        """Whether a file still has an owner; one of nothing in particular always goes along."""
        if file.get("criterion"):
            return file["criterion"] in self.kept_criteria
        return not file.get("category") or file["category"] in self.kept_categories


def plan_move(old: SetContent, new: SetContent, kind: Kind) -> Plan:
    """How a draft of an establishment of this kind moves from one set to another."""
    asked = {c.code: c for c in new.criteria if rule_from(c).asked_of(kind)}
    was_asked = {c.code: c for c in old.criteria if rule_from(c).asked_of(kind)}
    return Plan(
        criteria=steps(was_asked, asked),
        categories=steps({c.code: c for c in old.categories}, {c.code: c for c in new.categories}),
        takes_tally=any(category.takes_tally for category in new.categories),
        may_skip=frozenset(code for code, criterion in asked.items() if criterion.na_allowed))


def steps(old: Mapping[str, Content], new: Mapping[str, Content]) -> tuple[Step, ...]:
    """Each code's fate."""
    found = [Step(code, fate_of(old.get(code), one), old.get(code), one) for code, one in new.items()]
    return tuple(found + [Step(code, Fate.GONE, one, None) for code, one in old.items() if code not in new])


def fate_of(old: Content | None, new: Content) -> Fate:
    """What becomes of one that the newer set has."""
    if old is None:
        return Fate.NEW
    if meaning_of(old) != meaning_of(new):
        return Fate.CHANGED
    return Fate.KEPT if names_of(old) == names_of(new) else Fate.REWORDED


def meaning_of(one: Content) -> tuple:
    """What an answer or a figure stands for: changed, the old one would say something else."""
    if isinstance(one, CategoryContent):
        return (one.unit_vi,)
    return (one.type, one.measure, one.instrument,
            one.anchors_vi if one.type == AnswerType.SCALE4 else None,
            tuple(start for start, _points in one.bands or ()) if one.type == AnswerType.COUNT else None)


def names_of(one: Content) -> str:
    """The words of the question or category that people go by."""
    return one.name_vi if isinstance(one, CategoryContent) else one.title_vi


def move(document: Document, plan: Plan) -> Document:
    """The document on the newer set: kept answers and lines unaltered, head, count and bags as they are, unsigned."""
    return {
        **document, "signatures": {},
        "tally": document.get("tally") if plan.takes_tally else None,
        "answers": {code: answer for code, answer in document.get("answers", {}).items()
                    if plan.keeps_answer(code, answer)},
        "lines": [line for line in document.get("lines", []) if line["category"] in plan.kept_categories],
    }


def left_behind(document: Document, plan: Plan) -> tuple[dict[str, Any], list[Document]]:
    """The answers by code and the lines that do not go along: together with the moved ones they are the old ones."""
    return ({code: answer for code, answer in document.get("answers", {}).items()
             if not plan.keeps_answer(code, answer)},
            [line for line in document.get("lines", []) if line["category"] not in plan.kept_categories])

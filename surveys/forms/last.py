"""What was said last time, for the form: beside each question, never filled in by itself; what a follow-up asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation import clock
from surveys.forms.document import typed_from_document
from surveys.models import Criterion, Evidence, Survey, Visit
from surveys.queries import asked_on, content_of, document_of, find_last, rules_of
from surveys.rules.document import Document
from surveys.rules.following import measures_bags
from surveys.rules.moving import Plan, plan_move
from surveys.saying import say_answer

KEPT_OF_LINE = ("proof_number", "proof_holder", "proof_expires_on", "has_statement")


@dataclass(frozen=True)
class LastAnswer:
    """One criterion last time. `texts`: what its inputs would hold, by name; empty where it is not to be copied."""

    words: str
    note: str
    texts: Mapping[str, str]
    photos: list[Evidence] = field(default_factory=list)


def page_of_last(survey: Survey, today: date) -> dict[str, Any]:
    """What the form's page shows of the time before; `again` are the criteria of a follow-up, None when all count."""
    visit: Visit = survey.visit
    again = asked_on(visit)
    last = visit.follows or find_last(visit, clock.end_of(today))
    if last is None:
        return {"again": None, "last": {}, "last_day": None, "last_lines": [], "last_survey": None, "bags_again": True}
    plan = plan_move(content_of(last.criteria_set), content_of(survey.criteria_set), survey.kind)
    document, criteria = document_of(last), survey.criteria_set.criteria_by_code
    return {
        "again": again if again is None else frozenset(again), "last_survey": last, "last_day": day_of(last),
        "last": {code: last_answer(code, answer, criteria[code], last, copies=again is None)
                 for code, answer in document["answers"].items() if plan.keeps_answer(code, answer)},
        "last_lines": [] if again is not None else lines_again(document, plan),
        "bags_again": again is None or measures_bags(again, rules_of(survey.criteria_set)),
    }


def day_of(survey: Survey) -> date | None:
    """The day it was seen, or submitted."""
    seen = survey.observed_at or survey.submitted_at
    return clock.local(seen).date() if seen else None


def last_answer(code: str, answer: Document, criterion: Criterion, last: Survey, *, copies: bool) -> LastAnswer:
    """What was said to one criterion, and the pictures of it."""
    said = {name: value for name, value in answer.items() if name != "note"}
    typed = typed_from_document({"answers": {code: said}}) if copies and said else {}
    texts = {name: text for name, text in typed.items() if name.startswith("answers.")}
    photos = [piece for piece in last.evidence
              if piece.removed_at is None and piece.criterion and piece.criterion.code == code and piece.width]
    return LastAnswer(say_answer(answer, criterion), answer.get("note", ""), texts, photos)


def lines_again(document: Document, plan: Plan) -> list[dict[str, Any]]:
    """The lines of last time to begin with: the same papers, opening stock as it closed, no other amount."""
    return [{"name": f"{line['category']}.{line['class']}", "texts": texts_of_line(line)}
            for line in document["lines"] if line["category"] in plan.kept_categories]


def texts_of_line(line: Document) -> dict[str, str]:
    """What the inputs of one line hold at the beginning."""
    kept = {name: line[name] for name in KEPT_OF_LINE if line.get(name)}
    begun = {"category": line["category"], "class": line["class"], **kept, "opening": line["closing"]}
    prefix = f"lines.{line['category']}.{line['class']}."
    return {name: text for name, text in typed_from_document({"lines": [begun]}).items()
            if name.startswith(prefix) and name.removeprefix(prefix) not in ("category", "class")}

"""A follow-up visit looks again at what was not in order, and at nothing else. Pure.

Its survey is a whole one: it starts from the earlier survey's document, so that the score stands over everything.
"""

from collections.abc import Collection

from surveys.rules.document import Document
from surveys.rules.form import FormRules
from surveys.rules.words import Instrument

HEAD = ("period_from", "period_to", "count_method", "counted_by", "receipts", "floor_area_m2", "tally", "lines")


def begin(earlier: Document, asked: Collection[str], rules: FormRules) -> Document:
    """The document of a follow-up before anybody has answered: unsigned, unseen, the asked answers empty.

    Bags are measured anew where one of the asked criteria rests on them.
    """
    return {
        **earlier, "observed_at": None, "remarks": "", "store_remarks": "", "signatures": {},
        "answers": {code: answer for code, answer in earlier.get("answers", {}).items() if code not in asked},
        "bags": [] if measures_bags(asked, rules) else earlier.get("bags", []),
    }


def measures_bags(asked: Collection[str], rules: FormRules) -> bool:
    """Whether one of the asked criteria is backed by measured bags."""
    return any(criterion.instrument == Instrument.BAGS and criterion.code in asked
               for group in rules.groups for criterion in group.criteria)


def strayed(earlier: Document, now: Document, asked: Collection[str], rules: FormRules) -> list[str]:
    """Paths of what a follow-up changed though it was not asked: ["answers.B4", "lines"]."""
    paths = [name for name in HEAD if (now.get(name) or None) != (earlier.get(name) or None)]
    if not measures_bags(asked, rules) and now.get("bags", []) != earlier.get("bags", []):
        paths.append("bags")
    was, said = unasked(earlier, asked), unasked(now, asked)
    return paths + [f"answers.{code}" for code in sorted(was | said) if was.get(code) != said.get(code)]


def unasked(document: Document, asked: Collection[str]) -> Document:
    """The answers nobody was asked for again."""
    return {code: answer for code, answer in document.get("answers", {}).items() if code not in asked}

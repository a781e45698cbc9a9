"""Reads a survey document value by value, in words: everything wrong is named by its path, e.g. "answers.A6.yes"."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from retail.rules import Kind
from surveys.actions.values import (
    Read,
    Wrong,
    day,
    figure,
    flag,
    instant,
    one_of,
    read_values,
    strokes,
    text,
    whole,
)
from surveys.rules.bags import READINGS
from surveys.rules.document import AMOUNTS, SIDES_OF_TALLY, Document, instant_text
from surveys.rules.form import CriterionRule, FormRules
from surveys.rules.words import AnswerType, CountMethod, MaterialClass, Side

CLASSES = {word.value: place for place, word in enumerate(MaterialClass)}
MOST_BAGS = 30
HEAD: dict[str, Read] = {
    "observed_at": instant, "period_from": day, "period_to": day, "count_method": one_of(CountMethod),
    "counted_by": text(120), "receipts": whole(10**9), "floor_area_m2": whole(10**7, least=1),
    "remarks": text(4000), "store_remarks": text(4000),
}
TALLY: dict[str, Read] = {side: whole(100) for side in SIDES_OF_TALLY}
SAID: dict[AnswerType, dict[str, Read]] = {
    AnswerType.BOOL: {"yes": flag},
    AnswerType.SCALE4: {"step": whole(4)},
    AnswerType.PERCENT: {"numerator": figure(), "denominator": figure()},
    AnswerType.COUNT: {"number": whole(10**6)},
    AnswerType.COMPUTED: {},
}
BESIDE: dict[str, Read] = {"na": flag, "na_reason": text(300), "note": text(2000)}
ANSWER = {kind: {**said, **BESIDE} for kind, said in SAID.items()}
LINE: dict[str, Read] = {
    "class": one_of(MaterialClass, must=True), **dict.fromkeys(AMOUNTS, figure()),
    "proof_number": text(60), "proof_holder": text(160), "proof_expires_on": day, "has_statement": flag,
    "note": text(300),
}
BAG: dict[str, Read] = {
    "label": text(120), "width_cm": figure(most=1000, above=0), "height_cm": figure(most=1000, above=0),
    "hard_to_degrade": flag, "prepack": flag,
}
READING: dict[str, Read] = dict.fromkeys(map(str, range(READINGS)), figure(most=10_000, above=0))
SIGNED: dict[str, Read] = {"title": text(120), "strokes": strokes, "signed_at": instant}
SIGNATURE = {Side.TEAM: SIGNED, Side.STORE: {**SIGNED, "refused": text(300)}}


class Reading:
    """One pass over a document: `part` is what it says, canonical; `errors` what is wrong, by path.

    `signed` are the signatures that stand: one sent again without its moment keeps it.
    """

    def __init__(self, document: Any, rules: FormRules, kind: Kind, signed: Mapping[str, Document], *, at: datetime):
        self.at, self.signed = instant_text(at), signed
        self.criteria = {rule.code: rule for rule in rules.asked(kind)}
        self.categories = {category.code: place for place, category in enumerate(rules.categories)}
        self.errors: dict[str, str] = {}
        parts: dict[str, Read] = {
            **HEAD, "tally": self.tally, "answers": self.answers, "lines": self.lines, "bags": self.bags,
            "signatures": self.signatures,
        }
        self.part = self.values(document, parts, "")
        self.check_period()

    def check_period(self) -> None:
        """The period of the packaging sheet does not end before it begins."""
        first, last = self.part.get("period_from"), self.part.get("period_to")
        if first and last and last < first:
            self.errors["period_to"] = _("The period ends before it begins.")

    def values(self, given: Any, table: Mapping[str, Read], path: str) -> Document:
        """The values of one object of the document."""
        return read_values(given, table, path, self.errors)

    def tally(self, given: Any) -> Document | None:
        """The count of 100 customers; None until counted."""
        if given is None:
            return None
        counted = self.values(given, TALLY, "tally.")
        tally = {side: counted.get(side) or 0 for side in SIDES_OF_TALLY}
        if sum(tally.values()) > 100:
            raise Wrong(_("Count 100 customers; these are %(count)s.", count=sum(tally.values())))
        return tally

    def answers(self, given: Any) -> Document:
        """Answers by criterion code, in the order of the set; {} or null takes one back."""
        given = given or {}
        if not isinstance(given, dict | Mapping):
            raise Wrong(_("This part of the form could not be read."))
        for code in given.keys() - self.criteria.keys():
            self.errors[f"answers.{code}"] = _("The form has no such field.")
        return {code: self.answer(rule, given[code]) for code, rule in self.criteria.items() if code in given}

    def answer(self, rule: CriterionRule, given: Any) -> Document:
        """One criterion's answer."""
        path = f"answers.{rule.code}."
        said = self.values(given or {}, ANSWER[rule.type], path)
        if said.get("na") and not rule.na_allowed:
            self.errors[f"{path}na"] = _("This criterion always applies.")
        check_ratio(said, path, self.errors)
        return {key: value for key, value in said.items()
                if value is not None and value != "" and (key == "yes" or value is not False)}

    def lines(self, given: Any) -> list[Document]:
        """Lines of the packaging sheet, in canonical order; a category × class stands once."""
        if not isinstance(given, list):
            raise Wrong(_("This part of the form could not be read."))
        table = {**LINE, "category": self.category}
        read: dict[tuple[int, int], Document] = {}
        for number, line in enumerate(given):
            path = path_of_line(line, number)
            said = self.values(line, table, path)
            missing = [key for key in ("category", "class") if key not in said]
            for key in missing:
                self.errors.setdefault(path + key, _("Choose one."))
            if missing:
                continue
            place = (self.categories[said["category"]], CLASSES[said["class"]])
            if place in read:
                self.errors[path.rstrip(".")] = _("%(category)s stands twice with this class: add the lines up.",
                                                  category=said["category"])
            read[place] = whole_line(said)
        return [read[place] for place in sorted(read)]

    def category(self, value: Any) -> str:
        """A category of the set, by its code."""
        if not isinstance(value, str) or value not in self.categories:
            raise Wrong(_("The packaging sheet has no such category."))
        return value

    def bags(self, given: Any) -> list[Document]:
        """Bag samples in their order."""
        if not isinstance(given, list) or len(given) > MOST_BAGS:
            raise Wrong(_("Measure at most %(most)s kinds of bags.", most=MOST_BAGS))
        empty = {"label": "", "width_cm": None, "height_cm": None, "readings_um": [None] * READINGS,
                 "hard_to_degrade": None, "prepack": None}
        return [empty | self.values(bag, {**BAG, "readings_um": self.readings(f"bags.{number}.readings_um.")},
                                    f"bags.{number}.") for number, bag in enumerate(given)]

    def readings(self, path: str) -> Read:
        """Up to five thickness readings in µm; null where not read."""

        def read(given: Any) -> list[str | None]:
            if not isinstance(given, list) or len(given) > READINGS:
                raise Wrong(_("Give at most five readings."))
            taken = self.values({str(place): value for place, value in enumerate(given)}, READING, path)
            return [taken.get(place) for place in READING]

        return read

    def signatures(self, given: Any) -> Document:
        """Signatures by side; null, or one without a stroke or a reason, is none."""
        return self.values(given or {}, {side.value: self.signature(side) for side in Side}, "signatures.")

    def signature(self, side: Side) -> Read:
        """How one side's signature is read: its strokes; else, for the store, the reason why there are none."""

        def read(given: Any) -> Document | None:
            signed = self.values(given or {}, SIGNATURE[side], f"signatures.{side.value}.")
            said = "strokes" if signed.get("strokes") else "refused"
            if not signed.get(said):
                return None
            known = self.signed.get(side.value, {})
            kept = known.get("signed_at") if known.get(said) == signed[said] else None
            return {"title": signed.get("title", ""), said: signed[said],
                    "signed_at": signed.get("signed_at") or kept or self.at}

        return read


def check_ratio(said: Document, path: str, errors: dict[str, str]) -> None:
    """A part is never larger than its whole, and the whole is never nothing."""
    part, all_of_it = said.get("numerator"), said.get("denominator")
    if all_of_it is not None and Decimal(all_of_it) == 0:
        errors[f"{path}denominator"] = _("The whole is above 0.")
    elif part is not None and all_of_it is not None and Decimal(part) > Decimal(all_of_it):
        errors[f"{path}numerator"] = _("The part is not larger than the whole, %(whole)s.", whole=all_of_it)


def path_of_line(line: Any, number: int) -> str:
    """"lines.P01.N.", or by its number where it does not say which line it is."""
    if isinstance(line, dict | Mapping):
        category, kind = line.get("category"), line.get("class")
        if isinstance(category, str) and isinstance(kind, str):
            return f"lines.{category}.{kind}."
    return f"lines.{number}."


def whole_line(said: Document) -> Document:
    """A line with every part."""
    return {
        "category": said["category"], "class": said["class"],
        "opening": said.get("opening") or "0", "purchased": said.get("purchased") or "0",
        "closing": said.get("closing") or "0", "returned": said.get("returned") or "0",
        "proof_number": said.get("proof_number", ""), "proof_holder": said.get("proof_holder", ""),
        "note": said.get("note", ""),
        "proof_expires_on": said.get("proof_expires_on"), "has_statement": bool(said.get("has_statement"))}

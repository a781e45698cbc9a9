"""What a criteria set asks and what a survey recorded, as plain data: the two inputs of the scoring. Pure.

`FormRules` comes from a criteria set, `Record` from a survey; neither knows the database or a language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from retail.rules import Kind
from surveys.rules.figures import half_up, plain
from surveys.rules.once import once
from surveys.rules.words import (
    AnswerType,
    Applies,
    CountMethod,
    EvidenceKind,
    Instrument,
    MaterialClass,
    Measure,
    SubShare,
)

ZERO = Decimal(0)


@dataclass(frozen=True)
class CriterionRule:
    """One question and how it scores. `lo` and `hi` in percent; `bands` are (from, points), ascending."""

    code: str
    type: AnswerType
    weight: Decimal = ZERO
    is_must: bool = False
    applies_to: Applies = Applies.ALL
    lo: Decimal = ZERO
    hi: Decimal = Decimal(100)
    bands: tuple[tuple[int, Decimal], ...] = ()
    measure: Measure | None = None
    instrument: Instrument | None = None
    na_allowed: bool = False
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    counts_for_coverage: bool = False

    def asked_of(self, kind: Kind) -> bool:
        """Whether establishments of this kind answer it."""
        side = Applies.TRADE_CENTRES if kind == Kind.TRADE_CENTRE else Applies.STORES
        return self.applies_to in (Applies.ALL, side)

    @once
    def weight_text(self) -> str | None:
        """The weight as every score shows it."""
        return plain(self.weight)

    @once
    def full_points(self) -> Decimal:
        """What a yes earns, as points are shown."""
        return half_up(self.weight)

    @once
    def rate(self) -> Fraction:
        """Points for one of what the value counts: a step, a percent between `lo` and `hi`."""
        return Fraction(self.weight) / (4 if self.type == AnswerType.SCALE4 else Fraction(self.hi) - Fraction(self.lo))

    def as_json(self) -> dict[str, Any]:
        """Figures as text."""
        return {"code": self.code, "type": self.type, "weight": self.weight_text, "is_must": self.is_must,
                "applies_to": self.applies_to, "lo": plain(self.lo), "hi": plain(self.hi),
                "bands": [[least, plain(points)] for least, points in self.bands], "measure": self.measure,
                "instrument": self.instrument, "na_allowed": self.na_allowed,
                "evidence_kinds": list(self.evidence_kinds), "counts_for_coverage": self.counts_for_coverage}


@dataclass(frozen=True)
class GroupRule:
    """A heading with its points."""

    code: str
    weight: Decimal
    criteria: tuple[CriterionRule, ...]

    @once
    def asked(self) -> dict[Kind, tuple[CriterionRule, ...]]:
        """The criteria that establishments of each kind answer, in order."""
        return {kind: tuple(rule for rule in self.criteria if rule.asked_of(kind)) for kind in Kind}


@dataclass(frozen=True)
class CategoryRule:
    """A line of the packaging sheet; `grams` of conventional plastic per unit."""

    code: str
    grams: Decimal
    in_ratio: bool = True
    sub_share: SubShare | None = None
    takes_tally: bool = False


@dataclass(frozen=True)
class LevelRule:
    """`least_total` in points of 100; the others in percent of a group."""

    rank: int
    least_total: Decimal
    least_group: Decimal
    least_by_group: Mapping[str, Decimal] = field(default_factory=dict)

    def least_of(self, group: str) -> Decimal:
        """The least share of one group, in percent."""
        return self.least_by_group.get(group, self.least_group)


@dataclass(frozen=True)
class FormRules:
    """A criteria set as the scoring reads it."""

    groups: tuple[GroupRule, ...]
    categories: tuple[CategoryRule, ...] = ()
    levels: tuple[LevelRule, ...] = ()
    accepted: frozenset[MaterialClass] = frozenset(
        {MaterialClass.E1, MaterialClass.E2, MaterialClass.E3, MaterialClass.E4})

    def asked(self, kind: Kind) -> Iterator[CriterionRule]:
        """The criteria establishments of this kind answer, in order."""
        return (rule for group in self.groups for rule in group.asked[kind])

    def as_json(self) -> dict[str, Any]:
        """What static/js/scoring/rules.js reads: every figure as text, so that it stays exact."""
        return {
            "groups": [{"code": group.code, "weight": plain(group.weight),
                        "criteria": [criterion.as_json() for criterion in group.criteria]} for group in self.groups],
            "categories": [{"code": category.code, "grams": plain(category.grams), "in_ratio": category.in_ratio,
                            "sub_share": category.sub_share, "takes_tally": category.takes_tally}
                           for category in self.categories],
            "levels": [{"rank": level.rank, "least_total": plain(level.least_total),
                        "least_group": plain(level.least_group),
                        "least_by_group": {code: plain(least) for code, least in level.least_by_group.items()}}
                       for level in self.levels],
            "accepted": sorted(self.accepted)}


class Answer(NamedTuple):
    """What was said to one criterion; only the fields of its type are used."""

    yes: bool | None = None
    step: int | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    number: int | None = None
    na: bool = False
    na_reason: str = ""


SILENT = Answer()  # nothing was said


class Line(NamedTuple):
    """One category × material class of the packaging sheet, in the category's unit."""

    category: str
    material_class: MaterialClass
    opening: Decimal = ZERO
    purchased: Decimal = ZERO
    closing: Decimal = ZERO
    returned: Decimal = ZERO
    proof_number: str = ""
    proof_holder: str = ""
    proof_expires_on: date | None = None
    has_statement: bool = False


@dataclass(frozen=True)
class Tally:
    """What 100 customers in a row carried out of the checkout."""

    plastic: int = 0
    eco: int = 0
    own: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        return self.plastic + self.eco + self.own + self.none

    @property
    def is_complete(self) -> bool:
        return self.total == 100


@dataclass(frozen=True)
class Bag:
    """One kind of bag measured: sides in cm, up to five thickness readings in µm."""

    width_cm: Decimal | None = None
    height_cm: Decimal | None = None
    readings_um: tuple[Decimal | None, ...] = ()
    hard_to_degrade: bool | None = None
    prepack: bool | None = None


@dataclass(frozen=True)
class Record:
    """Everything of a survey that counts."""

    kind: Kind
    answers: Mapping[str, Answer] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    bags: tuple[Bag, ...] = ()
    tally: Tally | None = None
    receipts: int | None = None
    period_from: date | None = None
    period_to: date | None = None
    count_method: CountMethod | None = None
    counted_by: str = ""


def record_from(document: Mapping[str, Any], kind: Kind) -> Record:
    """The record in a survey document, the JSON a tablet sends; its values must have been checked already."""
    tally = document.get("tally")
    return Record(
        kind=kind,
        answers={code: _answer(said) for code, said in (document.get("answers") or {}).items()},
        lines=tuple(_line(line) for line in document.get("lines") or ()),
        bags=tuple(_bag(bag) for bag in document.get("bags") or ()),
        tally=Tally(**{key: tally.get(key) or 0 for key in ("plastic", "eco", "own", "none")}) if tally else None,
        receipts=document.get("receipts"),
        period_from=_day(document.get("period_from")),
        period_to=_day(document.get("period_to")),
        count_method=CountMethod(document["count_method"]) if document.get("count_method") else None,
        counted_by=document.get("counted_by") or "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _figure(value: Any) -> Decimal | None:
    return None if value is None or value == "" else Decimal(str(value))


def _answer(said: Mapping[str, Any]) -> Answer:
    return Answer(
        said.get("yes"), said.get("step"), _figure(said.get("numerator")), _figure(said.get("denominator")),
        said.get("number"), bool(said.get("na")), said.get("na_reason") or "")


def _line(line: Mapping[str, Any]) -> Line:
    return Line(
        line["category"], MaterialClass(line["class"]),
        _figure(line.get("opening")) or ZERO, _figure(line.get("purchased")) or ZERO,
        _figure(line.get("closing")) or ZERO, _figure(line.get("returned")) or ZERO,
        line.get("proof_number") or "", line.get("proof_holder") or "", _day(line.get("proof_expires_on")),
        bool(line.get("has_statement")))


def _bag(bag: Mapping[str, Any]) -> Bag:
    return Bag(
        width_cm=_figure(bag.get("width_cm")), height_cm=_figure(bag.get("height_cm")),
        readings_um=tuple(_figure(reading) for reading in bag.get("readings_um") or ()),
        hard_to_degrade=bag.get("hard_to_degrade"), prepack=bag.get("prepack"))

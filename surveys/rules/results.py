"""What the scoring found, line by line, and its JSON: codes and numbers, no words. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from surveys.rules.bags import Verdict
from surveys.rules.figures import half_up, plain, share
from surveys.rules.form import ZERO, CriterionRule, LevelRule
from surveys.rules.once import once
from surveys.rules.packaging import Sheet
from surveys.rules.words import AnswerType, Instrument, SubShare

NO_POINTS = half_up(ZERO)
NA_SHARE = 30  # percent of a group's points: above it the reviewer confirms (rule 3)


class State(StrEnum):
    """Missing, no and not applicable are three things (rule 4)."""

    ANSWERED = "answered"
    MISSING = "missing"
    NA = "na"


@dataclass(frozen=True)
class CriterionScore:
    """One line. `number`: what was answered or measured; 0 or 1, step, count, or percent, exact."""

    rule: CriterionRule
    state: State
    number: Fraction | None = None

    @once
    def points(self) -> Decimal | None:
        return None if self.number is None else points_for(self.rule, self.number)

    @property
    def value(self) -> Fraction | None:
        """The number where it is more than yes or no."""
        return None if self.rule.type == AnswerType.BOOL else self.number

    @property
    def met(self) -> bool | None:
        """Yes or no, only of a must."""
        return None if self.number is None or not self.rule.is_must else bool(self.number)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.rule.code, "type": self.rule.type.value, "must": self.rule.is_must,
                "weight": self.rule.weight_text, "state": self.state.value,
                "points": None if self.points is None else str(self.points), "value": plain(self.value),
                "met": self.met}


def points_for(rule: CriterionRule, number: Fraction) -> Decimal:
    """Rule 2, rounded half up to two decimals."""
    if rule.type == AnswerType.BOOL:
        return rule.full_points if number else NO_POINTS
    if rule.type == AnswerType.COUNT:
        reached = [points for least, points in rule.bands if number >= least]
        return half_up(reached[-1] if reached else ZERO)
    if rule.type == AnswerType.SCALE4:
        return half_up(rule.rate * number)
    if number <= rule.lo or number >= rule.hi:
        return NO_POINTS if number <= rule.lo else rule.full_points
    return half_up(rule.rate * (number - Fraction(rule.lo)))


@dataclass(frozen=True)
class GroupScore:
    """One group. `earned` of `applicable` points; `score` of `weight`; None when nothing of it applies."""

    code: str
    weight: Decimal
    criteria: tuple[CriterionScore, ...]

    @once
    def is_complete(self) -> bool:
        return all(line.state != State.MISSING for line in self.criteria)

    @once
    def na_points(self) -> Decimal:
        return sum((line.rule.weight for line in self.criteria if line.state == State.NA), ZERO)

    @once
    def na_needs_confirmation(self) -> bool:
        """More than 30 % of the points are not applicable."""
        return self.na_points * 100 > self.weight * NA_SHARE

    @once
    def applicable(self) -> Decimal:
        return sum((line.rule.weight for line in self.criteria if line.state != State.NA), ZERO)

    @once
    def earned(self) -> Decimal:
        return sum((line.points for line in self.criteria if line.points is not None), ZERO)

    @once
    def score(self) -> Decimal | None:
        """Of the full weight, two decimals; points so far while the group is incomplete."""
        if not self.applicable:
            return None
        if not self.is_complete:
            return half_up(self.earned)
        if self.applicable == self.weight:
            return half_up(self.earned)
        return half_up(Fraction(self.earned * self.weight) / Fraction(self.applicable))

    @once
    def share(self) -> Fraction | None:
        """The rounded score in percent of the weight."""
        return None if self.score is None else share(self.score, self.weight)

    @property
    def shown_share(self) -> Decimal | None:
        """The share with two decimals."""
        return None if self.share is None else half_up(self.share)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "weight": plain(self.weight), "applicable": plain(self.applicable),
                "earned": str(half_up(self.earned)), "score": None if self.score is None else str(self.score),
                "share": None if self.share is None else str(self.shown_share),
                "na_points": plain(self.na_points), "na_needs_confirmation": self.na_needs_confirmation,
                "complete": self.is_complete, "criteria": [line.as_json() for line in self.criteria]}


@dataclass(frozen=True)
class Lack:
    """What keeps a level away: the total, a group's share, or a must. `need`, `have`: points or percent."""

    what: str  # total, group, must
    code: str = ""
    need: Decimal | None = None
    have: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "code": self.code, "need": plain(self.need),
                "have": None if self.have is None else str(self.have)}


def total_of(groups: tuple[GroupScore, ...]) -> Decimal:
    """The sum of the groups' rounded scores."""
    return sum((group.score for group in groups if group.score is not None), Decimal("0.00"))


def applicable_of(groups: tuple[GroupScore, ...]) -> Decimal:
    """The sum of the weights of the groups that have a score."""
    return sum((group.weight for group in groups if group.score is not None), ZERO)


def lacks_of(level: LevelRule, groups: tuple[GroupScore, ...]) -> tuple[Lack, ...]:
    """What keeps a level away: musts, total, group minimums; nothing when it is reached (rule 6)."""
    lacks = [Lack("must", line.rule.code) for group in groups for line in group.criteria
             if line.rule.is_must and line.state != State.NA and not line.met]
    total, applicable = total_of(groups), applicable_of(groups)
    if not applicable or total * 100 < level.least_total * applicable:
        lacks.append(Lack("total", need=half_up(Fraction(level.least_total * applicable) / 100), have=total))
    for group in groups:
        least = level.least_of(group.code)
        if group.score is not None and group.score * 100 < least * group.weight:
            lacks.append(Lack("group", group.code, need=least, have=group.shown_share))
    return tuple(lacks)


@dataclass(frozen=True)
class Score:
    """The whole result. Every figure is derived from the lines, so it explains itself."""

    groups: tuple[GroupScore, ...]
    sheet: Sheet
    bags: tuple[tuple[Decimal | None, Verdict], ...]  # mean thickness in µm, verdict
    level_rules: tuple[LevelRule, ...]

    @once
    def lines(self) -> list[CriterionScore]:
        return [line for group in self.groups for line in group.criteria]

    @once
    def total(self) -> Decimal:
        return total_of(self.groups)

    @once
    def applicable(self) -> Decimal:
        """The weight of the groups that apply: 100 but in odd sets."""
        return applicable_of(self.groups)

    @once
    def levels(self) -> tuple[tuple[int, tuple[Lack, ...]], ...]:
        """The rank of each level and what keeps it away."""
        return tuple((level.rank, lacks_of(level, self.groups)) for level in self.level_rules)

    @once
    def level(self) -> int | None:
        """Rank of the highest level reached; None when none is."""
        return max((rank for rank, lacks in self.levels if not lacks), default=None)

    @once
    def missing(self) -> list[str]:
        """Codes of the criteria without an answer."""
        return [line.rule.code for line in self.lines if line.state == State.MISSING]

    @once
    def nonconformities(self) -> list[str]:
        """Codes of the musts answered no (rule 5)."""
        return [line.rule.code for line in self.lines if line.met is False]

    @once
    def coverage_conditions_met(self) -> bool:
        """Every criterion that counts for coverage is yes; not applicable does not stand in the way (DOMAIN 5.4)."""
        return all(line.met or line.state == State.NA for line in self.lines if line.rule.counts_for_coverage)

    @once
    def replaced_grams(self) -> Decimal:
        return self.sheet.replaced_grams

    @once
    def used_grams(self) -> Decimal:
        return self.sheet.used_grams

    @once
    def contradictions(self) -> list[str]:
        """Codes of bag criteria answered yes although a measured bag is banned."""
        banned = any(verdict == Verdict.BANNED for _mean, verdict in self.bags)
        return [line.rule.code for line in self.lines
                if banned and line.met and line.rule.instrument == Instrument.BAGS]

    def as_json(self) -> dict[str, Any]:
        """What is stored with the survey: codes and numbers as text, no words."""
        musts = [line for line in self.lines if line.rule.is_must and line.state != State.NA]
        return {
            "total": str(self.total), "applicable": plain(self.applicable), "level": self.level,
            "musts": {"met": sum(line.met is True for line in musts), "total": len(musts)},
            "coverage_conditions_met": self.coverage_conditions_met, "missing": self.missing,
            "groups": [group.as_json() for group in self.groups],
            "replaced": sheet_as_json(self.sheet),
            "bags": [{"position": position, "mean_um": None if mean is None else str(mean), "verdict": verdict.value}
                     for position, (mean, verdict) in enumerate(self.bags, start=1)],
            "nonconformities": self.nonconformities,
            "warnings": [{"criterion": code, "kind": "bag_contradicts"} for code in self.contradictions],
            "levels": [{"rank": rank, "met": not lacks, "lacks": [lack.as_json() for lack in lacks]}
                       for rank, lacks in self.levels],
        }


def sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    """The measured sheet: shares in percent, six decimals; amounts in units; grams of conventional plastic."""
    return {
        "share": plain(sheet.share), "replaced_grams": plain(sheet.replaced_grams),
        "used_grams": plain(sheet.used_grams), "conventional_grams": plain(sheet.conventional_grams),
        "sub": {sub.value: plain(sheet.sub_share(sub)) for sub in SubShare},
        "categories": [
            {"code": used.rule.code, "n": plain(used.conventional), "e": plain(used.eco), "v": plain(used.avoided),
             "share": plain(used.share), "grams": plain(used.rule.grams), "in_ratio": used.rule.in_ratio,
             "against_art_64": used.rule.in_ratio and used.conventional > 0 and sheet.violates_art_64}
            for used in sheet.categories],
        "proof_share": plain(sheet.proof_share),
        "warnings": [{"category": told.category, "class": told.material_class.value, "kind": told.kind.value}
                     for told in sheet.warnings],
    }

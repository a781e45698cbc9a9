"""A score in words: every line says how its points came about, in the reader's language, from codes and numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from foundation.i18n import is_english, label, name_members, number, percent, pick
from surveys.models import CriteriaSet, Criterion
from surveys.rules.packaging import WarningKind
from surveys.rules.results import State
from surveys.rules.words import AnswerType, SubShare

name_members({
    SubShare.CHECKOUT: _l("Checkout bags"),
    SubShare.FRESH: _l("Fresh counters"),
    SubShare.TABLEWARE: _l("Single-use tableware"),
    SubShare.BOXES: _l("Food boxes"),
})
name_members({
    WarningKind.NO_PROOF: _l("number, holder or expiry of the certificate is missing"),
    WarningKind.NO_STATEMENT: _l("the supplier's statement of material is missing"),
    WarningKind.EXPIRED: _l("the certificate ran out before the end of the period"),
    WarningKind.NOT_ACCEPTED: _l("the criteria set does not accept this class"),
    WarningKind.NEGATIVE: _l("used is below zero: correct the stocks"),
})


@dataclass(frozen=True)
class ShownLine:
    """One question: what was answered, its points, and why."""

    code: str
    title: str
    state: State
    is_must: bool
    met: bool | None
    answer: str
    points: Decimal | None
    weight: Decimal
    why: str


@dataclass(frozen=True)
class ShownGroup:
    """One group. `share` and `least` (of the lowest level) in percent."""

    code: str
    title: str
    score: Decimal | None
    weight: Decimal
    share: Decimal | None
    least: Decimal
    complete: bool
    why: str
    needs_confirmation: bool
    lines: list[ShownLine]


@dataclass(frozen=True)
class ShownCategory:
    """One line of the packaging sheet by what it counts as; shares in percent, None: nothing used."""

    code: str
    name: str
    unit: str
    conventional: Decimal
    eco: Decimal
    avoided: Decimal
    share: Decimal | None
    in_ratio: bool
    against_art_64: bool


@dataclass(frozen=True)
class ShownLevel:
    """A level and, in words, what keeps it away."""

    rank: int
    name: str
    met: bool
    lacks: list[str]


@dataclass(frozen=True)
class ShownScore:
    """Everything `templates/surveys/_score.html` draws."""

    total: Decimal
    applicable: Decimal
    level: str
    missing: int
    groups: list[ShownGroup]
    share: Decimal | None
    avoided_kg: Decimal
    used_kg: Decimal
    subs: list[tuple[str, Decimal | None]]
    proof_share: Decimal | None
    categories: list[ShownCategory]
    warnings: list[str]
    levels: list[ShownLevel]
    nonconformities: list[str]


def show_score(score: Mapping[str, Any], criteria_set: CriteriaSet) -> ShownScore:
    """The score of `Score.as_json()` in words and figures, beside the set it was made with."""
    replaced = score["replaced"]
    levels = {level.rank: level for level in criteria_set.levels}
    return ShownScore(
        total=Decimal(score["total"]), applicable=Decimal(score["applicable"]),
        level=pick(levels[score["level"]], "name") if score["level"] else "",
        missing=len(score["missing"]), groups=show_groups(score["groups"], criteria_set),
        share=figure(replaced["share"]), avoided_kg=Decimal(replaced["replaced_grams"]) / 1000,
        used_kg=Decimal(replaced["used_grams"]) / 1000,
        subs=[(label(sub), figure(replaced["sub"][sub])) for sub in SubShare],
        proof_share=figure(replaced["proof_share"]),
        categories=show_categories(replaced["categories"], criteria_set),
        warnings=[*map(explain_warning, replaced["warnings"]), *map(explain_contradiction, score["warnings"])],
        levels=[ShownLevel(found["rank"], pick(levels[found["rank"]], "name"), found["met"],
                           explain_lacks(found["lacks"])) for found in score["levels"]],
        nonconformities=score["nonconformities"])


def figure(text: str | None) -> Decimal | None:
    """A figure kept as text."""
    return None if text is None else Decimal(text)


def show_groups(groups: Iterable[Mapping[str, Any]], criteria_set: CriteriaSet) -> list[ShownGroup]:
    """The groups with their lines."""
    known = {group.code: group for group in criteria_set.groups}
    lowest = criteria_set.levels[0] if criteria_set.levels else None
    shown = []
    for found in groups:
        group = known[found["code"]]
        criteria = {criterion.code: criterion for criterion in group.criteria}
        least = lowest.least_by_group.get(group.code, lowest.least_group) if lowest else 0
        shown.append(ShownGroup(
            group.code, pick(group, "title"), figure(found["score"]), Decimal(found["weight"]), figure(found["share"]),
            Decimal(least), found["complete"], explain_group(found), found["na_needs_confirmation"],
            [show_line(line, criteria[line["code"]]) for line in found["criteria"]]))
    return shown


def show_line(line: Mapping[str, Any], criterion: Criterion) -> ShownLine:
    """One question."""
    return ShownLine(
        line["code"], pick(criterion, "title"), State(line["state"]), line["must"], line["met"],
        answer_in_words(line), figure(line["points"]), Decimal(line["weight"]), explain(line, criterion))


def show_categories(categories: Iterable[Mapping[str, Any]], criteria_set: CriteriaSet) -> list[ShownCategory]:
    """The packaging sheet by category."""
    known = {category.code: category for category in criteria_set.categories}
    return [ShownCategory(
        found["code"], pick(known[found["code"]], "name"), pick(known[found["code"]], "unit"),
        Decimal(found["n"]), Decimal(found["e"]), Decimal(found["v"]), figure(found["share"]), found["in_ratio"],
        found["against_art_64"]) for found in categories]


def short(value: Any, places: int = 2) -> str:
    """A figure without idle decimals: 20, 1,5, 42,97."""
    exact = round(Decimal(value), places)
    return number(exact, max(0, -int(exact.normalize().as_tuple().exponent)))


def answer_in_words(line: Mapping[str, Any]) -> str:
    """What was answered, short."""
    if line["state"] == State.MISSING:
        return _("missing")
    if line["state"] == State.NA:
        return _("not applicable")
    if line["type"] == AnswerType.BOOL:
        yes = line["met"] if line["must"] else Decimal(line["points"]) > 0
        return _("Yes") if yes else _("No")
    if line["type"] == AnswerType.SCALE4:
        return _("step %(step)s", step=line["value"])
    return short(line["value"]) if line["type"] == AnswerType.COUNT else str(percent(figure(line["value"])))


def explain(line: Mapping[str, Any], criterion: Criterion) -> str:
    """How one line came to its points."""
    if line["state"] == State.MISSING:
        return _("Nothing on the packaging sheet to measure yet") if line["type"] == AnswerType.COMPUTED else _(
            "No answer yet")
    if line["state"] == State.NA:
        return _("Not applicable: leaves both sides of the group's score")
    if line["must"]:
        return _("Met") if line["met"] else _("Major nonconformity: no certificate until it is closed")
    points, weight = number(Decimal(line["points"]), 2), short(line["weight"])
    if line["type"] == AnswerType.BOOL:
        return _("%(answer)s = %(points)s", answer=answer_in_words(line), points=points)
    if line["type"] == AnswerType.SCALE4:
        return _("step %(step)s, %(text)s: %(step)s / 4 × %(weight)s = %(points)s", step=line["value"], weight=weight,
                 text=anchor_of(criterion, int(line["value"])), points=points)
    if line["type"] == AnswerType.COUNT:
        return _("%(number)s gives %(points)s", number=line["value"], points=points)
    return explain_share(line, criterion, points, weight)


def anchor_of(criterion: Criterion, step: int) -> str:
    """The text of one step of a scale."""
    texts = criterion.anchors_en if is_english() else criterion.anchors_vi
    return f"“{texts[step]}”" if texts else ""


def explain_share(line: Mapping[str, Any], criterion: Criterion, points: str, weight: str) -> str:
    """The linear rule: between `lo` and `hi` in proportion, none below, all above."""
    lo, hi, value = criterion.lo or Decimal(0), criterion.hi or Decimal(100), Decimal(line["value"])
    if value <= lo:
        return _("%(share)s: no points up to %(lo)s", share=percent(value, 2), lo=unbroken_percent(lo))
    if value >= hi:
        return _("%(share)s: full points from %(hi)s", share=percent(value, 2), hi=unbroken_percent(hi))
    shown, low, high = number(value, 2), short(lo), short(hi)
    if lo == 0:
        return f"{shown} / {high} × {weight} = {points}"
    return f"({shown} − {low}) / ({high} − {low}) × {weight} = {points}"


def unbroken_percent(value: Decimal) -> str:
    """20 %, as short as it goes."""
    return f"{short(value)}\u00a0%"


def explain_group(group: Mapping[str, Any]) -> str:
    """How a group came to its score."""
    earned, weight = number(Decimal(group["earned"]), 2), short(group["weight"])
    if group["score"] is None:
        return _("Nothing of this group applies: left out of the total")
    if not group["complete"]:
        return _("%(earned)s of %(weight)s points so far", earned=earned, weight=weight)
    if group["applicable"] == group["weight"]:
        return _("%(earned)s of %(weight)s points", earned=earned, weight=weight)
    return f"{earned} / {short(group['applicable'])} × {weight} = {number(Decimal(group['score']), 2)}"


def explain_lacks(lacks: list[Mapping[str, Any]]) -> list[str]:
    """What keeps a level away; the musts in one sentence."""
    musts = [lack["code"] for lack in lacks if lack["what"] == "must"]
    words = [ngettext("%(codes)s must be yes", "%(codes)s must all be yes", len(musts), codes=", ".join(musts))
             ] if musts else []
    for lack in lacks:
        if lack["what"] == "total":
            words.append(_("%(have)s points, needs %(need)s", have=number(Decimal(lack["have"]), 2),
                           need=short(lack["need"])))
        elif lack["what"] == "group":
            words.append(_("group %(code)s %(have)s, needs %(need)s", code=lack["code"],
                           have=percent(Decimal(lack["have"]), 2), need=unbroken_percent(Decimal(lack["need"]))))
    return words


def explain_warning(warning: Mapping[str, Any]) -> str:
    """Why a line of the packaging sheet counts as less than it claims."""
    kind = WarningKind(warning["kind"])
    place, why = f"{warning['category']} {warning['class']}", label(kind)
    if kind == WarningKind.NEGATIVE:
        return f"{place}: {why}"
    return _("%(place)s: %(why)s, so it counts as %(counts)s", place=place, why=why,
             counts="N" if kind == WarningKind.EXPIRED else "X")


def explain_contradiction(warning: Mapping[str, Any]) -> str:
    """A bag that was measured says otherwise than the answer."""
    return _("%(code)s is answered yes, but a measured bag falls under article 64", code=warning["criterion"])

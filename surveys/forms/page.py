"""What the survey form shows: names and numbers gathered once, so that its templates only lay them out."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from foundation.forms import parse_number
from foundation.i18n import day as show_day
from foundation.i18n import label, number
from plan.queries import find_threshold
from surveys.actions.reading import MOST_BAGS
from surveys.forms.last import page_of_last
from surveys.models import Criterion, Evidence, Survey
from surveys.queries import Gap, find_newer_set, list_missing, period_end_of
from surveys.queries.form_data import BOUNDS
from surveys.queries.store_codes import codes_of
from surveys.rules.document import AMOUNTS, SIDES_OF_TALLY
from surveys.rules.packaging import CERTIFIED, ECO
from surveys.rules.words import AnswerType, CountMethod, Instrument, MaterialClass, PlaceReason, SubShare

SQUARES = {"plastic": "", "eco": "h3", "own": "h1", "none": "h2"}
WARNED = {"negative": frozenset(MaterialClass), "no_proof": CERTIFIED, "expired": CERTIFIED,
          "no_statement": frozenset({MaterialClass.E4}), "not_accepted": ECO}
Values = Mapping[str, str]
Scores = dict[str, dict[str, Any]]


def fig(value: Decimal | str | int) -> str:
    """A figure without idle zeros, in the reader's habit."""
    exact = Decimal(str(value)).normalize()
    return number(exact, max(0, -int(exact.as_tuple().exponent)))


def page_of(survey: Survey, score: dict[str, Any], values: Values, *, today: date, add: str = "",
            bags: int = 0) -> dict[str, Any]:
    """All the page needs but addresses and errors. `add` names an empty line to offer, `bags` the samples shown."""
    scored: Scores = {line["code"]: line for group in score["groups"] for line in group["criteria"]}
    asked_of = {group.code: [criterion for criterion in group.criteria if criterion.code in scored]
                for group in survey.criteria_set.groups}
    gaps = list_missing(survey)
    return {
        "survey": survey, "values": values, "score": score, "scored": scored, "asked_of": asked_of, "fig": fig,
        "reason_in": reason_in,
        "groups": [group for group in survey.criteria_set.groups if asked_of[group.code]],
        "scored_groups": {group["code"]: group_line(group, survey) for group in score["groups"]},
        "evidence": evidence_by_owner(survey), "gaps": gaps, "anchor_of": anchor_of,
        "gaps_of": {code: [gap.words for gap in gaps if gap.code == code] for code in scored},
        **count_answers(scored.values()),
        "nonconformities": score["nonconformities"],
        "contradictions": [told["criterion"] for told in score["warnings"] if told["kind"] == "bag_contradicts"],
        "categories": survey.criteria_set.categories,
        "last_quarter": last_quarter(survey.visit.planned_on, today),
        "store_codes": codes_of(survey.establishment, current_app.config["PPX_HOST"]), "place_reasons": PlaceReason,
        "bounds": BOUNDS,
        "bag_criterion": bag_criterion(survey), **sheet_of(survey, score, values, add), **bags_of(score, values, bags),
        "newer": find_newer_set(survey.criteria_set) if survey.id and not survey.visit.follows_id else None,
        **words(survey), **page_of_last(survey, today),
    }


def reason_in(hint: str) -> str:
    """The reason a hint names: "Only if no food is packed on site." → "No food is packed on site"."""
    reason = re.sub(r"^(Chỉ khi|Only if|Only when)\s+", "", hint).rstrip(".")
    return reason[:1].upper() + reason[1:]


def group_line(group: dict[str, Any], survey: Survey) -> dict[str, Any]:
    """A group in the strip: its points, its measure, the least its first level asks for."""
    first = min(survey.criteria_set.levels, key=lambda level: level.rank, default=None)
    least = first.least_by_group.get(group["code"], first.least_group) if first else None
    share = group["share"] if group["complete"] else Decimal(group["earned"]) * 100 / Decimal(group["weight"])
    return {"score": group["score"] or "0", "complete": group["complete"], "width": float(share or 0),
            "least": least, **count_answers(group["criteria"])}


def count_answers(lines: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many lines of a score are answered, of how many that somebody answers: as `surveys.queries.answered`."""
    asked = [line for line in lines if line["type"] != AnswerType.COMPUTED]
    return {"answered": sum(line["state"] != "missing" for line in asked), "asked": len(asked)}


def evidence_by_owner(survey: Survey) -> dict[str, list[Evidence]]:
    """What is attached, by the code of its criterion or category; struck-out pieces are left out."""
    found: dict[str, list[Evidence]] = {}
    for item in survey.evidence:
        owner = item.criterion or item.category
        if item.removed_at is None and owner:
            found.setdefault(owner.code, []).append(item)
    return found


def anchor_of(gap: Gap) -> str:
    """Where on the page something missing is filled in."""
    if gap.path.startswith("answers."):
        return gap.code
    return "packaging" if gap.path == "lines" else gap.path


def sheet_of(survey: Survey, score: dict[str, Any], values: Values, add: str) -> dict[str, Any]:
    """The packaging sheet: which lines and categories are open, what was used, what is warned about."""
    replaced = score["replaced"]
    shown = {".".join(name.split(".")[1:3]) for name, text in values.items() if name.startswith("lines.") and text} | {
        add} - {""}
    ends = period_end_of(survey) or survey.visit.planned_on
    threshold = find_threshold(ends.year)
    return {
        "replaced": replaced, "measured": {line["code"]: line for line in replaced["categories"]},
        "threshold": threshold.share if threshold else None, "shown_lines": shown,
        "open_categories": {add.partition(".")[0]}, "used": {name: used_of(name, values) for name in shown},
        "flagged": {told["category"] for told in replaced["warnings"]},
        "warned": {(told["category"], told["class"], told["kind"]) for told in replaced["warnings"]},
        "line_kinds": {kind: {str(material) for material in classes} for kind, classes in WARNED.items()},
    }


def used_of(name: str, values: Values) -> str:
    """Opening + purchased − closing − returned of a line as typed; a dash when a figure is none."""
    opening, purchased, closing, returned = (
        parse_number(values.get(f"lines.{name}.{amount}") or "0") for amount in AMOUNTS)
    if opening is None or purchased is None or closing is None or returned is None:
        return "–"
    return fig(opening + purchased - closing - returned)


def tally_of(values: Values) -> dict[str, int]:
    """The count as typed, from 0 to 100; what is no number counts as nothing."""
    typed = {key: parse_number(values.get(f"tally.{key}") or "0") or 0 for key in SIDES_OF_TALLY}
    return {key: max(0, min(100, int(count))) for key, count in typed.items()}


def bags_of(score: dict[str, Any], values: Values, least: int) -> dict[str, Any]:
    """The bag samples and the count's squares."""
    numbers = [int(found[1]) + 1 for found in map(re.compile(r"bags\.([0-9]{1,3})\.").match, values) if found]
    return {
        "bag_count": min(max([least, *numbers]), MOST_BAGS),
        "bag_scores": {str(bag["position"] - 1): bag for bag in score["bags"]},
        "squares": [SQUARES[key] for key, count in tally_of(values).items() for _k in range(count)],
    }


def bag_criterion(survey: Survey) -> str:
    """Code of the criterion the bag measurement backs."""
    criteria: Iterable[Criterion] = survey.criteria_set.criteria_by_code.values()
    return next((c.code for c in criteria if c.instrument == Instrument.BAGS), "")


def last_quarter(planned_on: date, today: date) -> tuple[str, str]:
    """The three whole months before the visit, or before today when it is earlier."""
    end = min(planned_on, today).replace(day=1) - timedelta(days=1)
    months = end.year * 12 + end.month - 3
    return show_day(date(months // 12, months % 12 + 1, 1)), show_day(end)


def words(survey: Survey) -> dict[str, Any]:
    """Names in the reader's language."""
    return {
        "material_words": {str(material): label(material) for material in MaterialClass},
        "count_methods": [(str(method), label(method), "ok") for method in CountMethod],
        "level_names": {level.rank: level for level in survey.criteria_set.levels},
        "sub_words": {SubShare.CHECKOUT: _("Checkout"), SubShare.FRESH: _("Fresh counters"),
                      SubShare.TABLEWARE: _("Tableware"), SubShare.BOXES: _("Boxes")},
        "tally_words": [
            ("plastic", "bag", _("Plastic bag"), _("took a plastic bag at the till")),
            ("eco", "leaf", _("Eco bag"), _("paper, certified bag")),
            ("own", "tote", _("Own bag"), _("bag, basket, rucksack brought along")),
            ("none", "hand", _("No bag"), _("in the hand, in the trolley")),
        ],
        "line_words": {
            "negative": _("Below zero: check the stocks. It counts as nothing."),
            "no_proof": _("Number, holder and end of the certificate are needed; without them it counts as X."),
            "expired": _("The certificate ran out before the end of the period: it counts as plastic."),
            "no_statement": _("Without the supplier's statement it counts as X."),
            "not_accepted": _("This criteria set does not accept the class: it counts as X."),
        },
    }

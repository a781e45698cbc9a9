"""A criteria set as the sheets of an XLSForm: survey, choices, settings. Pure.

    build(content, names).survey[0] == {"type": "start", "name": "start"}

A cell that holds Words stands in one column for each language. Each criterion is a group that fits one screen, the
packaging sheet, the measured bags and further evidence are repeats, the score is a group of calculations at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from retail.rules import Kind
from surveys.odk import words as w
from surveys.odk.choices import lists
from surveys.odk.closing import closing, more_evidence, score
from surveys.odk.expressions import asked
from surveys.odk.measuring import bags, sheet
from surveys.odk.names import REGISTER, form_id, part_of, set_key
from surveys.odk.questions import of_criterion
from surveys.odk.rows import Choice, Row, calculate, group, row
from surveys.odk.xpath import looked_up, quoted
from surveys.rules.content import GroupContent, SetContent
from surveys.rules.words import Applies, Instrument

Names = Mapping[StrEnum, w.Words]  # what people call the members of our enums


@dataclass(frozen=True)
class Form:
    """The three sheets of an XLSForm."""

    survey: list[Row]
    choices: list[Choice]
    settings: dict[str, str]


def build(content: SetContent, names: Names, *, with_register: bool = False) -> Form:
    """The form of a set. `names` has the words of Kind, MaterialClass, CountMethod and EvidenceKind.

    `with_register`: the establishment is chosen from establishments.csv, which goes beside the form.
    """
    survey = [*metadata(content), *site(content, with_register), *questions(content), *more_evidence(), *closing(),
              *score(content)]
    return Form(survey, lists(content, names), {
        "form_title": f"{content.name_vi} ({content.code} {content.version})",
        "form_id": form_id(content.code), "version": content.version, "default_language": "Tiếng Việt (vi)",
        "style": "pages", "instance_name": "concat(${establishment}, ' ', format-date(${start}, '%Y-%m-%d'))"})


def metadata(content: SetContent) -> Iterator[Row]:
    """When, on which device, with which set."""
    for name in ("start", "end", "deviceid"):
        yield row(name, name)
    yield row("audit", "audit", parameters="track-changes=true")
    yield calculate("criteria_set", quoted(set_key(content.code, content.version)), number=False)


def site(content: SetContent, with_register: bool) -> Iterator[Row]:
    """Which establishment, of which type, where."""
    yield from group("site", w.SITE, [
        *(from_register() if with_register else typed_in()),
        row("geopoint", "place", w.PLACE, w.PLACE_HINT),
    ])
    yield calculate("is_centre", f"if(${{kind}} = '{Kind.TRADE_CENTRE}', 1, 0)")


def typed_in() -> list[Row]:
    """The number of the establishment as text, its type as a choice."""
    return [row("text", "establishment", w.ESTABLISHMENT, w.ESTABLISHMENT_HINT, required=True,
                constraint="regex(., '^CS-[0-9]{6,}$')", constraint_message=w.ESTABLISHMENT_BOUND),
            row("select_one kinds", "kind", w.KIND, required=True)]


def from_register() -> list[Row]:
    """A choice from the register, which knows the type."""
    return [row(f"select_one_from_file {REGISTER}.csv", "establishment", w.ESTABLISHMENT_CHOICE, required=True,
                appearance="minimal autocomplete"),
            calculate("kind", looked_up(REGISTER, "establishment", "kind"), number=False)]


def questions(content: SetContent) -> Iterator[Row]:
    """The groups in order, each followed by the measuring pages that back one of its criteria."""
    has_sheet = bool(content.categories)
    for one in content.groups:
        yield from of_group(one)
        instruments = {criterion.instrument for criterion in one.criteria}
        if Instrument.BAGS in instruments:
            yield from bags()
        if Instrument.SHEET in instruments and has_sheet:
            yield from sheet(content)
            has_sheet = False
    if has_sheet:
        yield from sheet(content)


def of_group(one: GroupContent) -> list[Row]:
    """A heading with its points, and its criteria; left out where none of them is asked."""
    title = w.Words(f"{one.code}. {one.title_vi}", f"{one.code}. {one.title_en}")
    sides = {criterion.applies_to for criterion in one.criteria}
    more: dict[str, Any] = {"relevant": asked(one.criteria[0])} if len(sides) == 1 and Applies.ALL not in sides else {}
    rows = [line for criterion in one.criteria for line in of_criterion(criterion)]
    return group(f"g_{part_of(one.code)}", title, rows, appearance=None, **more) if rows else []

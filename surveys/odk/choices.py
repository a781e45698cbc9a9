"""The choices of the form. Pure."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from retail.rules import Kind
from surveys.odk import words as w
from surveys.odk.names import NOT_APPLICABLE
from surveys.odk.repeats import role_of
from surveys.odk.rows import Choice
from surveys.odk.xpath import figure
from surveys.rules.content import CategoryContent, CriterionContent, SetContent
from surveys.rules.words import AnswerType, CountMethod, EvidenceKind, MaterialClass


def choice(list_name: str, name: str, label: w.Words, **more: str) -> Choice:
    """One choice; `more` are columns that calculations look up."""
    return {"list_name": list_name, "name": name, "label": label, **more}


def lists(content: SetContent, names: Mapping[StrEnum, w.Words]) -> list[Choice]:
    """Every list the form uses."""
    return [
        *yes_or_no(content), *of_enum("kinds", Kind, names), *of_enum("count_methods", CountMethod, names),
        *of_enum("evidence_kinds", EvidenceKind, names),
        *(one for criterion in content.criteria if criterion.type == AnswerType.SCALE4 for one in steps(criterion)),
        *(category(one) for one in content.categories), *classes(content, names), *subjects(content)]


def yes_or_no(content: SetContent) -> Iterator[Choice]:
    """Yes, no; yes, no, not applicable; a box to tick."""
    for list_name in ("yes_no", "yes_no_na"):
        yield choice(list_name, "yes", w.YES)
        yield choice(list_name, "no", w.NO)
    yield choice("yes_no_na", NOT_APPLICABLE, w.NA)
    yield choice("not_applicable", NOT_APPLICABLE, w.NA)


def of_enum(list_name: str, words: type[StrEnum], names: Mapping[StrEnum, w.Words]) -> Iterator[Choice]:
    """The members of one of our enums."""
    return (choice(list_name, member.value, names[member]) for member in words)


def steps(criterion: CriterionContent) -> Iterator[Choice]:
    """The anchors of a scale."""
    list_name = f"steps_{criterion.code}"
    anchors = zip(criterion.anchors_vi or (), criterion.anchors_en or (), strict=False)
    for step, (vi, en) in enumerate(anchors):
        yield choice(list_name, str(step), w.Words(f"{step}. {vi}", f"{step}. {en}"))
    if criterion.na_allowed:
        yield choice(list_name, NOT_APPLICABLE, w.NA)


def category(one: CategoryContent) -> Choice:
    """A packaging category: grams of plastic a unit (nothing where it is only tracked), what it is measured in."""
    label = w.Words(f"{one.code}. {one.name_vi} ({one.unit_vi})", f"{one.code}. {one.name_en} ({one.unit_en})")
    sub = {"sub": one.sub_share.value} if one.sub_share and one.in_ratio else {}
    return choice("categories", one.code, label, weight=figure(one.grams) if one.in_ratio else "0", **sub)


def classes(content: SetContent, names: Mapping[StrEnum, w.Words]) -> Iterator[Choice]:
    """Material classes, with what they count as in this set."""
    for member in MaterialClass:
        label = w.Words(*(f"{member.value}. {text}" for text in names[member]))
        yield choice("classes", member.value, label, role=role_of(member, content.accepted_classes))


def subjects(content: SetContent) -> Iterator[Choice]:
    """What further evidence can be about."""
    yield choice("subjects", "none", w.ABOUT_NONE)
    for criterion in content.criteria:
        yield choice("subjects", f"criterion_{criterion.code}", w.Words(
            f"{criterion.code}. {criterion.title_vi}", f"{criterion.code}. {criterion.title_en}"))
    for one in content.categories:
        yield choice("subjects", f"category_{one.code}", w.Words(
            f"{one.code}. {one.name_vi}", f"{one.code}. {one.name_en}"))

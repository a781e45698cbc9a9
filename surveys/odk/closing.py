"""The end of the form: further evidence, remarks and signatures, the provisional score. Pure."""

from collections.abc import Iterator
from typing import Any

from surveys.odk import words as w
from surveys.odk.expressions import calculations
from surveys.odk.names import part_of
from surveys.odk.rows import NEEDED, Row, bounded, calculate, group, photo, row
from surveys.rules.content import SetContent


def more_evidence() -> list[Row]:
    """Photos and documents besides the needed ones, about anything."""
    is_document = "${evidence_kind} = 'document'"
    return group("more", w.MORE, [
        row("select_one yes_no", "more_evidence", w.MORE_ASK, **NEEDED),
        *group("evidence", w.MORE, [
            row("select_one subjects", "evidence_about", w.ABOUT, appearance="minimal", **NEEDED),
            row("select_one evidence_kinds", "evidence_kind", w.EVIDENCE_KIND, **NEEDED),
            row("file", "evidence_file", w.EVIDENCE_FILE, w.FILE_BOUND, relevant=is_document,
                **{"body::accept": "application/pdf"}),
            photo("evidence_photo", w.EVIDENCE_PHOTO, required=f"not({is_document}) or ${{evidence_file}} = ''",
                  required_message=w.PHOTO_NEEDED),
            bounded("evidence_caption", w.CAPTION, 200),
        ], kind="repeat", relevant="${more_evidence} = 'yes'"),
    ], appearance=None)


def closing() -> list[Row]:
    """What both sides say, and that they were there."""
    return group("ending", w.ENDING, [
        bounded("remarks", w.REMARKS, 4000, appearance="multiline"),
        bounded("store_remarks", w.STORE_REMARKS, 4000, appearance="multiline"),
        bounded("team_title", w.TEAM_TITLE, 120),
        signature("team_signature", w.TEAM_SIGNATURE),
        bounded("store_title", w.STORE_TITLE, 120),
        row("select_one yes_no", "store_signs", w.STORE_SIGNS, **NEEDED),
        signature("store_signature", w.STORE_SIGNATURE, relevant="${store_signs} = 'yes'"),
        bounded("store_refused", w.STORE_REFUSED, 300, relevant="${store_signs} = 'no'", **NEEDED),
    ])


def signature(name: str, label: w.Words, **cells: Any) -> Row:
    """Drawn with a finger; sent as a picture."""
    return row("image", name, label, appearance="signature", parameters="max-pixels=1000", **NEEDED, **cells)


def score(content: SetContent) -> list[Row]:
    """The calculations, and what they say so far."""
    texts = tuple(f"state_{criterion.code}" for criterion in content.criteria)
    return group("score", w.SCORE, [
        *(calculate(name, expression, number=name not in texts) for name, expression in calculations(content)),
        *notes(content)])


def notes(content: SetContent) -> Iterator[Row]:
    """Total and level, groups, R, what is open."""
    yield row("note", "show_total", w.TOTAL, w.OFFICIAL)
    if content.groups:
        yield row("note", "show_groups", w.Words(*(
            "\n".join(f"{one.code}. {title}: ${{score_{part_of(one.code)}}} / {one.weight:g}" for one, title in titles)
            for titles in ([(one, one.title_vi) for one in content.groups],
                           [(one, one.title_en) for one in content.groups]))))
    if content.categories:
        yield row("note", "show_ratio", w.RATIO)
    yield row("note", "show_musts", w.MUSTS_OPEN, relevant="${musts_open} > 0")
    yield row("note", "show_gaps", w.GAPS, relevant="${gaps} > 0")

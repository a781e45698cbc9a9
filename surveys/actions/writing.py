"""Puts a document into rows, once, when its survey is complete: what queries and figures read. The document stays."""

from datetime import date, datetime
from typing import Any

from foundation.db import table_of
from foundation.prepared import adding
from surveys.actions.listing import figure_from
from surveys.models import Answer, BagSample, PackagingLine, Signature
from surveys.queries.criteria import PlainSet
from surveys.rules.document import Document
from surveys.rules.words import MaterialClass, Side

ANSWERS, LINES, BAGS, SIGNATURES = (
    adding(table_of(model), but="id") for model in (Answer, PackagingLine, BagSample, Signature))


def write_rows(survey_id: str, document: Document, plain: PlainSet) -> None:
    """The answers, lines, bags and signatures of a document: one statement each."""
    for table, rows in ((ANSWERS, answer_rows(document, plain)), (LINES, line_rows(document, plain)),
                        (BAGS, bag_rows(document)), (SIGNATURES, signature_rows(document))):
        table.write(*({"survey_id": survey_id, **row} for row in rows))


def answer_rows(document: Document, plain: PlainSet) -> list[dict[str, Any]]:
    """One row a criterion."""
    return [{
        "criterion_id": plain.criteria[code], "yes": said.get("yes"), "step": said.get("step"),
        "numerator": figure_from(said.get("numerator")), "denominator": figure_from(said.get("denominator")),
        "number": said.get("number"), "not_applicable": said.get("na", False),
        "na_reason": said.get("na_reason", ""), "note": said.get("note", ""),
    } for code, said in document["answers"].items()]


def line_rows(document: Document, plain: PlainSet) -> list[dict[str, Any]]:
    """One row a category and class."""
    return [{
        "category_id": plain.categories[line["category"]], "material_class": MaterialClass(line["class"]),
        **{name: figure_from(line[name]) for name in ("opening", "purchased", "closing", "returned")},
        **{name: line[name] for name in ("proof_number", "proof_holder", "has_statement", "note")},
        "proof_expires_on": day_from(line["proof_expires_on"]),
    } for line in document["lines"]]


def bag_rows(document: Document) -> list[dict[str, Any]]:
    """One row a sample, by its place in the list."""
    return [{
        "position": position, **{name: bag[name] for name in ("label", "readings_um", "hard_to_degrade", "prepack")},
        "width_cm": figure_from(bag["width_cm"]), "height_cm": figure_from(bag["height_cm"]),
    } for position, bag in enumerate(document["bags"])]


def signature_rows(document: Document) -> list[dict[str, Any]]:
    """One row a side: its strokes, or the store's reason for none."""
    return [{"side": Side(side), "title": signed["title"], "strokes": signed.get("strokes", []),
             "refused": signed.get("refused", ""), "signed_at": datetime.fromisoformat(signed["signed_at"])}
            for side, signed in document["signatures"].items()]


def day_from(text: str | None) -> date | None:
    """A day of the document."""
    return date.fromisoformat(text) if text else None

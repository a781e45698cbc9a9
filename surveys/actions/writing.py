"""Puts a canonical survey document into rows, and copies the rows of a returned survey into its correction."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import class_mapper

from foundation.db import Base, db
from surveys.models import Answer, BagSample, PackagingLine, Signature, Survey
from surveys.rules.document import SIDES_OF_TALLY, Document
from surveys.rules.words import CountMethod, MaterialClass, Side

CHILDREN = ("answers", "lines", "bags", "signatures")


def write(survey: Survey, before: Document, after: Document) -> None:
    """Bring the rows from `before` to `after`; what is equal in both is not touched."""
    write_head(survey, after)
    for part in CHILDREN:
        if before[part] != after[part]:
            WRITERS[part](survey, after[part])
    db.session.flush()
    db.session.expire(survey, [part for part in CHILDREN if before[part] != after[part]])


def write_head(survey: Survey, document: Document) -> None:
    """The columns of the survey itself."""
    survey.observed_at = instant_from(document["observed_at"])
    survey.period_from, survey.period_to = day_from(document["period_from"]), day_from(document["period_to"])
    survey.count_method = CountMethod(document["count_method"]) if document["count_method"] else None
    for name in ("counted_by", "receipts", "floor_area_m2", "remarks", "store_remarks"):
        setattr(survey, name, document[name])
    for side in SIDES_OF_TALLY:
        setattr(survey, f"tally_{side}", document["tally"][side] if document["tally"] else None)


def fit(model: type[Base], survey: Survey, rows: dict[Any, Any], wanted: dict[Any, dict[str, Any]]) -> None:
    """Rows by key become the wanted ones: others deleted, values set, missing rows added in one statement."""
    for key in rows.keys() - wanted.keys():
        db.session.delete(rows[key])
    for key in rows.keys() & wanted.keys():
        for name, value in wanted[key].items():
            setattr(rows[key], name, value)
    new = [{"survey_id": survey.id, **values} for key, values in wanted.items() if key not in rows]
    if new:
        db.session.execute(insert(model), new)


def write_answers(survey: Survey, answers: Document) -> None:
    """One row a criterion."""
    ids = {criterion.code: criterion.id for group in survey.criteria_set.groups for criterion in group.criteria}
    wanted = {ids[code]: {
        "criterion_id": ids[code], "yes": said.get("yes"), "step": said.get("step"),
        "numerator": figure_from(said.get("numerator")), "denominator": figure_from(said.get("denominator")),
        "number": said.get("number"), "not_applicable": said.get("na", False),
        "na_reason": said.get("na_reason", ""), "note": said.get("note", ""),
    } for code, said in answers.items()}
    fit(Answer, survey, {answer.criterion_id: answer for answer in survey.answers}, wanted)


def write_lines(survey: Survey, lines: list[Document]) -> None:
    """One row a category and class."""
    ids = {category.code: category.id for category in survey.criteria_set.categories}
    wanted = {(ids[line["category"]], MaterialClass(line["class"])): {
        "category_id": ids[line["category"]], "material_class": MaterialClass(line["class"]),
        **{name: figure_from(line[name]) for name in ("opening", "purchased", "closing", "returned")},
        **{name: line[name] for name in ("proof_number", "proof_holder", "has_statement", "note")},
        "proof_expires_on": day_from(line["proof_expires_on"]),
    } for line in lines}
    fit(PackagingLine, survey, {(line.category_id, line.material_class): line for line in survey.lines}, wanted)


def write_bags(survey: Survey, bags: list[Document]) -> None:
    """One row a sample, by its place in the list."""
    wanted = {position: {
        "position": position, **{name: bag[name] for name in ("label", "readings_um", "hard_to_degrade", "prepack")},
        "width_cm": figure_from(bag["width_cm"]), "height_cm": figure_from(bag["height_cm"]),
    } for position, bag in enumerate(bags)}
    fit(BagSample, survey, {bag.position: bag for bag in survey.bags}, wanted)


def write_signatures(survey: Survey, signatures: Document) -> None:
    """One row a side."""
    wanted = {Side(side): {"side": Side(side), "title": signed["title"], "strokes": signed["strokes"],
                           "signed_at": instant_from(signed["signed_at"])} for side, signed in signatures.items()}
    fit(Signature, survey, {signature.side: signature for signature in survey.signatures}, wanted)


WRITERS: dict[str, Callable[[Survey, Any], None]] = {
    "answers": write_answers, "lines": write_lines, "bags": write_bags, "signatures": write_signatures}


def figure_from(text: str | None) -> Decimal | None:
    """A figure of the document."""
    return None if text is None else Decimal(text)


def day_from(text: str | None) -> date | None:
    """A day of the document."""
    return date.fromisoformat(text) if text else None


def instant_from(text: str | None) -> datetime | None:
    """An instant of the document."""
    return datetime.fromisoformat(text) if text else None


HEAD = ("observed_at", "period_from", "period_to", "count_method", "counted_by", "receipts", "floor_area_m2",
        "remarks", "store_remarks", *(f"tally_{side}" for side in SIDES_OF_TALLY))


def copy_survey(old: Survey, new: Survey) -> None:
    """What a returned survey said and showed, into its correction. Signatures are given anew.

    A copied photo keeps its bytes (same sha256); its new id follows from both, so that copying again is the same.
    """
    for name in HEAD:
        setattr(new, name, getattr(old, name))
    rows: list[Base] = [*old.answers, *old.lines, *old.bags]
    db.session.add_all(copy_row(row, new) for row in rows)
    for photo in old.evidence:
        if photo.removed_at is None:
            db.session.add(copy_row(photo, new, id=str(uuid.uuid5(uuid.UUID(new.id), photo.id))))
    db.session.flush()
    db.session.expire(new, [*CHILDREN, "evidence"])


def copy_row(row: Base, survey: Survey, **changed: Any) -> Any:
    """The same row for another survey."""
    values = {column.key: getattr(row, column.key) for column in class_mapper(type(row)).column_attrs
              if column.key not in ("id", "survey_id")}
    return type(row)(**values, survey_id=survey.id, **changed)

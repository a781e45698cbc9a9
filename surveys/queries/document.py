"""A survey as the document its form edits: the inverse of `surveys.actions.save_survey`."""

from datetime import UTC, datetime
from typing import Any

from surveys.models import Answer, BagSample, PackagingLine, Signature, Survey
from surveys.rules.bags import READINGS
from surveys.rules.document import SIDES_OF_TALLY, Document
from surveys.rules.figures import plain
from surveys.rules.words import MaterialClass

CLASSES = list(MaterialClass)


def document_of(survey: Survey) -> Document:
    """The canonical document (see surveys.rules.document): saving it again changes nothing."""
    lines = sorted(survey.lines, key=lambda line: (line.category.position, CLASSES.index(line.material_class)))
    answers = sorted(survey.answers, key=lambda answer: (answer.criterion.group.position, answer.criterion.position))
    return {
        "revision": survey.revision,
        "observed_at": instant_text(survey.observed_at),
        "period_from": day_text(survey.period_from),
        "period_to": day_text(survey.period_to),
        "count_method": survey.count_method.value if survey.count_method else None,
        "counted_by": survey.counted_by,
        "receipts": survey.receipts,
        "floor_area_m2": survey.floor_area_m2,
        "tally": tally_of(survey),
        "remarks": survey.remarks,
        "store_remarks": survey.store_remarks,
        "answers": {answer.criterion.code: answer_of(answer) for answer in answers},
        "lines": [line_of(line) for line in lines],
        "bags": [bag_of(bag) for bag in sorted(survey.bags, key=lambda bag: bag.position)],
        "signatures": {signature.side.value: signature_of(signature) for signature in survey.signatures},
    }


def instant_text(instant: datetime | None) -> str | None:
    """2026-11-24T02:10:00Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z") if instant else None


def day_text(day: Any) -> str | None:
    """2026-11-24."""
    return day.isoformat() if day else None


def tally_of(survey: Survey) -> dict[str, int] | None:
    """The count at the checkout; None until counted."""
    counted = {side: getattr(survey, f"tally_{side}") for side in SIDES_OF_TALLY}
    return None if all(figure is None for figure in counted.values()) else {k: v or 0 for k, v in counted.items()}


def answer_of(answer: Answer) -> Document:
    """Only what was said."""
    said = {"yes": answer.yes, "step": answer.step, "numerator": plain(answer.numerator),
            "denominator": plain(answer.denominator), "number": answer.number, "na": answer.not_applicable or None,
            "na_reason": answer.na_reason or None, "note": answer.note or None}
    return {name: value for name, value in said.items() if value is not None}


def line_of(line: PackagingLine) -> Document:
    """A line with all its parts."""
    return {
        "category": line.category.code, "class": line.material_class.value, "opening": plain(line.opening),
        "purchased": plain(line.purchased), "closing": plain(line.closing), "returned": plain(line.returned),
        "proof_number": line.proof_number, "proof_holder": line.proof_holder,
        "proof_expires_on": day_text(line.proof_expires_on), "has_statement": line.has_statement, "note": line.note,
    }


def bag_of(bag: BagSample) -> Document:
    """A bag with its five readings, null where not read."""
    readings = [*bag.readings_um, *[None] * READINGS][:READINGS]
    return {"label": bag.label, "width_cm": plain(bag.width_cm), "height_cm": plain(bag.height_cm),
            "readings_um": readings, "hard_to_degrade": bag.hard_to_degrade, "prepack": bag.prepack}


def signature_of(signature: Signature) -> Document:
    """Who signed for a side, how and when."""
    return {"title": signature.title, "strokes": signature.strokes, "signed_at": instant_text(signature.signed_at)}

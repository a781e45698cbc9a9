"""What the form's page hands to the tablet: the survey as the server has it, for a copy that begins from it."""

from typing import Any

from surveys.models import Evidence, Survey
from surveys.queries import document_of


def given_of(survey: Survey) -> dict[str, Any]:
    """As `Tablet.draft` takes it (static/js/tablet/tablet.js); `survey` is None before the server has one."""
    document = {name: value for name, value in document_of(survey).items() if name != "revision"}
    return {
        "visit": survey.visit_id, "survey": survey.id or None, "revision": survey.revision, "document": document,
        "evidence": [item_of(piece) for piece in survey.evidence if piece.removed_at is None],
        "criteria": f"{survey.criteria_set.code} {survey.criteria_set.version}", "title": survey.establishment_name}


def item_of(piece: Evidence) -> dict[str, Any]:
    """One file that the server has."""
    figures = {name: None if value is None else str(value) for name, value in
               (("lat", piece.lat), ("lon", piece.lon), ("accuracy", piece.accuracy_m))}
    return {
        **figures, "place_reason": piece.place_reason, "store_code": piece.store_code,
        "id": piece.id, "sha256": piece.received_sha256, "size": piece.size, "media_type": piece.media_type,
        "kind": piece.kind.value, "criterion": piece.criterion and piece.criterion.code,
        "category": piece.category and piece.category.code, "caption": piece.caption,
        "taken_at": piece.taken_at and piece.taken_at.isoformat(), "has_file": True}

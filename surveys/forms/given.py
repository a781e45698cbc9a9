"""What the form's page hands to the tablet: the survey as the server has it, for a copy that begins from it."""

from typing import Any

from surveys.models import Survey
from surveys.queries import document_of


def given_of(survey: Survey) -> dict[str, Any]:
    """As `Tablet.draft` takes it (static/js/tablet/tablet.js); `survey` is None before the server has one."""
    here = {piece.id: piece.received_sha256 for piece in survey.evidence}
    return {
        "visit": survey.visit_id, "survey": survey.id or None, "revision": survey.revision,
        "document": document_of(survey),
        "evidence": [{**item, "has_file": here.get(item["id"]) == item["sha256"]} for item in survey.manifest],
        "criteria": f"{survey.criteria_set.code} {survey.criteria_set.version}", "title": survey.establishment_name}

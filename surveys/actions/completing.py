"""The moment nothing of a sealed record lacks any more: it is scored, its rows are written, it is submitted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from foundation.db import table_of
from foundation.prepared import changing
from surveys.actions.receipts import sign_completion
from surveys.actions.writing import day_from, write_rows
from surveys.models import Survey
from surveys.queries.standing import Held
from surveys.rules.form import record_from
from surveys.rules.scoring import score

SUBMITTED = changing(table_of(Survey), (
    "observed_at", "period_to", "score", "total", "level_rank", "replaced_grams", "used_grams",
    "coverage_conditions_met", "submitted_at", "completion"))


def complete(held: Held, *, at: datetime) -> Held:
    """Close a sealed survey for good. The server's own score stands, whatever the tablet had worked out."""
    assert held.receipt
    scored = held.scored or score(held.plain.rules, record_from(held.document, held.kind))
    completion = sign_completion(held.receipt, total=str(scored.total), at=at)
    write_rows(held.id, held.document, held.plain)
    values: dict[str, Any] = {
        "observed_at": datetime.fromisoformat(held.document["observed_at"] or at.isoformat()),
        "period_to": day_from(held.document["period_to"]),
        "score": scored.as_json(), "total": scored.total, "level_rank": scored.level,
        "replaced_grams": scored.replaced_grams, "used_grams": scored.used_grams,
        "coverage_conditions_met": scored.coverage_conditions_met,
        "submitted_at": at, "completion": completion}
    SUBMITTED.write({"row": held.id, **values})
    return replace(held, submitted_at=at, completion=completion, score=values["score"])


def entry(held: Held) -> tuple[str, str, str, dict[str, Any]]:
    """The line of the audit trail that says so."""
    score = held.score or {}
    return "submit_survey", "Survey", held.id, {
        "sha256": held.record_sha256, "total": score.get("total"), "level": score.get("level")}

"""What a receipt says: to the team, and to the store that was surveyed."""

from datetime import timedelta
from typing import Any

from flask import current_app

from foundation import clock, qr
from foundation.signing import fingerprint
from surveys.forms.page import fig, group_line
from surveys.models import Survey
from surveys.queries import answered, arrived_of, document_of, receipt_number, rules_of, score_of
from surveys.record import arrival_of
from surveys.rules.words import SurveyState
from surveys.saying import say_figure, say_skew

KEPT = timedelta(days=30)  # how long a tablet keeps its copy after the receipt


def receipt_of(survey: Survey) -> dict[str, Any]:
    """Everything of a sealed survey's receipt."""
    score = score_of(survey)
    document, number = document_of(survey), receipt_number(survey)
    given, asked = answered(document, rules_of(survey.criteria_set), survey.kind)
    codes = {group["code"] for group in score["groups"]}
    side, path = qr.path(f"HTTPS://{current_app.config['PPX_HOST'].upper()}/R/{number}")
    assert survey.delivered_at
    return {
        "survey": survey, "score": score, "fig": fig, "number": number, "document": document,
        "asked": asked, "given": given,
        "groups": [group for group in survey.criteria_set.groups if group.code in codes],
        "scored_groups": {group["code"]: group_line(group, survey) for group in score["groups"]},
        "level": next((level for level in survey.criteria_set.levels if level.rank == score["level"]), None),
        "arrival": arrival_of(survey), "device_total": device_total_of(survey),
        "skew": say_skew(survey.skew_ms) if survey.skew_ms is not None else "", "fingerprint": fingerprint(),
        "kept_until": clock.local(survey.delivered_at + KEPT).date(), "qr_side": side, "qr_path": path,
        "received": clock.local(survey.delivered_at), "seen": survey.observed_at,
    }


def device_total_of(survey: Survey) -> str | None:
    """What the tablet made of it, as figures are written here; None where it said nothing."""
    total = (survey.device_score or {}).get("total")
    return None if total is None else say_figure(str(total)[:10])


def public_receipt_of(survey: Survey) -> dict[str, Any]:
    """What anybody may know who holds the number: what came, when, how much of it; no answer, no name of a person."""
    assert survey.delivered_at
    here, files = arrived_of([survey]).get(survey.id, (len(survey.manifest),) * 2)
    given, asked = answered(document_of(survey), rules_of(survey.criteria_set), survey.kind)
    anew = survey.taken_back_by if survey.state == SurveyState.TAKEN_BACK else None
    return {"survey": survey, "number": receipt_number(survey), "here": here, "files": files, "given": given,
            "asked": asked, "anew": receipt_number(anew) if anew and anew.delivered_at else "",
            "signatures": len(document_of(survey)["signatures"]),
            "lines": len(document_of(survey)["lines"]), "sha256": survey.record_sha256,
            "received": clock.local(survey.delivered_at), "fingerprint": fingerprint()}

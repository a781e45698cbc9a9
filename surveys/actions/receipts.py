"""What the server signs when a record has arrived, and when everything of it has."""

from datetime import datetime

from flask import current_app

from foundation.clock import instant_text, local
from foundation.signing import payload_of, sign


def number_of(survey_id: str, delivered_at: datetime) -> str:
    """The number of a receipt, to be read aloud: BN-2026-7F2C6E1A05."""
    return f"BN-{local(delivered_at).year}-{survey_id.replace('-', '')[:10].upper()}"


def sign_receipt(*, survey_id: str, sha256: str, visit_id: int, person: int, files: int, at: datetime) -> str:
    """That these very bytes were received at that moment from that person."""
    return sign({"iss": current_app.config["PPX_HOST"], "kind": "receipt", "number": number_of(survey_id, at),
                 "survey": survey_id, "sha256": sha256, "visit": visit_id, "person": person, "files": files,
                 "received_at": instant_text(at)})


def sign_completion(receipt: str, *, total: str, at: datetime) -> str:
    """That all files of the record are here too, and how many points the server found."""
    return sign({**payload_of(receipt), "kind": "completion", "completed_at": instant_text(at), "total": total})

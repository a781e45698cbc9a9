"""What the server signs when a record has arrived, and when everything of it has."""

from datetime import datetime

from flask import current_app

from foundation.clock import instant_text, local
from foundation.signing import payload_of, sign
from surveys.rules.receipts import number_of


def sign_receipt(*, survey_id: str, sha256: str, visit_id: int, person: int, files: int, at: datetime) -> str:
    """That these very bytes were received at that moment from that person."""
    return sign({"iss": current_app.config["PPX_HOST"], "kind": "receipt",
                 "number": number_of(survey_id, local(at).year), "survey": survey_id, "sha256": sha256,
                 "visit": visit_id, "person": person, "files": files, "received_at": instant_text(at)})


def sign_completion(receipt: str, *, total: str, at: datetime) -> str:
    """That all files of the record are here too, and how many points the server found."""
    return sign({**payload_of(receipt), "kind": "completion", "completed_at": instant_text(at), "total": total})

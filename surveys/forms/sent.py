"""What a tablet sends of a survey: one JSON object, read as far as its shape goes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, request
from flask_babel import gettext as _

from foundation.clock import skew_ms
from foundation.errors import Invalid
from foundation.json_text import read_json
from foundation.text import clean
from surveys.actions.arriving import Record
from surveys.rules.arriving import Base

MOST_JSON = 2 * 1024 * 1024
MOST_ID = 2**31 - 1
LONGEST_NAME = 36  # of a copy


@dataclass(frozen=True)
class Sent:
    """The parts of the object; document and evidence are read against the criteria set later."""

    visit_id: int | None
    base: Base
    document: Any
    evidence: Any  # None: the files as they stand
    record: Record | None  # when it is sealed
    takes_back: str | None  # the id of a sealed survey from which it goes on


def read_sent(at: datetime) -> Sent:
    """The JSON object of this request. Raises Invalid."""
    request.max_content_length = MOST_JSON
    content = request.get_data()
    text, body = read_body(content)
    if not isinstance(body, Mapping):
        raise Invalid(_("Send one JSON object."))
    visit, revision, copy, version = (body.get(name) for name in ("visit", "revision", "copy", "version"))
    is_name = isinstance(copy, str) and len(copy) <= LONGEST_NAME and copy.isascii() and copy.isprintable()
    is_sealed, takes_back = body.get("submit") is True, body.get("takes_back")
    return Sent(
        visit_id=visit if is_number(visit, least=1) else None,
        base=Base(int(revision or 0) if is_number(revision) else -1, copy if is_name else None,
                  version if is_number(version) else None),
        document=body.get("document", {}), evidence=body.get("evidence"),
        record=read_record(content, text, body.get("device"), at) if is_sealed else None,
        takes_back=takes_back if isinstance(takes_back, str) and len(takes_back) <= LONGEST_NAME else None)


def read_body(content: bytes) -> tuple[str, Any]:
    """The text of the body and what it says; None when it is not JSON in UTF-8, or nested beyond all measure.

    What Python would take beside it (NaN, 1e400) PostgreSQL does not keep.
    """
    try:
        text = content.decode()
        return text, read_json(text)
    except (ValueError, RecursionError):
        return "", None


def is_number(value: Any, least: int = 0) -> bool:
    """A whole number that any database takes."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST_ID


def read_record(content: bytes, text: str, device: Any, at: datetime) -> Record:
    """The bytes as received, and what the device said of itself; what cannot be read of that is passed over."""
    said = device if isinstance(device, Mapping) else {}
    score, app = said.get("score"), said.get("app")
    return Record(
        text=text, sha256=hashlib.sha256(content).hexdigest(),
        score=score if isinstance(score, dict) else None, app_version=clean(app)[:40] if isinstance(app, str) else None,
        device_id=getattr(g.get("device"), "device_id", None),
        skew_ms=skew_ms(request.headers.get("X-Sent-At"), at))

"""The JSON door of devices: what a tablet says of itself at a contact."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, g, request
from flask_babel import gettext as _

from accounts import actions, queries
from accounts.permissions import Permission, requires
from accounts.rules import Report
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid, NotSignedIn
from foundation.signing import jwks
from foundation.text import clean
from foundation.web import answer_json

bp = Blueprint("devices", __name__, url_prefix="/api")
blueprints = [bp]
MOST_JSON = 16 * 1024
MOST_BYTES = 2**53  # whole numbers of JavaScript


@bp.put("/device")
@requires(Permission.SIGNED_IN)
def put_device():
    """Keep what the device says: version, queue, drafts, storage; X-Sent-At says what its clock shows.

    The answer has the keys that receipts are signed with: a tablet believes no others (static/js/tablet/receipts.js).
    """
    if g.device is None:
        raise NotSignedIn(_("Only a tablet signs in here, with its own token."))
    at, report = clock.now(), read_report(read_object())
    skew_ms = clock.skew_ms(request.headers.get("X-Sent-At"), at)
    actions.report_device(queries.get_device(g.device.device_id), report, skew_ms=skew_ms, at=at)
    db.session.commit()
    return answer_json(person=g.device.id, skew_ms=skew_ms, keys=jwks())


def read_object() -> Mapping[str, Any]:
    """The JSON object that was sent. Raises Invalid."""
    request.max_content_length = MOST_JSON
    body = request.get_json(silent=True)
    if not isinstance(body, Mapping):
        raise Invalid(_("Send one JSON object."))
    return body


def read_report(body: Mapping[str, Any]) -> Report:
    """What the body says; what is absent counts as nothing. Raises Invalid with the path of each wrong value."""
    wrong: dict[str, str] = {}

    def read(path: str, good, advice: str) -> Any:
        value: Any = body
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        if value is not None and not good(value):
            wrong[path] = advice
        return value

    def count(path: str, most: int = 2**31 - 1) -> Any:
        return read(path, lambda value: is_count(value, most), _("Write a whole number from 0 up."))

    report = Report(
        count=count("queue.count") or 0, files=count("queue.files") or 0, bytes=count("queue.bytes", MOST_BYTES) or 0,
        oldest_at=clock.read_instant(read("queue.oldest_at", clock.read_instant, _("Write a moment with its zone."))),
        drafts=count("drafts") or 0, free=count("storage.free", MOST_BYTES),
        persisted=read("storage.persisted", lambda value: isinstance(value, bool), _("Write true or false.")),
        app_version=clean(str(read("app", lambda value: isinstance(value, str), _("Write a text.")) or ""))[:40])
    if wrong:
        raise Invalid(_("The tablet said something of itself that cannot be read."), wrong)
    return report


def is_count(value: Any, most: int) -> bool:
    """A whole number from 0 to `most`."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most

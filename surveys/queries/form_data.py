"""What a tablet needs to score a survey and to say what lacks without a network: one JSON object in its page."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from foundation.i18n import is_english, label
from foundation.images import LONG_SIDE, QUALITY
from surveys.models import CriteriaSet, Survey, Visit
from surveys.queries.criteria import rules_of
from surveys.queries.results import titles_of
from surveys.queries.visits import asked_on
from surveys.rules.bounds import MOST_BYTES, MOST_FILES
from surveys.rules.completeness import Lacking
from surveys.rules.words import Side

Key = tuple[int, str, str, datetime | None, bool]
BOUNDS = {"long_side": LONG_SIDE, "quality": QUALITY, "most_bytes": MOST_BYTES, "most_files": MOST_FILES}
DATA: dict[Key, dict[str, Any]] = {}  # of published sets, which never change, by language


def form_data(owner: Survey | Visit) -> dict[str, Any]:
    """The rules of its criteria set with every figure as text, its kind of establishment, words in the page's language.

    "asked" are the codes a follow-up looks at again, null when everything is asked. static/js/survey/live.js reads it.
    """
    kind, visit = (owner.kind, owner.visit) if isinstance(owner, Survey) else (owner.establishment.kind, owner)
    return {**data_of(owner), "kind": kind.value, "asked": asked_on(visit)}


def data_of(owner: Survey | Visit) -> dict[str, Any]:
    """The part that is the same for every survey by this set; remembered once it is published."""
    used = owner.criteria_set
    key = (used.id, used.code, used.version, used.published_at, is_english())
    if used.published_at is None:
        return make_data(owner)
    if key not in DATA:
        DATA[key] = make_data(owner)
    return DATA[key]


def make_data(owner: Survey | Visit) -> dict[str, Any]:
    """Rules, words and bounds."""
    used: CriteriaSet = owner.criteria_set
    return {
        "criteria_set": f"{used.code} {used.version}", **rules_of(used).as_json(),
        "words": {"titles": titles_of(owner), "sides": {side.value: label(side) for side in Side},
                  "lacking": {**{what.value: label(what) for what in Lacking}, "signature": _("signature")}},
        "bounds": BOUNDS,
    }

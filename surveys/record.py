"""A survey laid out as a record: what the templates of `surveys/record/` and `surveys/_score.html` draw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from accounts.rules import is_askew
from foundation import clock
from foundation.i18n import day
from plan.queries import find_threshold
from retail.models import Location
from surveys.explaining import show_score
from surveys.forms.page import fig
from surveys.models import Evidence, Survey
from surveys.queries import (
    asked_of,
    device_log,
    document_of,
    list_taken_back,
    period_end_of,
    record_of,
    score_of,
    titles_of,
)
from surveys.queries.store_codes import codes_of
from surveys.rules.manifest import lacking
from surveys.rules.packaging import used_of
from surveys.rules.places import FAR, distance
from surveys.rules.scores import differences_of_scores
from surveys.rules.words import CountMethod, PlaceReason
from surveys.saying import say_difference, say_figure, say_log, say_skew
from surveys.side_by_side import then_and_now

ANSWER = dict.fromkeys(("step", "numerator", "denominator", "na_reason", "note"))


def lay_out(survey: Survey) -> dict[str, Any]:
    """The score in words, each criterion with its answer and files, the threshold of the year: for any page of it."""
    threshold = find_threshold((period_end_of(survey) or clock.local(survey.created_at)).year)
    document = document_of(survey)
    return {
        "survey": survey, "document": shown(document), "fig": fig,
        "shown": show_score(score_of(survey), survey.criteria_set),
        "threshold": threshold and threshold.share, "files": files_by_owner(survey), "titles": titles_of(survey),
        "criteria": survey.criteria_set.criteria_by_code,
        "answers": {code: ANSWER | said for code, said in document["answers"].items()},
        "used": {(line.category, line.material_class): used_of(line) for line in record_of(survey).lines},
        "arrival": arrival_of(survey), "taken_back": list_taken_back(survey), "seen_at": places_of(survey),
        "log": say_log(device_log(survey)),
        **again_of(survey)}


def shown(document: dict[str, Any]) -> dict[str, Any]:
    """The document with moments and words as templates write them."""
    signatures = {side: {**signed, "signed_at": datetime.fromisoformat(signed["signed_at"])}
                  for side, signed in document["signatures"].items()}
    return {**document, "signatures": signatures,
            "observed_at": document["observed_at"] and datetime.fromisoformat(document["observed_at"]),
            "count_method": document["count_method"] and CountMethod(document["count_method"])}


@dataclass(frozen=True)
class Arrival:
    """How a sealed record came: how many of its files are here, and what of the tablet's clock and score was off."""

    here: int
    files: int
    skew: str  # "" within five minutes
    points: tuple[str, str] | None  # on the tablet, on the server, where anything differs
    differences: list[str]


def arrival_of(survey: Survey) -> Arrival | None:
    """The same of one survey; None of a draft."""
    if survey.delivered_at is None:
        return None
    held = {piece.id: piece.received_sha256 for piece in survey.evidence}
    found = differences_of_scores(score_of(survey), survey.device_score)
    device = str((survey.device_score or {}).get("total"))[:10]
    return Arrival(
        here=len(survey.manifest) - len(lacking(survey.manifest, held)), files=len(survey.manifest),
        skew=say_skew(survey.skew_ms or 0) if is_askew(survey.skew_ms) else "",
        points=(say_figure(device), say_figure(score_of(survey)["total"])) if found else None,
        differences=[say_difference(one) for one in found])


def again_of(survey: Survey) -> dict[str, Any]:
    """What a follow-up asked again, then and now, and what both columns are called."""
    then, asked = survey.visit.follows, asked_of(survey)
    if then is None or asked is None:
        return {"again": []}
    return {"again": then_and_now(survey, then, asked), "then": then, "heads_again": [
        _("Then, %(day)s", day=day(then.observed_at and clock.local(then.observed_at).date())),
        _("Now, %(day)s", day=day(survey.observed_at and clock.local(survey.observed_at).date()))]}


@dataclass(frozen=True)
class SeenAt:
    """A file's place against the store's: metres to its registered position; why there is no position; whether the
    scanned code is the store's own."""

    metres: int | None
    reason: PlaceReason | None
    is_own_code: bool

    @property
    def is_far(self) -> bool:
        return self.metres is not None and self.metres > FAR


def places_of(survey: Survey) -> dict[str, SeenAt]:
    """Each file's place, by the file's id."""
    day = clock.local(survey.observed_at or survey.created_at).date()
    store = survey.establishment.location_on(day)
    own = set(codes_of(survey.establishment).values()) if any(piece.store_code for piece in survey.evidence) else set()
    return {piece.id: SeenAt(metres_to(store, piece), PlaceReason(piece.place_reason) if piece.place_reason else None,
                             piece.store_code in own) for piece in survey.evidence}


def metres_to(store: Location | None, piece: Evidence) -> int | None:
    """From where a file was taken to the store; None where one of the two is not known."""
    if store is None or store.lat is None or store.lon is None or piece.lat is None or piece.lon is None:
        return None
    return distance(piece.lat, piece.lon, store.lat, store.lon)


def files_by_owner(survey: Survey) -> dict[str, list[Evidence]]:
    """Files by the code of what they are about, in the order of the form; "" of none; "struck" those struck out."""
    files: dict[str, list[Evidence]] = {code: [] for code in [*titles_of(survey), "", "struck"]}
    for piece in survey.evidence:
        owner = piece.criterion or piece.category
        files["struck" if piece.removed_at else owner.code if owner else ""].append(piece)
    return files

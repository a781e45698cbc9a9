"""The words people read for the survey's enums and its lines in the audit trail."""

from flask_babel import lazy_gettext as _l

from foundation.audit import name_words
from foundation.i18n import name_members
from surveys.rules.bags import Verdict
from surveys.rules.completeness import Lacking
from surveys.rules.words import (
    CountMethod,
    EvidenceKind,
    MaterialClass,
    Nature,
    PlaceReason,
    ReviewOutcome,
    Side,
    SurveyState,
)

name_members({
    Nature.PLANNED: _l("Planned survey"),
    Nature.CERTIFICATION: _l("Assessment for certification"),
    Nature.SURVEILLANCE: _l("Surveillance after certification"),
    Nature.COMPLAINT: _l("Looking into a complaint"),
    Nature.FOLLOW_UP: _l("Follow-up of nonconformities"),
})
name_members({
    SurveyState.DRAFT: _l("Draft"),
    SurveyState.MOVED: _l("Moved to newer criteria"),
    SurveyState.ARRIVING: _l("Arriving"),
    SurveyState.TAKEN_BACK: _l("Taken back"),
    SurveyState.SUBMITTED: _l("Waiting for review"),
    SurveyState.APPROVED: _l("Approved"),
    SurveyState.RETURNED: _l("Returned"),
    SurveyState.SET_ASIDE: _l("Set aside"),
})
name_members({ReviewOutcome.APPROVED: _l("Approved"), ReviewOutcome.RETURNED: _l("Returned"),
              ReviewOutcome.SET_ASIDE: _l("Set aside")})
name_members({
    MaterialClass.N: _l("Single-use or undocumented plastic"),
    MaterialClass.X: _l("Called degradable, without certificate"),
    MaterialClass.E1: _l("Biodegradable, with a valid ecolabel"),
    MaterialClass.E2: _l("Recycled 20 % or more, with a valid ecolabel"),
    MaterialClass.E3: _l("Recognised under Circular 07/2012"),
    MaterialClass.E4: _l("No plastic: paper, bagasse, leaf, bamboo, cloth"),
    MaterialClass.E5: _l("Industrially compostable, international certificate"),
    MaterialClass.R: _l("Reusable, uses counted"),
    MaterialClass.Z: _l("No packaging at all, counted"),
})
name_members({
    CountMethod.RECORDS: _l("Purchase records"),
    CountMethod.COUNT: _l("Counted on site"),
    CountMethod.BOTH: _l("Purchase records and count"),
})
name_members({EvidenceKind.PHOTO: _l("Photo"), EvidenceKind.DOCUMENT: _l("Document")})
name_members({
    PlaceReason.BASEMENT: _l("In a basement, no signal"),
    PlaceReason.DENIED: _l("The browser was not allowed to tell the position"),
    PlaceReason.UNAVAILABLE: _l("The device found no position"),
    PlaceReason.OFF: _l("The device cannot tell a position"),
})
name_members({Side.TEAM: _l("For the survey team"), Side.STORE: _l("For the store")})
name_members({
    Verdict.BANNED: _l("Falls under article 64"),
    Verdict.ALLOWED: _l("Outside article 64"),
    Verdict.MEASURE_AGAIN: _l("Measure again"),
    Verdict.INCOMPLETE: _l("Not fully measured"),
})
name_members({
    Lacking.ANSWER: _l("answer"),
    Lacking.NA_REASON: _l("reason why it does not apply"),
    Lacking.SHARE: _l("part and whole"),
    Lacking.MEASURED: _l("lines of the packaging sheet to take it from"),
    Lacking.PHOTO: _l("photo"),
    Lacking.DOCUMENT: _l("document"),
    Lacking.BAG: _l("a measured bag"),
    Lacking.BAG_FACTS: _l("sides, five readings and kind of the bag"),
    Lacking.SHEET: _l("lines of the packaging sheet"),
    Lacking.PERIOD: _l("period of the packaging sheet"),
    Lacking.WHOLE_MONTHS: _l("a period of 3 or 12 whole months"),
    Lacking.COUNT_METHOD: _l("how the packaging was counted"),
    Lacking.COUNTED_BY: _l("who counted the packaging"),
    Lacking.RECEIPTS: _l("number of receipts in the period"),
    Lacking.TALLY: _l("count of 100 customers"),
    Lacking.TALLY_TOTAL: _l("a count of exactly 100 customers"),
    Lacking.NEGATIVE: _l("used is below zero: correct the stocks"),
})
name_words({
    "plan_visit": _l("Visit planned"),
    "cancel_visit": _l("Visit called off"),
    "start_survey": _l("Survey started"),
    "save_survey": _l("Survey saved"),
    "submit_survey": _l("Survey submitted"),
    "review_survey": _l("Survey reviewed"),
    "move_survey": _l("Draft moved to newer criteria"),
    "take_survey_back": _l("Survey taken back on the tablet"),
    "add_evidence": _l("Evidence added"),
    "caption_evidence": _l("Evidence described"),
    "remove_evidence": _l("Evidence struck out"),
    "Visit": _l("Visit"),
    "Survey": _l("Survey"),
    "Evidence": _l("Evidence"),
    "Review": _l("Review"),
})
name_words({
    "visit": _l("Visit"),
    "survey": _l("Survey sheet"),
    "replaces": _l("Corrects"),
    "follows": _l("Looks again at"),
    "moved_to": _l("Goes on as"),
    "kept": _l("Taken along"),
    "left": _l("Left behind"),
    "chosen": _l("Chosen instead"),
    "revision": _l("Revision"),
    "total": _l("Points"),
    "team": _l("Team"),
    "nature": _l("Nature of the visit"),
    "planned_on": _l("Planned day"),
    "period_from": _l("Period from"),
    "period_to": _l("Period to"),
    "count_method": _l("Way of counting"),
    "counted_by": _l("Counted by"),
    "receipts": _l("Receipts"),
    "observed_at": _l("Seen at"),
    "criteria": _l("Number of criteria"),
    "version": _l("Version"),
    "source": _l("Copied from"),
})

"""The words people read for certification's enums."""

from flask_babel import lazy_gettext as _l

from certification.rules import ApplicationState, CertificateState, Conflict, EventKind, Outcome
from foundation.i18n import name_members

name_members({
    Outcome.GRANTED: _l("Granted"),
    Outcome.REFUSED: _l("Refused"),
})
name_members({
    EventKind.SUSPENDED: _l("Suspended"),
    EventKind.REINSTATED: _l("Reinstated"),
    EventKind.WITHDRAWN: _l("Withdrawn"),
    EventKind.TERMINATED: _l("Ended at the holder's request"),
    EventKind.SUPERSEDED: _l("Replaced by a newer certificate"),
})
name_members({
    CertificateState.NOT_YET_VALID: _l("Not yet valid"),
    CertificateState.VALID: _l("Valid"),
    CertificateState.SUSPENDED: _l("Suspended"),
    CertificateState.WITHDRAWN: _l("Withdrawn"),
    CertificateState.TERMINATED: _l("Ended at the holder's request"),
    CertificateState.SUPERSEDED: _l("Replaced by a newer certificate"),
    CertificateState.EXPIRED: _l("Expired"),
})
name_members({
    ApplicationState.SURVEY: _l("Waiting for its survey"),
    ApplicationState.REVIEW: _l("In review"),
    ApplicationState.DECISION: _l("Ready to decide"),
    ApplicationState.DECIDED: _l("Decided"),
})
name_members({
    Conflict.SURVEYED: _l("You took part in surveying this establishment."),
    Conflict.ADVISED: _l("You gave this establishment guidance."),
    Conflict.REVIEWED: _l("You reviewed the survey it rests on."),
})
MARKS = {  # state → (tone, icon) of its tag: never colour alone
    CertificateState.NOT_YET_VALID: ("", "clock"),
    CertificateState.VALID: ("ok", "ok"),
    CertificateState.SUSPENDED: ("warn", "pause"),
    CertificateState.WITHDRAWN: ("no", "x"),
    CertificateState.TERMINATED: ("", "x"),
    CertificateState.SUPERSEDED: ("", "swap"),
    CertificateState.EXPIRED: ("", "clock"),
    ApplicationState.SURVEY: ("", "clock"),
    ApplicationState.REVIEW: ("warn", "find"),
    ApplicationState.DECISION: ("warn", "pen"),
    ApplicationState.DECIDED: ("", "doc"),
    Outcome.GRANTED: ("ok", "ok"),
    Outcome.REFUSED: ("no", "x"),
}

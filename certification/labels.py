"""The words people read for certification's enums."""

from flask_babel import lazy_gettext as _l

from certification.rules import ApplicationState, CertificateState, Conflict, EventKind, Outcome
from foundation.audit import name_words
from foundation.i18n import LABELS, name_members

name_members({
    Outcome.GRANTED: _l("Granted"),
    Outcome.REFUSED: _l("Refused"),
})
name_members({
    EventKind.SUSPENDED: _l("Suspension"),
    EventKind.REINSTATED: _l("Reinstatement"),
    EventKind.WITHDRAWN: _l("Withdrawal"),
    EventKind.TERMINATED: _l("End at the holder's request"),
    EventKind.SUPERSEDED: _l("Replacement by a newer certificate"),
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
name_words({
    "take_application": _l("Application taken in"),
    "attach_survey": _l("Survey chosen for the decision"),
    "decide": _l("Decided"),
    "issue": _l("Certificate issued"),
    "set_issuer": _l("What certificates cite was set"),
    **{kind.value: LABELS[EventKind.__name__, kind.value] for kind in EventKind},
    "Application": _l("Application"),
    "Decision": _l("Decision"),
    "Certificate": _l("Certificate"),
    "Issuer": _l("What certificates cite"),
    "number": _l("Number"),
    "code": _l("Code"),
    "reasons": _l("Reasons"),
    "outcome": _l("Outcome"),
    "level": _l("Level"),
    "effective_on": _l("From the day"),
    "successor": _l("Newer certificate"),
    "received_on": _l("Received on"),
    "requested_level": _l("Level asked for"),
    "scope": _l("Scope"),
    "application": _l("Application"),
    "valid_from": _l("From the day"),
    "superior_body": _l("Superior body"),
    "issuing_body": _l("Issuing body"),
    "place": _l("Place before the date"),
    "certifier_vi": _l("Who certifies, in Vietnamese"),
    "certifier_en": _l("Who certifies, in English"),
    "legal_basis": _l("Legal basis"),
    "signing_authority": _l("Above the signature"),
    **{outcome.value: LABELS[Outcome.__name__, outcome.value] for outcome in Outcome},
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
REFUSALS = {  # what stops a decision, in words that say what to do
    Conflict.SURVEYED: _l("You took part in surveying this establishment. Somebody else has to decide."),
    Conflict.ADVISED: _l("You gave this establishment guidance. Somebody else has to decide."),
    Conflict.REVIEWED: _l("You reviewed the survey it rests on. Somebody else has to decide."),
    "decided": _l("This application is decided already."),
    "not_approved": _l("No approved survey yet: plan the visit, or have its survey reviewed first."),
    "no_level": _l("The survey reached no level, or a must is not met. It can only be refused."),
    "closed": _l("This establishment is closed. Reopen it in the register, or refuse."),
    "reasons": _l("Write the reasons. The store reads them."),
    "lower_level": _l("This is below the level reached. Write the reasons; the store reads them."),
    "too_long": _l("It does not fit on one page. Shorten the name or address in the register, or the legal basis."),
}

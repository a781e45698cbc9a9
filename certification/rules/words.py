"""The words certification is spoken of in."""

from enum import StrEnum


class Outcome(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"


class EventKind(StrEnum):
    """What can happen to a certificate after it was issued."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"  # at the holder's request
    SUPERSEDED = "superseded"  # a newer certificate took its place


class CertificateState(StrEnum):
    """Derived for a day from the certificate's dates and events."""

    NOT_YET_VALID = "not_yet_valid"
    VALID = "valid"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


class ApplicationState(StrEnum):
    """Derived: what an application waits for."""

    SURVEY = "survey"  # no evaluation yet, or the one there was is returned
    REVIEW = "review"  # its survey is submitted
    DECISION = "decision"  # its survey is approved
    DECIDED = "decided"


class Conflict(StrEnum):
    """Why somebody may not review or decide (DOMAIN 4, rows 8, 9, 13, 14)."""

    SURVEYED = "surveyed"
    ADVISED = "advised"
    REVIEWED = "reviewed"  # keeps from deciding only

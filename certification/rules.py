"""Words, states and number series of certification (DOMAIN 1.5, 4). Pure."""

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

"""Words, states, numbers and codes of certification (DOMAIN 1.5, 4). Pure."""

from certification.rules.codes import LENGTH, new_code, normalise_code
from certification.rules.defaults import DEFAULT_ISSUER, EVALUATION_DAYS
from certification.rules.numbers import format_application_number, format_certificate_number, format_decision_number
from certification.rules.states import ENDINGS, TERMINAL, TRANSITIONS, is_allowed, last_day, state_on
from certification.rules.words import ApplicationState, CertificateState, Conflict, EventKind, Outcome

__all__ = [
    "DEFAULT_ISSUER", "ENDINGS", "EVALUATION_DAYS", "LENGTH", "TERMINAL", "TRANSITIONS", "ApplicationState",
    "CertificateState", "Conflict", "EventKind", "Outcome",
    "format_application_number", "format_certificate_number", "format_decision_number", "is_allowed", "last_day",
    "new_code", "normalise_code", "state_on",
]

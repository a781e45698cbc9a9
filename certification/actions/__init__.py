"""The verbs of certification."""

from certification.actions.applications import attach_survey, take_application
from certification.actions.decisions import decide
from certification.actions.events import add_event
from certification.actions.issuers import set_issuer

__all__ = ["add_event", "attach_survey", "decide", "set_issuer", "take_application"]

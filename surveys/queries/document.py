"""A survey as its document (see surveys.rules.document), and what of it pages show."""

from datetime import date

from surveys.models import Survey
from surveys.rules.document import Document


def document_of(survey: Survey) -> Document:
    """The whole canonical document. It is the stored one: never change it in place."""
    return survey.document


def period_end_of(survey: Survey) -> date | None:
    """The last day of the packaging sheet, also of a draft."""
    last = document_of(survey)["period_to"]
    return date.fromisoformat(last) if last else None

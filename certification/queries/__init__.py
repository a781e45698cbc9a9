"""How certification is read: reviews waiting, applications, certificates, who may not judge, what papers cite."""

from certification.queries.applications import (
    ApplicationFilter,
    Stage,
    count_applications,
    find_evaluation,
    find_open_application,
    get_application,
    list_applications,
    list_evaluations,
    list_visits_for,
)
from certification.queries.certificates import (
    CertificateFilter,
    count_certificates,
    get_certificate,
    list_certificates,
    list_open_certificates,
    state_expression,
)
from certification.queries.conflicts import conflicts_of, find_conflict
from certification.queries.issuers import issuer_on, list_issuers
from certification.queries.paging import Page
from certification.queries.reviews import get_survey_to_review, list_waiting_reviews

__all__ = [
    "ApplicationFilter", "CertificateFilter", "Page", "Stage", "conflicts_of", "count_applications",
    "count_certificates", "find_conflict", "find_evaluation", "find_open_application", "get_application",
    "get_certificate", "get_survey_to_review", "issuer_on", "list_applications", "list_certificates",
    "list_evaluations", "list_issuers", "list_open_certificates", "list_visits_for", "list_waiting_reviews",
    "state_expression",
]

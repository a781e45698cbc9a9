"""Every fact printed on a certificate, as printed (DOMAIN 1.5); frozen in `Certificate.facts`."""

from collections.abc import Iterator
from datetime import date

from flask_babel import force_locale

from certification.models import Application, Certificate, Decision, Issuer
from foundation.i18n import label
from retail.labels import CLASSES
from retail.models import Establishment
from surveys.models import CriteriaSet, Survey
from territory.models import AdminUnit
from territory.queries import current_unit

PRINTING_LANGUAGES = ("vi", "en")


def facts_for(certificate: Certificate, decision: Decision, application: Application, issuer: Issuer,
              host: str) -> dict:
    """What `certification.printing.certificate.render` takes; dates as ISO text. `host` as people write it."""
    survey, store = decision.survey, application.establishment
    return {
        **issued_by(issuer), **store_facts(store), **addresses(store, survey, decision.decided_on),
        **criteria_facts(survey.criteria_set, certificate.level_rank),
        "number": certificate.number,
        "scope": application.scope_vi, "scope_en": application.scope_en,
        "decision_number": decision.number, "decision_on": decision.decided_on.isoformat(),
        "issued_on": certificate.valid_from.isoformat(), "expires_on": certificate.valid_until.isoformat(),
        "host": host.lower(), "short_url": f"{host.lower()}/v/{certificate.code}",
        "url": f"HTTPS://{host.upper()}/V/{certificate.code}",
        "demo": certificate.is_demo, "english": True,
    }


def issued_by(issuer: Issuer) -> dict:
    """The header blocks, the legal basis and the signature block."""
    return {
        "superior_body": issuer.superior_body, "issuing_body": issuer.issuing_body, "place": issuer.place,
        "certifier": issuer.certifier_vi, "certifier_en": issuer.certifier_en,
        "legal_basis": issuer.legal_basis, "signing_authority": issuer.signing_authority,
    }


def store_facts(store: Establishment) -> dict:
    """Name, legal entity, tax or branch code, type and class in both languages."""
    types = {}
    for language in PRINTING_LANGUAGES:
        with force_locale(language):
            rank = CLASSES.get(store.recorded_class or 0)
            types[language] = label(store.kind) + (f", {lower(str(rank))}" if rank else "")
    return {"name": store.name, "legal_entity": store.enterprise.name,
            "tax_code": store.branch_code or store.enterprise.tax_code or "",
            "type_class": types["vi"], "type_class_en": types["en"]}


def criteria_facts(criteria: CriteriaSet, rank: int) -> dict:
    """Set, version and level."""
    level = next(level for level in criteria.levels if level.rank == rank)
    return {"criteria": f"{criteria.code}, phiên bản {criteria.version}",
            "criteria_en": f"{criteria.code}, version {criteria.version}",
            "level": level.name_vi, "level_en": level.name_en, "level_rank": rank}


def addresses(store: Establishment, survey: Survey, day: date) -> dict:
    """The address by today's unit; the unit of the decision or the survey beside it when that one is no more."""
    location = store.location_on(day)
    here, street = (location.unit, location.address) if location else (survey.unit, survey.address)
    now = current_unit(here, date.max)
    old = next((unit for unit in (survey.unit, here) if unit.id != now.id and unit.valid_to), None)
    names = [lower(unit.name) for unit in upwards(now)]
    facts = {"address": ", ".join([street, *names]), "address_old": ""}
    if old and old.valid_to:
        before = [lower(unit.name) for unit in upwards(old)]
        facts["address_old"] = f"trước {old.valid_to:%d/%m/%Y}: " + ", ".join(n for n in before if n != names[-1])
    return facts


def upwards(unit: AdminUnit | None) -> Iterator[AdminUnit]:
    """A unit and all that it lies in."""
    while unit is not None:
        yield unit
        unit = unit.parent


def lower(text: str) -> str:
    """"Phường Việt Trì" within a sentence: "phường Việt Trì"."""
    return text[:1].lower() + text[1:]

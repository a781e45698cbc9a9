"""Rows the benchmarks need, straight into a new database."""

import uuid
from datetime import date

from alembic import command
from alembic.config import Config

from accounts.models import User
from certification.models import Application, Certificate, Decision
from certification.rules import Outcome
from foundation import clock
from foundation.config import ROOT
from foundation.db import db
from foundation.text import fold, sort_key
from retail.models import Enterprise, Establishment, Location, StatusSpan
from retail.rules import Kind, Status
from surveys.models import CriteriaSet, Review, Survey, Visit
from surveys.rules.words import Nature, ReviewOutcome
from territory.models import AdminUnit

FACTS = {
    "number": "0007/2026/GCN-SCT", "name": "Siêu thị Tổng hợp và Bách hoá Đo Thử 07 – Chi nhánh Khu đô thị phía Nam",
    "legal_entity": "Công ty TNHH Bán lẻ Đo Thử", "tax_code": "0000000000-003", "place": "Phú Thọ",
    "type_class": "Siêu thị tổng hợp, hạng II", "address": "Số 00 đường Đo Thử, phường Việt Trì, tỉnh Phú Thọ",
    "address_old": "trước 01/7/2025: phường Gia Cẩm, thành phố Việt Trì", "criteria": "PT-PPBV, phiên bản 1.0",
    "scope": "Hoạt động bán lẻ tại cơ sở: quầy thu ngân, quầy tươi sống, khu ăn uống", "level": "Tốt",
    "level_en": "Good", "level_rank": 2, "decision_number": "0012/2026/QĐ-SCT", "decision_on": "2026-10-02",
    "issued_on": "2026-10-02", "expires_on": "2029-10-01", "certifier": "Sở Công Thương tỉnh Phú Thọ",
    "signing_authority": ["Giám đốc"], "legal_basis": ["Căn cứ Quyết định số 889/QĐ-TTg ngày 24 tháng 6 năm 2020;"],
}


def build() -> None:
    """Every table, as the migrations make it."""
    with db.engine.begin() as connection:
        config = Config(ROOT / "migrations" / "alembic.ini", attributes={"connection": connection})
        config.set_main_option("script_location", str(ROOT / "migrations"))
        command.upgrade(config, "head")


def add_establishment(name: str = "Siêu thị Đo Thử") -> Establishment:
    """An operating supermarket in a commune of its own."""
    now = clock.now()
    unit = AdminUnit(level="commune", code="07900", name="Phường Việt Trì", kind="Phường", valid_from=date(2025, 7, 1),
                     search_text="phuong viet tri", sort_key=sort_key("Phường Việt Trì"))
    enterprise = Enterprise(name="Công ty Đo Thử", search_text="cong ty do thu", created_at=now)
    made = Establishment(
        number="CS-000001", enterprise=enterprise, name=name, search_text=fold(name), sort_key=sort_key(name),
        kind=Kind.SUPERMARKET, created_at=now, updated_at=now,
        statuses=[StatusSpan(status=Status.OPERATING, valid_from=date(2020, 1, 1))],
        locations=[Location(unit=unit, address="Số 1", valid_from=date(2020, 1, 1))])
    db.session.add(made)
    db.session.flush()
    return made


def add_people(*names: str) -> list[User]:
    """Accounts nobody can sign in to."""
    people = [User(email=f"{fold(name)}@example.vn", name=name, password_hash="-", created_at=clock.now())
              for name in names]
    db.session.add_all(people)
    db.session.flush()
    return people


def add_certificate(code: str, *, valid_until: date) -> Certificate:
    """A certificate with all that it rests on."""
    now, today, place = clock.now(), clock.today(), add_establishment()
    surveyor, reviewer, decider = add_people("Khảo sát", "Thẩm xét", "Quyết định")
    criteria = CriteriaSet(code="DO", version="1", name_vi="Đo", name_en="Measure", accepted_classes=[], created_at=now)
    visit = Visit(establishment=place, criteria_set=criteria, nature=Nature.CERTIFICATION, planned_on=today,
                  created_at=now)
    survey = Survey(id=str(uuid.uuid4()), visit=visit, establishment=place, criteria_set=criteria, author=surveyor,
                    establishment_name=place.name, kind=place.kind, unit=place.locations[0].unit, address="",
                    created_at=now, updated_at=now, submitted_at=now, score={})
    db.session.add(survey)
    db.session.flush()
    db.session.add(Review(survey=survey, outcome=ReviewOutcome.APPROVED, reasons="", reviewer=reviewer,
                          reviewed_at=now))
    db.session.flush()
    application = Application(year=2026, sequence=1, establishment=place, received_on=today, survey=survey,
                              created_at=now, created_by_id=reviewer.id)
    decision = Decision(application=application, survey=survey, year=2026, sequence=1, outcome=Outcome.GRANTED,
                        level_rank=2, reasons="", decider=decider, decided_on=today, decided_at=now)
    certificate = Certificate(decision=decision, establishment=place, criteria_set=criteria, year=2026, sequence=1,
                              code=code, level_rank=2, valid_from=today, valid_until=valid_until, facts=FACTS,
                              pdf_sha256="0" * 64, png_sha256="0" * 64, issued_at=now)
    db.session.add(certificate)
    db.session.flush()
    return certificate

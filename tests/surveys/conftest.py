"""A small criteria set with every type of answer, a team, a visit and an open survey."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from accounts.permissions import Role
from surveys.actions import add_evidence, plan_visit, save_survey, start_survey
from surveys.models import CriteriaSet, Criterion, Group, LevelRule, PackagingCategory
from surveys.queries.criteria import SETS
from surveys.queries.form_data import DATA
from surveys.rules.words import AnswerType, Applies, EvidenceKind, Measure, Nature, SubShare
from tests.conftest import AT
from tests.pictures import picture

CRITERIA = {
    "A": [("A1", AnswerType.BOOL, {"is_must": True, "weight": 0, "counts_for_coverage": True}),
          ("A4", AnswerType.SCALE4, {"weight": 20, "anchors_vi": [f"Bậc {n}" for n in range(5)],
                                     "anchors_en": [f"Step {n}" for n in range(5)]}),
          ("A6", AnswerType.PERCENT, {"weight": 20, "lo": 0, "hi": 90, "na_allowed": True})],
    "B": [("B4", AnswerType.COMPUTED, {"weight": 40, "lo": 20, "hi": 100, "measure": Measure.OVERALL}),
          ("B9", AnswerType.COUNT, {"weight": 20, "bands": [[0, "0"], [1, "10"], [3, "20"]]}),
          ("T1", AnswerType.PERCENT, {"weight": 20, "applies_to": Applies.TRADE_CENTRES})],
}
CATEGORIES = [("P01", "6", SubShare.CHECKOUT), ("P04", "4.5", SubShare.FRESH), ("P11", "0.6", SubShare.TABLEWARE)]


def make_group(position, code, criteria):
    """A group with its criteria; figures as they are typed."""
    made = []
    for place, (name, kind, more) in enumerate(criteria):
        more = {key: Decimal(value) if key in ("weight", "lo", "hi") else value for key, value in more.items()}
        values = {"is_must": False, "applies_to": Applies.ALL, "evidence_kinds": [], **more}
        made.append(Criterion(position=place, code=name, type=kind, title_vi=f"Tiêu chí {name}",
                              title_en=f"Criterion {name}", **values))
    return Group(position=position, code=code, title_vi=f"Nhóm {code}", title_en=f"Group {code}",
                 weight=Decimal(60 if code == "B" else 40), criteria=made)


def make_set():
    """A draft: A1 must, A4 scale, A6 percent with N/A, B4 computed, B9 count, T1 for trade centres only."""
    return CriteriaSet(
        code="THU", version="1.0", name_vi="Bộ thử", name_en="Test set", accepted_classes=["E1", "E2", "E3", "E4"],
        validity_months=36, created_at=AT,
        groups=[make_group(place, code, rows) for place, (code, rows) in enumerate(CRITERIA.items())],
        categories=[PackagingCategory(position=place, code=code, name_vi=f"Bao bì {code}", name_en=f"Packaging {code}",
                                      unit_vi="cái", unit_en="pcs", grams=Decimal(grams), in_ratio=True, sub_share=sub,
                                      takes_tally=code == "P01")
                    for place, (code, grams, sub) in enumerate(CATEGORIES)],
        levels=[LevelRule(rank=1, name_vi="Đạt", name_en="Pass", least_total=Decimal(65), least_group=Decimal(40),
                          least_by_group={"B": "60"})],
    )


@pytest.fixture
def criteria_set(session):
    """The same, published."""
    made = make_set()
    session.add(made)
    session.flush()
    made.published_at = AT
    session.commit()
    return made


@pytest.fixture
def inspector(person):
    return person(Role.INSPECTOR, name="Nguyễn Thị Khảo Sát")


@pytest.fixture
def lead(person):
    return person(Role.LEAD, name="Trần Văn Trưởng Đoàn")


@pytest.fixture
def visit(session, criteria_set, establishment, inspector, lead):
    planned = plan_visit(establishment=establishment("Siêu thị Minh Hoạ 03"), nature=Nature.PLANNED,
                         planned_on=date(2026, 11, 24), team=[inspector, lead], lead=lead, by=lead, at=AT)
    session.commit()
    return planned


@pytest.fixture
def survey(session, visit, inspector):
    """An open, empty survey of the inspector."""
    started = start_survey(visit, str(uuid.uuid4()), by=inspector, at=AT)
    session.commit()
    return started


@pytest.fixture
def tablet(client, inspector):
    """What signs in as the inspector and sends."""
    return client.sign_in(inspector)


@pytest.fixture
def name():
    """What a tablet calls a survey it begins."""
    return str(uuid.uuid4())


@pytest.fixture
def document():
    """A whole document, canonical but for its revision."""
    return {
        "observed_at": "2026-11-24T02:10:00Z", "period_from": "2026-07-01", "period_to": "2026-09-30",
        "count_method": "records", "counted_by": "Kế toán kho", "receipts": 12000, "floor_area_m2": 2400,
        "tally": {"plastic": 40, "eco": 30, "own": 20, "none": 10}, "remarks": "Dòng một\nDòng hai",
        "store_remarks": "",
        "answers": {"A1": {"yes": True, "note": "Xem hồ sơ"}, "A4": {"step": 3},
                    "A6": {"numerator": "45", "denominator": "60"}, "B9": {"number": 4}},
        "lines": [line("P01", "N", "6000"), line("P01", "E4", "3000", has_statement=True),
                  line("P04", "N", "2000"), line("P04", "E4", "2000", has_statement=True)],
        "bags": [{"label": "Túi quầy 1", "width_cm": "30", "height_cm": "45.5",
                  "readings_um": ["40", "41", "39", "40", None], "hard_to_degrade": True, "prepack": False}],
        "signatures": {side: {"title": title, "strokes": [[[10, 20], [300, 120]]],
                              "signed_at": "2026-11-24T03:00:00Z"}
                       for side, title in (("team", "Trưởng đoàn"), ("store", "Quản lý"))},
    }


def line(category, material, purchased, **more):
    """A line of the sheet with everything else empty."""
    return {"category": category, "class": material, "opening": "0", "purchased": purchased, "closing": "0",
            "returned": "0", "proof_number": "", "proof_holder": "", "proof_expires_on": None, "has_statement": False,
            "note": "", **more}


def strike(survey, piece, by):
    """Strike a file out of a draft."""
    save_survey(survey, {}, manifest=[item for item in survey.manifest if item["id"] != piece.id], by=by, at=AT)


@pytest.fixture(autouse=True)
def forget_rules():
    """Tests make different sets under the same ids."""
    DATA.clear()
    SETS.clear()


@pytest.fixture
def ready(session, survey, inspector, document):
    """A survey that lacks nothing."""
    save_survey(survey, document, by=inspector, at=AT)
    for code in ("P01", "P04"):
        add_evidence(survey, evidence_id=str(uuid.uuid4()), category_code=code, kind=EvidenceKind.PHOTO,
                     content=picture((320, 240)), by=inspector, at=AT)
    session.commit()
    return survey

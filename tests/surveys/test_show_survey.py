"""The record of a survey, as it is read and printed."""

import uuid

import pytest

from accounts.permissions import Role
from surveys.actions import add_evidence, review_survey, save_survey, start_survey, submit_survey
from surveys.rules.words import EvidenceKind, ReviewOutcome
from tests.conftest import AT
from tests.pictures import picture
from tests.surveys.conftest import strike


def attach(survey, by, **about):
    return add_evidence(survey, evidence_id=str(uuid.uuid4()), kind=EvidenceKind.PHOTO, content=picture(),
                        by=by, at=AT, **about)


def test_everything_is_there(client, ready, inspector, session):
    photo = attach(ready, inspector, criterion_code="A4", caption="Chính sách dán ở cửa", lat=21, lon=105,
                   accuracy=12)
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    page = client.sign_in(inspector).get(f"/surveys/{ready.id}").text
    for text in ("Siêu thị Minh Hoạ 03", "Số 1, đường Thử, Phường Việt Trì", "Chờ thẩm xét", "Xem hồ sơ", "45 / 60",
                 "01/07/2026", "Kế toán kho", "6.000", "Túi quầy 1", "30 × 45,5 cm", "Trưởng đoàn", "Quản lý",
                 "Dòng một\nDòng hai", "Chính sách dán ở cửa", photo.sha256[:8], "21.00000, 105.00000", "± 12",
                 'd="M10 20L300 120"', f"/evidence/{photo.id}?size=thumb", "BIÊN BẢN KHẢO SÁT", "40", "trung bình"):
        assert text in page, text


def test_a_draft_says_what_is_missing(client, survey, inspector):
    page = client.sign_in(inspector).get(f"/surveys/{survey.id}").text
    assert "Bản nháp, chưa nộp" in page and "A4 Tiêu chí A4: câu trả lời" in page
    assert f"/surveys/{survey.id}/edit" in page


def test_what_does_not_apply_has_its_reason(client, ready, inspector, session):
    save_survey(ready, {"answers": {"A6": {"na": True, "na_reason": "Không thuê nhân viên"}, "A1": {"yes": False}}},
                by=inspector, at=AT)
    session.commit()
    page = client.sign_in(inspector).get(f"/surveys/{ready.id}").text
    assert "Không áp dụng" in page and "Không thuê nhân viên" in page and "chưa đạt" in page


def test_returned_and_corrected_point_at_each_other(client, ready, inspector, person, session):
    submit_survey(ready, by=inspector, at=AT)
    review_survey(ready, outcome=ReviewOutcome.RETURNED, reasons="Đo lại túi.", at=AT,
                  by=person(Role.REVIEWER, name="Lê Thẩm"))
    new = start_survey(ready.visit, str(uuid.uuid4()), replaces=ready, by=inspector, at=AT)
    session.commit()
    client.sign_in(inspector)
    old = client.get(f"/surveys/{ready.id}").text
    assert "Đo lại túi." in old and "Lê Thẩm" in old and f"/surveys/{new.id}" in old
    assert f"/surveys/{ready.id}" in client.get(f"/surveys/{new.id}").text


def test_struck_out_evidence_stands_apart(client, ready, inspector, session):
    strike(ready, attach(ready, inspector, caption="Ảnh mờ"), inspector)
    session.commit()
    page = client.sign_in(inspector).get(f"/surveys/{ready.id}").text
    assert page.index("1 tệp đã gạch bỏ") < page.index("Ảnh mờ")


def test_in_english(client, ready, inspector):
    page = client.sign_in(inspector).get(f"/surveys/{ready.id}?lang=en").text
    assert "Criterion A4" in page and "Packaging sheet" in page and "Group B" in page


def test_statements_do_not_grow(client, ready, inspector, count_statements, session):
    name = ready.id
    client.sign_in(inspector)
    session.expire_all()
    with count_statements() as few:
        client.get(f"/surveys/{name}")
    for number in range(12):
        attach(ready, inspector, criterion_code="A4", caption=f"Ảnh {number}")
    session.commit()
    session.expire_all()
    with count_statements() as many:
        client.get(f"/surveys/{name}")
    assert len(many) == len(few) <= 22


def test_unknown_is_404(client, inspector):
    client.sign_in(inspector)
    assert client.get(f"/surveys/{uuid.uuid4()}").status_code == 404
    assert client.get("/surveys/khong-phai").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.STORE])
def test_who_may_not(client, ready, person, role):
    assert client.sign_in(person(role)).get(f"/surveys/{ready.id}").status_code == 403

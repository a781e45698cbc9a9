"""What certificates cite."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.permissions import Role
from certification.models import Issuer
from certification.queries import issuer_on
from foundation import clock
from foundation.audit import AuditEntry
from foundation.i18n import day

FORM = {"superior_body": "UBND tỉnh Phú Thọ", "issuing_body": "Sở Công Thương", "place": "Phú Thọ",
        "certifier_vi": "Sở Công Thương tỉnh Phú Thọ", "certifier_en": "The Department",
        "legal_basis": "Căn cứ một;\r\n\r\nCăn cứ hai;", "signing_authority": "KT. Giám đốc\r\nPhó Giám đốc"}


@pytest.fixture
def admin(client, people):
    client.sign_in(people[Role.ADMIN])
    return people[Role.ADMIN]


def test_the_default_is_named_as_such(client, admin):
    page = client.get("/certificates/issuer").get_data(as_text=True)
    assert "Chưa ai thiết lập nội dung này" in page and "889/QĐ-TTg" in page


def test_set_from_a_day_on(client, admin, session):
    assert client.post("/certificates/issuer", data={**FORM, "valid_from": day(clock.today())}).status_code == 302
    made = issuer_on(clock.today())
    assert made.legal_basis == ["Căn cứ một;", "Căn cứ hai;"]
    assert made.signing_authority == ["KT. Giám đốc", "Phó Giám đốc"]
    assert session.scalar(select(AuditEntry.actor_id).where(AuditEntry.verb == "set_issuer")) == admin.id
    page = client.get("/certificates/issuer").get_data(as_text=True)
    assert "đang áp dụng" in page and "Chưa ai thiết lập" not in page


@pytest.mark.parametrize("name", [*FORM, "valid_from"])
def test_nothing_may_be_left_out(client, admin, session, name):
    answer = client.post("/certificates/issuer", data={**FORM, "valid_from": day(clock.today()), name: " "})
    assert answer.status_code == 422 and answer.get_data(as_text=True).count('role="alert"') == 2
    assert session.scalar(select(Issuer)) is None


def test_the_database_never_changes_what_papers_cited(client, admin, session):
    client.post("/certificates/issuer", data={**FORM, "valid_from": day(clock.today())})
    made = issuer_on(clock.today())
    with pytest.raises(IntegrityError), session.begin_nested():
        made.place = "Nơi khác"
        session.flush()


@pytest.mark.parametrize("role", [Role.CLERK, Role.DECIDER, Role.REVIEWER, Role.VIEWER])
def test_administrators_only(client, people, role):
    client.sign_in(people[role])
    assert client.get("/certificates/issuer").status_code == 403
    assert client.post("/certificates/issuer", data=FORM).status_code == 403

"""The list of surveys: filters, territory, pages."""

import uuid
from datetime import date, timedelta

import pytest

from accounts.permissions import Role
from surveys.actions import plan_visit, review_survey, start_survey, submit_survey
from surveys.models import Survey
from surveys.queries.surveys import PAGE
from surveys.rules.words import Nature, ReviewOutcome
from tests.conftest import AT


@pytest.fixture
def make(session, criteria_set, establishment, inspector):
    """A draft at an establishment of its own."""

    def survey(name, *, at=None, by=inspector, days=0):
        visit = plan_visit(establishment=establishment(name, at=at), nature=Nature.PLANNED,
                           planned_on=date(2026, 11, 24), team=[by], lead=by, by=None, at=AT)
        made = start_survey(visit, str(uuid.uuid4()), by=by, at=AT + timedelta(days=days))
        session.commit()
        return made

    return survey


def names(client, query=""):
    """The names on the page, in order."""
    page = client.get(f"/surveys{query}").text.split("<tbody>")
    return [part.split("</a>")[0].split(">")[-1] for part in page[1].split('class="b" ')[1:]] if len(page) > 1 else []


def test_latest_first(client, make, inspector):
    make("Siêu thị Một")
    make("Siêu thị Hai", days=1)
    assert names(client.sign_in(inspector)) == ["Siêu thị Hai", "Siêu thị Một"]


def test_by_state(client, make, ready, inspector, person, session):
    make("Siêu thị Nháp")
    client.sign_in(inspector)
    assert set(names(client, "?state=draft")) == {"Siêu thị Nháp", "Siêu thị Minh Hoạ 03"}
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    assert names(client, "?state=submitted") == ["Siêu thị Minh Hoạ 03"]
    review_survey(ready, outcome=ReviewOutcome.APPROVED, reasons="", by=person(Role.REVIEWER), at=AT)
    session.commit()
    assert names(client, "?state=approved") == ["Siêu thị Minh Hoạ 03"]
    assert names(client, "?state=submitted") == names(client, "?state=returned") == []


def test_by_words_establishment_day_and_person(client, make, inspector, lead):
    first = make("Siêu thị Việt Trì")
    make("Siêu thị Lâm Thao", by=lead, days=3)
    client.sign_in(inspector)
    assert names(client, "?q=viet tri sieu thi viet") == ["Siêu thị Việt Trì"]
    assert names(client, f"?establishment={first.establishment_id}") == ["Siêu thị Việt Trì"]
    assert names(client, f"?person={lead.id}") == ["Siêu thị Lâm Thao"]
    assert names(client, "?since=25/11/2026") == ["Siêu thị Lâm Thao"]
    assert names(client, "?until=24/11/2026") == ["Siêu thị Việt Trì"]
    assert len(names(client, "?since=24/11/2026&until=27/11/2026")) == 2


def test_by_territory(client, make, inspector, unit):
    here = unit("Xã Ở Đây", code="08001")
    make("Siêu thị Ở Đây", at=here)
    make("Siêu thị Ở Kia", at=unit("Xã Ở Kia", code="08002"))
    assert names(client.sign_in(inspector), f"?territory={here.id}") == ["Siêu thị Ở Đây"]


def test_only_what_one_may_see(client, make, person, unit):
    here, there = unit("Xã Ở Đây", code="08001"), unit("Xã Ở Kia", code="08002")
    make("Siêu thị Ở Đây", at=here)
    other = make("Siêu thị Ở Kia", at=there)
    client.sign_in(person(Role.REVIEWER, territory=here))
    assert names(client) == ["Siêu thị Ở Đây"]
    assert client.get(f"/surveys/{other.id}").status_code == 404
    assert client.get(f"/surveys?establishment={other.establishment_id}").status_code == 404


@pytest.mark.parametrize("query", [
    "?state=x&person=x&territory=99999999999&since=x&until=32/13/2026&page=x", "?page=99"])
def test_unknown_words_ask_nothing(client, make, inspector, query):
    make("Siêu thị Một")
    assert names(client.sign_in(inspector), query) == ["Siêu thị Một"]


def test_empty(client, inspector, criteria_set):
    client.sign_in(inspector)
    assert "Chưa có phiếu khảo sát nào" in client.get("/surveys").text
    assert "Không có phiếu nào khớp" in client.get("/surveys?q=khong").text


def test_pages_and_statements(client, make, inspector, session, count_statements):
    first = make("Siêu thị Một")
    client.sign_in(inspector)
    session.expire_all()
    with count_statements() as few:
        client.get("/surveys")
    columns = {column.name: getattr(first, column.key) for column in Survey.__table__.columns if column.key != "score"}
    session.execute(Survey.__table__.insert(), [{**columns, "id": str(uuid.uuid4())} for _ in range(PAGE)])
    session.expire_all()
    with count_statements() as many:
        page = client.get("/surveys").text
    assert len(many) == len(few) <= 8
    assert f"{PAGE + 1} phiếu khảo sát" in page and "Trang 1 trên 2" in page
    assert len(names(client, "?page=2")) == 1


def test_who_may(client, person):
    assert client.sign_in(person(Role.VIEWER)).get("/surveys").status_code == 403

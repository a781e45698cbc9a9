"""What tablets have not sent: the head of a team sees it; a tablet reaches the visits of its own owner only."""

import uuid
from datetime import date, timedelta

import pytest

from accounts import actions
from accounts.permissions import Role
from accounts.rules import Report
from surveys.actions import cancel_visit, plan_visit
from surveys.models import Survey
from surveys.rules.words import Nature
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def tablet(session):
    """Give somebody a tablet whose queue has waited so many hours; its token."""

    def make(owner, name, hours):
        device, token = actions.issue_device(owner, name=name, by=owner, at=AT)
        oldest = AT - timedelta(hours=hours) if hours else None
        actions.report_device(device, Report(count=1, oldest_at=oldest) if hours else Report(), skew_ms=0, at=AT)
        session.commit()
        return token

    return make


def test_the_head_of_a_team_sees_what_its_members_keep(client, visit, inspector, lead, person, tablet):
    tablet(inspector, "Máy ba ngày", 73)
    tablet(inspector, "Máy đã gửi", 0)
    tablet(lead, "Máy của tôi", 30)
    tablet(person(Role.INSPECTOR, name="Người Đoàn Khác"), "Máy đoàn khác", 99)
    page = client.sign_in(lead).get("/visits").text
    section = page.split("Chưa gửi từ máy tính bảng")[1].split("</section>")[0]
    assert section.index("Máy ba ngày") < section.index("Máy của tôi")
    assert "Nguyễn Thị Khảo Sát" in section and "1 phiếu chưa gửi · 3 ngày" in section
    assert section.count('class="tag no"') == 1 and section.count('class="tag warn"') == 1
    assert "Máy đã gửi" not in page and "Máy đoàn khác" not in page


def test_nobody_else_does(client, visit, inspector, person, tablet):
    tablet(inspector, "Máy ba ngày", 73)
    for user in (inspector, person(Role.LEAD), person(Role.CLERK), person(Role.ADMIN)):
        assert "Chưa gửi từ máy tính bảng" not in client.sign_in(user).get("/visits").text


def test_a_team_lasts_ninety_days(client, session, visit, inspector, lead, tablet):
    tablet(inspector, "Máy ba ngày", 73)
    visit.planned_on = date(2026, 11, 24) - timedelta(days=91)
    session.commit()
    assert "Máy ba ngày" not in client.sign_in(lead).get("/visits").text
    visit.planned_on = date(2026, 12, 24)
    session.commit()
    assert "Máy ba ngày" in client.get("/visits").text
    cancel_visit(visit, by=lead, at=AT)
    session.commit()
    assert "Máy ba ngày" not in client.get("/visits").text


def test_a_token_reaches_only_the_visits_of_its_owner(client, session, visit, establishment, lead, person, tablet):
    other = person(Role.INSPECTOR)
    theirs = plan_visit(establishment=establishment("Siêu thị Đoàn Khác"), nature=Nature.PLANNED,
                        planned_on=date(2026, 11, 24), team=[other, lead], lead=lead, by=lead, at=AT)
    session.commit()
    bearer = {"Authorization": f"Bearer {tablet(other, 'Máy', 0)}"}
    client.sign_in(visit.members[0].user)  # somebody of that team has a session in the same browser
    body = {"copy": str(uuid.uuid4()), "revision": 0, "document": {}, "evidence": []}
    answer = client.put(f"/api/surveys/{uuid.uuid4()}", json={**body, "visit": visit.id}, headers=bearer)
    assert answer.status_code in (403, 404, 409)
    assert session.query(Survey).count() == 0
    answer = client.put(f"/api/surveys/{uuid.uuid4()}", json={**body, "visit": theirs.id}, headers=bearer)
    assert answer.status_code == 201
    assert session.query(Survey).one().author_id == other.id

"""What is open at the establishments: from the newest survey that stands, as of a day; planning a follow-up of it."""

import copy
import uuid
from datetime import date, timedelta

import pytest

from accounts.permissions import Role
from foundation.errors import Invalid
from surveys.actions import plan_visit, review_survey, save_survey, start_survey, submit_survey
from surveys.models import Visit
from surveys.queries import asked_on, find_followed, find_open_points, first_document, list_missing, list_strayed
from surveys.rules.document import empty
from surveys.rules.words import Nature, ReviewOutcome
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")
TODAY = date(2026, 11, 24)


@pytest.fixture
def failed(session, ready, inspector, document):
    """A submitted survey that found A1 not met."""
    save_survey(ready, {"answers": {"A1": {"yes": False, "note": "Chưa có cam kết"}}}, by=inspector, at=AT)
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    return ready


def follow(visit, lead, at=AT):
    return plan_visit(establishment=visit.establishment, nature=Nature.FOLLOW_UP, planned_on=TODAY, team=[lead],
                      lead=lead, by=lead, at=at)


def test_the_list_names_what_is_open_and_plans_a_follow_up(client, failed, lead, count_statements):
    client.sign_in(lead)
    with count_statements() as statements:
        page = client.get("/nonconformities").text
    assert "Siêu thị Minh Hoạ 03" in page and "Tiêu chí A1" in page
    assert f"establishment={failed.establishment_id}&amp;nature=follow_up" in page
    assert len(statements) <= 12


def test_one_establishment(client, failed, establishment, lead):
    other = establishment("Siêu thị Khác")
    client.sign_in(lead)
    assert "Tiêu chí A1" in client.get(f"/nonconformities?establishment={failed.establishment_id}").text
    assert "Không có điểm nào" in client.get(f"/nonconformities?establishment={other.id}").text
    assert client.get("/nonconformities?establishment=999999").status_code == 404


def test_outside_the_territory_nothing_is_seen(client, failed, person, unit):
    client.sign_in(person(Role.LEAD, territory=unit("Xã Ở Kia", code="08002")))
    assert "Không có điểm nào" in client.get("/nonconformities").text
    assert client.sign_in(person(Role.STORE)).get("/nonconformities").status_code == 403


def test_as_of_a_day(failed, person):
    place = failed.establishment_id
    assert find_open_points(place, TODAY - timedelta(days=1)) is None
    assert find_open_points(place, TODAY).codes == ("A1",)
    review_survey(failed, outcome=ReviewOutcome.RETURNED, reasons="Xem lại", by=person(Role.REVIEWER),
                  at=AT + timedelta(days=2))
    assert find_open_points(place, TODAY).codes == ("A1",)
    assert find_open_points(place, TODAY + timedelta(days=2)) is None


def test_the_visit_page_shows_it(client, failed, lead, inspector):
    page = client.sign_in(lead).get(f"/visits/{failed.visit_id}").text
    assert "Điểm không phù hợp còn mở" in page and "nature=follow_up" in page
    assert "nature=follow_up" not in client.sign_in(inspector).get(f"/visits/{failed.visit_id}").text


def test_the_establishment_page_leads_to_it(client, failed, lead):
    page = client.sign_in(lead).get(f"/establishments/{failed.establishment_id}").text
    assert f"/nonconformities?establishment={failed.establishment_id}" in page


def test_planning_a_follow_up(client, failed, lead, session):
    client.sign_in(lead)
    page = client.get(f"/visits/new?establishment={failed.establishment_id}&nature=follow_up").text
    assert 'value="follow_up" checked' in page and "A1" in page
    answer = client.post("/visits/new", data={
        "establishment": failed.establishment.number, "nature": "follow_up", "planned_on": "24/11/2026",
        "team": [str(lead.id)], "lead": str(lead.id), "plan_number": ""})
    assert answer.status_code == 302
    made = session.get(Visit, int(answer.location.rsplit("/", 1)[1]))
    assert (made.follows_id, made.criteria_set_id, asked_on(made)) == (failed.id, failed.criteria_set_id, ["A1"])
    assert "chỉ hỏi lại" in client.get(answer.location).text


def test_without_open_points_there_is_nothing_to_follow_up(client, establishment, criteria_set, lead):
    place = establishment("Siêu thị Chưa Khảo Sát")
    answer = client.sign_in(lead).post("/visits/new", data={
        "establishment": place.number, "nature": "follow_up", "planned_on": "24/11/2026",
        "team": [str(lead.id)], "lead": str(lead.id), "plan_number": ""})
    assert answer.status_code == 422 and "không có điểm không phù hợp" in answer.text


def test_it_keeps_the_set_of_the_survey_even_when_that_is_retired(failed, lead, session):
    failed.criteria_set.retired_at = AT
    session.commit()
    assert follow(failed.visit, lead).criteria_set is failed.criteria_set


def test_a_follow_up_starts_from_the_survey_and_strays_from_nothing_else(failed, lead, document):
    visit = follow(failed.visit, lead)
    begun = first_document(visit)
    assert "A1" not in begun["answers"] and begun["answers"]["A4"] == document["answers"]["A4"]
    now = copy.deepcopy(begun)
    now["answers"]["A1"] = {"yes": True}
    followed = find_followed(failed.id)
    assert list_strayed(followed, now) == {}
    now["answers"]["A4"] = {"step": 4}
    assert list(list_strayed(followed, now)) == ["answers.A4"]
    assert first_document(failed.visit) == empty() and list_strayed(None, now) == {}


def test_another_visit_asks_everything(failed):
    assert asked_on(failed.visit) is None


def test_a_follow_up_that_puts_it_right_closes_it(failed, lead, session):
    later = AT + timedelta(hours=1)
    survey = start_survey(follow(failed.visit, lead), str(uuid.uuid4()), by=lead, at=later)
    assert [gap.code or gap.path for gap in list_missing(survey)] == ["A1", "signatures.team", "signatures.store"]
    signed = {side: {"title": "Trưởng đoàn", "strokes": [[[1, 2], [3, 4]]]} for side in ("team", "store")}
    save_survey(survey, {"answers": {"A1": {"yes": True}, "A4": {"step": 4}}, "signatures": signed}, by=lead, at=later)
    with pytest.raises(Invalid) as refused:
        submit_survey(survey, by=lead, at=later)
    assert list(refused.value.fields) == ["answers.A4"]
    save_survey(survey, {"answers": {"A4": failed.document["answers"]["A4"]}}, by=lead, at=later)
    assert find_open_points(failed.establishment_id, TODAY).survey_id == failed.id
    submit_survey(survey, by=lead, at=later)
    session.commit()
    assert find_open_points(failed.establishment_id, TODAY) is None
    assert survey.score["nonconformities"] == [] and survey.replaced_grams == failed.replaced_grams


def test_its_record_and_its_review_show_then_and_now(client, failed, lead, person, session):
    survey = start_survey(follow(failed.visit, lead), str(uuid.uuid4()), by=lead, at=AT)
    signed = {side: {"title": "Trưởng đoàn", "strokes": [[[1, 2], [3, 4]]]} for side in ("team", "store")}
    save_survey(survey, {"answers": {"A1": {"yes": True, "note": "Đã ký"}}, "signatures": signed}, by=lead, at=AT)
    submit_survey(survey, by=lead, at=AT)
    session.commit()
    client.sign_in(person(Role.REVIEWER))
    for address in (f"/surveys/{survey.id}", f"/reviews/{survey.id}"):
        page = client.get(address).text
        table = page[page.index('id="again"'):page.index('id="answers"')]
        assert table.index("Chưa có cam kết") < table.index("Đã ký") and "Tiêu chí A4" not in table

"""What was said last time, on the form: beside each question, never filled in; a follow-up asks only what was open."""

import json
import re
import uuid
from datetime import date
from html import unescape

import pytest

from surveys.actions import plan_visit, save_survey, start_survey, submit_survey
from surveys.rules.words import Nature
from tests.conftest import AT

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def earlier(session, ready, inspector):
    """A submitted survey that found A1 not met."""
    save_survey(ready, {"answers": {"A1": {"yes": False, "note": "Chưa có cam kết"}}}, by=inspector, at=AT)
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    return ready


@pytest.fixture
def open_form(session, client, earlier, lead):
    """The form of a new visit to the same store, as a page."""

    def make(nature):
        visit = plan_visit(establishment=earlier.establishment, nature=nature, planned_on=date(2026, 11, 24),
                           team=[lead], lead=lead, by=lead, at=AT)
        survey = start_survey(visit, str(uuid.uuid4()), by=lead, at=AT)
        session.commit()
        return client.sign_in(lead).get(f"/surveys/{survey.id}/edit").text

    return make


def texts_in(page, code):
    """What the button of a criterion would fill in."""
    return json.loads(unescape(re.search(rf'data-last="{code}" data-texts="([^"]*)"', page)[1]))


def test_a_repeat_visit_shows_the_last_answers_and_fills_in_none(open_form):
    page = open_form(Nature.PLANNED)
    assert "Lần trước 24/11/2026:" in page and "Chưa có cam kết" in page
    assert texts_in(page, "A1") == {"answers.A1.yes": "false"}
    assert texts_in(page, "A6") == {"answers.A6.numerator": "45", "answers.A6.denominator": "60"}
    assert not re.search(r'name="answers\.A1\.yes" value="(true|false)" checked', page)
    assert 'name="answers.A6.numerator" id="answers.A6.numerator" value=""' in page


def test_the_lines_of_last_time_with_their_papers_and_opening_stock(open_form):
    page = open_form(Nature.PLANNED)
    lines = json.loads(unescape(re.search(r'data-last-lines="([^"]*)"', page)[1]))
    assert [line["name"] for line in lines] == ["P01.N", "P01.E4", "P04.N", "P04.E4"]
    assert lines[1]["texts"] == {"lines.P01.E4.opening": "0", "lines.P01.E4.has_statement": "true"}
    assert "Lấy 4 dòng của lần trước" in page


def test_without_an_earlier_survey_nothing_is_said(client, survey, inspector):
    page = client.sign_in(inspector).get(f"/surveys/{survey.id}/edit").text
    assert "Lần trước" not in page and "data-last" not in page


def test_a_follow_up_asks_only_what_was_open(open_form):
    page = open_form(Nature.FOLLOW_UP)
    hidden = re.findall(r'data-criterion="(\w+)"[^>]*? hidden>', page)
    assert sorted(hidden) == ["A4", "A6", "B4", "B9"]
    assert "Giữ nguyên từ lần trước" in page and "Chưa có cam kết" in page and "data-last=" not in page
    assert re.search(r'<section hidden id="packaging"', page) and re.search(r'<section hidden id="B"', page)
    assert re.search(r'<section class="part" id="A"', page)

"""The survey form without JavaScript: everything can be read, saved, corrected and submitted."""

import io

import pytest

from accounts.permissions import Role
from surveys.actions import save_survey, submit_survey
from surveys.forms.document import typed_from_document
from surveys.queries import document_of
from tests.conftest import AT
from tests.pictures import picture


@pytest.fixture
def url(survey):
    return f"/surveys/{survey.id}/edit"


@pytest.fixture
def inside(client, inspector):
    return client.sign_in(inspector)


def typed(survey, **more):
    """The form of a survey as a browser sends it."""
    return {**typed_from_document({**document_of(survey), "revision": survey.revision}), "do": "save", **more}


def test_shows_every_part_in_both_languages(inside, url):
    page = inside.get(url).text
    for part in ("A", "B", "packaging", "bags", "tally", "finish"):
        assert f'class="part" id="{part}"' in page
    assert "Tiêu chí A1" in page and "Hoàn tất khảo sát" in page
    assert 'id="T1"' not in page  # only trade centres answer it
    english = inside.get(f"{url}?lang=en").text
    assert "Criterion A1" in english and "Finish the survey" in english


def test_few_statements_and_light(inside, url, ready, count_statements):
    with count_statements() as seen:
        page = inside.get(url)
    assert len(seen) <= 20
    assert len(page.data) < 300_000


def test_saves_what_is_typed(inside, url, survey):
    answer = inside.post(url, data=typed(survey, **{
        "answers.A1.yes": "true", "answers.A6.numerator": "45", "answers.A6.denominator": "1.060,5",
        "lines.P01.N.purchased": "6.000", "tally.own": "20", "bags.0.width_cm": "30,5", "remarks": "Dòng một"}))
    assert answer.status_code == 303
    document = document_of(survey)
    assert document["answers"] == {"A1": {"yes": True}, "A6": {"numerator": "45", "denominator": "1060.5"}}
    assert document["lines"][0]["purchased"] == "6000"
    assert (document["tally"]["own"], document["bags"][0]["width_cm"]) == (20, "30.5")
    page = inside.get(url).text
    assert 'value="1.060,5"' in page and "Dòng một" in page


def test_bad_input_is_shown_beside_its_field_and_nothing_typed_is_lost(inside, url, survey):
    answer = inside.post(url, data=typed(survey, **{
        "answers.A6.numerator": "bốn mươi", "answers.B9.number": "4", "lines.P01.E1.opening": "-",
        "lines.P01.E1.proof_number": "NSTVN 01", "period_to": "31/02/2026", "remarks": "Còn đây"}))
    assert answer.status_code == 422
    page = answer.text
    for name in ("answers.A6.numerator", "lines.P01.E1.opening", "period_to"):
        assert f'id="{name}-error"' in page and f'href="#{name}"' in page
    for text in ("“bốn mươi” không phải là số", "bốn mươi", "NSTVN 01", "31/02/2026", "Còn đây"):
        assert text in page
    assert document_of(survey)["remarks"] == ""


def test_lines_and_samples_come_and_go(inside, url, survey):
    answer = inside.post(url, data=typed(survey, add="P04.E1"))
    assert answer.location.endswith("add=P04.E1#P04")
    assert 'data-line="P04.E1"' in inside.get(answer.location).text
    assert 'data-line="P04.E1"' not in inside.get(url).text
    answer = inside.post(url, data=typed(survey, **{"add-bag": "0"}))
    assert 'data-bag="0"' in inside.get(answer.location).text
    inside.post(url, data=typed(survey, **{"lines.P01.N.purchased": "5", "bags.0.label": "Quầy 1"}))
    assert (len(survey.document["lines"]), len(survey.document["bags"])) == (1, 1)
    inside.post(url, data=typed(survey, drop="P01.N"))
    inside.post(url, data=typed(survey, **{"drop-bag": "0"}))
    assert (len(survey.document["lines"]), len(survey.document["bags"])) == (0, 0)


def test_files_come_with_the_form(inside, url, survey):
    files = {"evidence.A1.photo": (io.BytesIO(picture()), "anh.jpg"),
             "evidence.P01.document": (io.BytesIO(b"%PDF-1.7 %%EOF"), "giay.pdf"),
             "evidence.A4.photo": (io.BytesIO(b"no picture"), "hong.jpg")}
    answer = inside.post(url, data=typed(survey, **files))
    assert answer.status_code == 422
    assert "hong.jpg" in answer.text and 'id="evidence.A4.photo-error"' in answer.text
    photo, paper = sorted(survey.evidence, key=lambda piece: piece.kind.value, reverse=True)
    assert (photo.criterion.code, paper.category.code) == ("A1", "P01")
    inside.post(url, data=typed(survey, **{f"captions.{photo.id}": "Quầy thu ngân 3", "remove": paper.id}))
    assert photo.caption == "Quầy thu ngân 3" and paper.removed_at
    page = inside.get(url).text
    assert f'id="evidence.{photo.id}"' in page and f'id="evidence.{paper.id}"' not in page


def test_another_save_in_between_is_told(inside, url, survey, inspector, session):
    old = typed(survey)
    save_survey(survey, {"remarks": "Từ máy khác"}, by=inspector, at=AT)
    session.commit()
    answer = inside.post(url, data={**old, "remarks": "Từ máy này"})
    assert answer.status_code == 409
    assert "đã được sửa ở nơi khác" in answer.text and "Từ máy này" in answer.text
    assert survey.document["remarks"] == "Từ máy khác"
    assert inside.post(url, data={**old, "remarks": "Từ máy này", "revision": "1"}).status_code == 303
    assert survey.document["remarks"] == "Từ máy này"


def test_submitting_too_early_names_what_is_missing(inside, url, survey):
    answer = inside.post(url, data=typed(survey, do="submit", remarks="Giữ lại"))
    assert answer.status_code == 422
    assert "A6 Tiêu chí A6" in answer.text
    assert survey.submitted_at is None and survey.document["remarks"] == "Giữ lại"


def test_submits_and_gives_a_receipt(inside, url, ready):
    answer = inside.post(url, data=typed(ready, do="submit"))
    assert answer.status_code == 303 and answer.location.endswith(f"/surveys/{ready.id}/receipt")
    assert ready.submitted_at
    page = inside.get(answer.location).text
    for text in ("Máy chủ đã nhận đủ", ready.id, "chưa phải quyết định", "4/4", "2/2"):
        assert text in page
    assert inside.get(url).location.endswith("/receipt")


def test_a_receipt_needs_a_submitted_survey(inside, survey):
    assert inside.get(f"/surveys/{survey.id}/receipt").location.endswith("/edit")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CLERK, Role.VIEWER, Role.STORE])
def test_other_roles_are_refused(client, person, url, role):
    assert client.sign_in(person(role)).get(url).status_code == 403


def test_people_outside_the_team_are_refused(client, person, url):
    assert client.sign_in(person(Role.INSPECTOR)).get(url).status_code == 403


def test_unknown_survey(inside):
    assert inside.get("/surveys/7f2c6e1a-5b0d-4c39-9a44-0d1e52b8c3aa/edit").status_code == 404
    assert inside.get("/surveys/x/receipt").status_code == 404


def test_a_submitted_survey_takes_nothing_more(inside, url, ready, inspector, session):
    submit_survey(ready, by=inspector, at=AT)
    session.commit()
    answer = inside.post(url, data=typed(ready, remarks="Muộn"))
    assert answer.location.endswith("/receipt") and ready.document["remarks"] != "Muộn"

"""Submissions of ODK and KoboToolbox come in as surveys, the same way as what tablets send."""

import uuid
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from accounts.permissions import Role
from retail.rules import Kind
from surveys.actions import save_survey, submit_survey
from surveys.models import Evidence, Survey, Visit
from surveys.queries import content_of, document_of
from surveys.rules.content import rules_from
from surveys.rules.form import record_from
from surveys.rules.scoring import score
from surveys.rules.words import SurveyState
from tests.conftest import AT
from tests.surveys.odk.exports import central, instances, kobo, rows_of, write_csv


@pytest.fixture
def run(app, inspector, frozen):
    """`flask surveys import-odk … --by` the inspector."""

    def command(*arguments, by=None):
        answer = app.test_cli_runner().invoke(
            args=["surveys", "import-odk", *map(str, arguments), "--by", by or inspector.email])
        assert answer.exception is None or isinstance(answer.exception, SystemExit), answer.exception
        return answer

    return command


def only(session):
    """The one survey there is."""
    session.expire_all()
    return session.scalars(select(Survey)).one()


def said(survey):
    """The document without what a picture of a signature cannot give back."""
    document = document_of(survey)
    document.pop("revision", None)
    assert all(signed.pop("strokes") for signed in document["signatures"].values())
    return document


def expected(document):
    """The document as it was filled in: begun and ended by the clock of the device."""
    ended = "2026-11-24T03:00:00Z"
    return {**document, "observed_at": "2026-11-24T02:10:00Z", "signatures": {
        side: {"title": signed["title"], "signed_at": ended} for side, signed in document["signatures"].items()}}


def check_arrived(session, criteria_set, whole):
    """Everything that was filled in stands here, scored and waiting for its review."""
    survey = only(session)
    assert survey.state == SurveyState.SUBMITTED
    assert said(survey) == expected(whole)
    scored = score(rules_from(content_of(criteria_set)), record_from(whole, survey.kind))
    assert (survey.total, survey.score["total"]) == (scored.total, str(scored.total))
    files = {(piece.category and piece.category.code, piece.caption) for piece in survey.evidence}
    assert files == {("P01", ""), ("P04", ""), (None, "Chữ ký thay mặt đoàn"), (None, "Chữ ký thay mặt cơ sở")}
    assert {(str(piece.lat), str(piece.accuracy_m)) for piece in survey.evidence} == {("21.3227", "12.5")}
    return survey


def test_a_folder_of_instances(session, tmp_path, filled, whole, visit, criteria_set, run):
    answer = run(instances(tmp_path, filled(whole)))
    assert answer.exit_code == 0, answer.output
    survey = check_arrived(session, criteria_set, whole)
    assert survey.visit_id == visit.id


def test_the_zip_of_central(session, tmp_path, filled, whole, criteria_set, run):
    one, other = filled(whole), filled(whole, establishment="CS-000000")
    answer = run(central(tmp_path / "thu.zip", one, other))
    assert answer.exit_code == 1
    assert "CS-000000" in answer.output
    check_arrived(session, criteria_set, whole)


def test_the_workbook_of_kobo_with_a_folder_of_attachments(session, tmp_path, filled, whole, criteria_set, run):
    instance, media = filled(whole, instance_id="uuid:7f2c6e1a-0000-4000-8000-000000000001")
    folder = tmp_path / "attachments" / "7f2c6e1a-0000-4000-8000-000000000001"
    folder.mkdir(parents=True)
    for name, content in media.items():
        (folder / name).write_bytes(content)
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "p1.jpg").write_bytes(b"another survey's")
    answer = run(kobo(tmp_path / "thu.xlsx", (instance, media)), folder.parent)
    assert answer.exit_code == 0, answer.output
    assert check_arrived(session, criteria_set, whole).id == "7f2c6e1a-0000-4000-8000-000000000001"


def test_a_csv_that_excel_saved_in_vietnamese(session, tmp_path, filled, whole, criteria_set, run):
    instance, media = filled(whole)
    row, repeats = rows_of(instance, "-")
    key = row["meta-instanceID"]
    row["sheet-sheet_head-period_from"], row["sheet-sheet_head-period_to"] = "01/07/2026", "30/09/2026"
    for line in repeats["lines"]:
        line["opening"] = line["opening"].replace(".", ",")
    (tmp_path / "thu.csv").write_text("\ufeff" + write_csv([{**row, "KEY": key}], ";"), encoding="utf-8")
    for name, rows in repeats.items():
        rows = [{**one, "PARENT_KEY": key} for one in rows] or [{"PARENT_KEY": ""}]
        (tmp_path / f"thu-{name}.csv").write_text(write_csv(rows, ";"))
    for name, content in media.items():
        (tmp_path / name).write_bytes(content)
    answer = run(tmp_path / "thu.csv")
    assert answer.exit_code == 0, answer.output
    check_arrived(session, criteria_set, whole)


def test_the_same_again_is_nothing_new(session, tmp_path, filled, whole, run):
    one = filled(whole)
    run(instances(tmp_path / "a", one))
    revision = only(session).revision
    answer = run(central(tmp_path / "b.zip", one))
    assert answer.exit_code == 0
    assert "đã có" in answer.output
    assert only(session).revision == revision
    assert len(session.scalars(select(Evidence)).all()) == 4


def test_other_content_under_the_same_name_is_kept_beside(session, tmp_path, filled, whole, run):
    run(instances(tmp_path / "a", filled(whole, instance_id="uuid:7f2c6e1a-0000-4000-8000-000000000002")))
    whole["answers"]["A4"] = {"step": 1}
    answer = run(instances(tmp_path / "b", filled(whole, instance_id="uuid:7f2c6e1a-0000-4000-8000-000000000002")))
    assert answer.exit_code == 0, answer.output
    session.expire_all()
    first, twin = sorted(session.scalars(select(Survey)), key=lambda survey: survey.twin_of_id or "")
    assert twin.twin_of_id == first.id
    assert twin.id in answer.output
    assert (first.document["answers"]["A4"], twin.document["answers"]["A4"]) == ({"step": 3}, {"step": 1})


def test_what_lacks_something_is_kept_open_and_says_what(session, tmp_path, filled, whole, inspector, run):
    del whole["answers"]["B9"]
    one = filled(whole, store_signature=None)
    answer = run(instances(tmp_path / "a", one))
    assert answer.exit_code == 0
    assert "B9" in answer.output and "/edit" in answer.output
    survey = only(session)
    assert survey.state == SurveyState.DRAFT
    assert survey.document["answers"]["A4"] == {"step": 3}
    save_survey(survey, {"answers": {"B9": {"number": 4}}, "signatures": {"store": {
        "title": "Quản lý", "strokes": [[[1, 1], [9, 9]]]}}}, by=inspector, at=AT)
    submit_survey(survey, by=inspector, at=AT)
    session.commit()
    assert only(session).state == SurveyState.SUBMITTED
    assert "giữ nguyên" in run(instances(tmp_path / "b", one)).output


def test_a_store_that_does_not_sign_says_why(session, tmp_path, filled, whole, run):
    reason = "Vắng mặt, sẽ ký sau"
    answer = run(instances(tmp_path, filled(whole, store_signature=None, store_signs="no", store_refused=reason)))
    assert answer.exit_code == 0, answer.output
    assert only(session).state == SurveyState.SUBMITTED
    assert document_of(only(session))["signatures"]["store"]["refused"] == reason


def test_a_photo_that_lacks_or_is_none_leaves_the_survey_open(session, tmp_path, filled, whole, run):
    instance, media = filled(whole)
    media = {**media, "p1.jpg": b"no picture"}
    del media["p4.jpg"]
    answer = run(instances(tmp_path, (instance, media)))
    assert answer.exit_code == 0, answer.output
    assert "p4.jpg" in answer.output and "lines.1" in answer.output
    assert only(session).state == SurveyState.DRAFT
    assert len(only(session).evidence) == 2


def test_a_dry_run_writes_nothing(session, tmp_path, filled, whole, run, establishment):
    other = establishment("Siêu thị Chưa Có Lịch")
    answer = run(instances(tmp_path, filled(whole), filled(whole, establishment=other.number)), "--dry-run",
                 "--new-visits")
    assert answer.exit_code == 0, answer.output
    assert all(words in answer.output for words in ("mới", "đã nộp: 2", "chưa ghi gì"))
    session.expire_all()
    assert session.scalars(select(Survey)).all() == []
    assert len(session.scalars(select(Visit)).all()) == 1


def test_a_visit_is_planned_when_asked_for(session, tmp_path, filled, whole, run, establishment, inspector):
    other = establishment("Siêu thị Chưa Có Lịch")
    folder = instances(tmp_path, filled(whole, establishment=other.number))
    refused = run(folder)
    assert refused.exit_code == 1
    assert "24/11/2026" in refused.output and "--new-visits" in refused.output
    assert run(folder, "--new-visits").exit_code == 0
    made = only(session).visit
    assert (made.establishment_id, made.planned_on) == (other.id, date(2026, 11, 24))
    assert [member.user_id for member in made.members] == [inspector.id]
    assert run(folder).exit_code == 0


@pytest.mark.parametrize(("changed", "words"), [
    ({"criteria_set": "THU 9.9"}, "THU 9.9"), ({"establishment": "CS-777777"}, "CS-777777"),
    ({"kind": Kind.TRADE_CENTRE.value}, "loại hình"), ({"period_from": "tháng bảy"}, "period_from"),
    ({"start": None}, "--visit"), ({"receipts": "mười hai"}, "receipts"), ({"step_A4": "7"}, "answers.A4.step"),
    ({"part_A6": "99"}, "answers.A6.numerator")])
def test_what_cannot_be_taken_in_is_told_and_others_go_through(session, tmp_path, filled, whole, run, changed, words):
    answer = run(instances(tmp_path, filled(whole, **changed), filled(whole)))
    assert answer.exit_code == 1
    assert words in answer.output
    assert only(session).state == SurveyState.SUBMITTED


def test_the_visit_can_be_named(session, tmp_path, filled, whole, run, visit):
    folder = instances(tmp_path, filled(whole, start=None))
    assert run(folder, "--visit", visit.id).exit_code == 0
    assert only(session).visit_id == visit.id
    assert run(folder, "--visit", 99999).exit_code == 1


def test_only_somebody_of_the_team(session, tmp_path, filled, whole, run, person, visit):
    folder = instances(tmp_path, filled(whole))
    stranger, viewer = person(Role.INSPECTOR), person(Role.VIEWER)
    assert run(folder, "--visit", visit.id, by=stranger.email).exit_code == 1
    assert "nobody" in run(folder, by=viewer.email).output
    session.expire_all()
    assert session.scalars(select(Survey)).all() == []


@pytest.mark.parametrize("text", [
    b"<data id='thu'><meta><instanceID>uuid:1", b"", b"<html><body/></html>",
    b"<!DOCTYPE d [<!ENTITY a 'b'>]><data id='thu'><meta><instanceID>&a;</instanceID></meta></data>"])
def test_broken_xml(session, tmp_path, run, criteria_set, text):
    (tmp_path / "submission.xml").write_bytes(text)
    assert run(tmp_path / "submission.xml").exit_code == 1


def test_broken_archives_and_paths(session, tmp_path, run):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 broken")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    for name in ("a.zip", "b.xlsx", "c.zip", "not-there.zip"):
        answer = run(tmp_path / name)
        assert answer.exit_code == 1
        assert len(answer.output) > 30


def test_an_instance_id_of_another_kind_is_the_same_survey_again(session, tmp_path, filled, whole, run):
    one = filled(whole, instance_id="2026-11-24/may-1/17")
    run(instances(tmp_path, one))
    assert uuid.UUID(only(session).id).version == 5
    run(instances(tmp_path / "b", one))
    assert only(session)

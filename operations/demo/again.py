"""Looked at a second time: follow-ups of what was not in order, and a visit that two tablets came back from."""

from copy import deepcopy
from datetime import date, timedelta
from random import Random

from operations.demo.moments import at
from operations.demo.process import Process, attach, list_files, name, sign
from retail.models import Establishment
from surveys.actions import plan_visit, review_survey, save_survey, start_survey, submit_survey
from surveys.models import Survey, Visit
from surveys.queries import asked_on, list_open_points
from surveys.rules.manifest import Manifest
from surveys.rules.words import Nature, ReviewOutcome


def follow_up(process: Process, stores: list[Establishment], today: date) -> None:
    """What was open longest was put right three weeks ago; the next is looked at again tomorrow."""
    by_id = {store.id: store for store in stores}
    done = today - timedelta(days=21)
    points = list_open_points(done - timedelta(days=1), list(by_id))
    for found, day in zip(points, (done, today + timedelta(days=1)), strict=False):
        visit = plan(process, by_id[found.establishment_id], day, min(day, today))
        if day == done:
            put_right(process, visit, done)


def plan(process: Process, store: Establishment, day: date, planned: date) -> Visit:
    """A follow-up visit of the team."""
    lead, inspector = process.people["lead"], process.people["inspector"]
    return plan_visit(establishment=store, nature=Nature.FOLLOW_UP, planned_on=day, team=[lead, inspector], lead=lead,
                      is_demo=True, by=lead, at=at(planned, 7))


def put_right(process: Process, visit: Visit, day: date) -> Survey:
    """Everything that was open is met now; approved a week later."""
    random, inspector = Random(f"follow-up-{day}"), process.people["inspector"]
    survey = start_survey(visit, name(random), by=inspector, at=at(day, 8))
    asked = asked_on(visit) or []
    answers = {code: {"yes": True, "note": "Đã khắc phục, xem ảnh chụp lại (minh hoạ)."} for code in asked}
    manifest = [item for item in list_files(survey, survey.document, random, at(day, 9))
                if item["criterion"] in asked]
    hand_in(process, survey, {"answers": answers}, manifest, day, "inspector")
    review_survey(survey, outcome=ReviewOutcome.APPROVED, reasons="Điểm không phù hợp đã khắc phục (minh hoạ).",
                  na_confirmed=True, by=process.people["reviewer"], at=at(day + timedelta(days=7), 14))
    return survey


def hand_in(process: Process, survey: Survey, said: dict, manifest: Manifest, day: date, who: str) -> None:
    """Signed by both sides, with its files, and submitted."""
    random, by = Random(survey.id), process.people[who]
    said |= {"observed_at": at(day, 9).isoformat(), "signatures": {
        side: sign(title, random, at(day, 10)) for side, title in (
            ("team", "Trưởng đoàn"), ("store", "Cửa hàng trưởng"))}}
    attach(survey, manifest, by, at(day, 9))
    save_survey(survey, said, manifest=manifest, by=by, at=at(day, 10))
    submit_survey(survey, by=by, at=at(day, 11))


def survey_twice(process: Process, survey: Survey) -> Survey:
    """The head of the team filled in the same visit on another tablet, and saw three things otherwise."""
    random, day, lead = Random(f"twice-{survey.id}"), survey.visit.planned_on, process.people["lead"]
    second = start_survey(survey.visit, name(random), by=lead, at=at(day, 8, 55))
    said = deepcopy({key: value for key, value in survey.document.items() if key != "signatures"})
    said["answers"]["B8"] = {"step": 1, "note": "Trạm mượn túi đặt khuất sau quầy, khách không thấy (minh hoạ)."}
    said["receipts"] += 120
    said["lines"][0]["purchased"] = str(int(said["lines"][0]["purchased"]) + 400)
    manifest = [{**item, "id": name(random)} for item in survey.manifest]
    hand_in(process, second, said, manifest, day, "lead")
    return second

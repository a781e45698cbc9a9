"""Fills an empty database with the invented province of the demonstration. The same day gives the same data."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from accounts.models import User
from certification.rules import EventKind
from foundation import clock
from foundation.db import db
from operations.demo.again import follow_up, survey_twice
from operations.demo.devices import add_devices
from operations.demo.moments import at
from operations.demo.people import add_people
from operations.demo.process import Process, name
from operations.demo.register import Builder, Story
from operations.demo.sheets import Wanted, make_document
from plan.actions import add_activity
from plan.actions import load_defaults as load_plan
from plan.rules import ActivityKind
from retail.models import Establishment
from retail.rules import Kind
from surveys.actions import load_default_criteria, plan_visit, save_survey, start_survey
from surveys.models import Survey
from surveys.rules.words import Nature
from territory.actions import load as load_territory

START = at(date(2021, 1, 4))  # when the department began
YEARS = range(2021, 2027)
SUSPENSION = ((EventKind.SUSPENDED, date(2026, 11, 3),
               "Tỷ lệ thay thế đo năm 2026 dưới ngưỡng, quá 60 ngày chưa khắc phục (minh hoạ)."),)
SMALL = (  # end of the sheet, level granted, what happened afterwards
    (date(2024, 9, 30), 1, ()),
    (date(2025, 3, 31), 1, ((EventKind.WITHDRAWN, date(2026, 2, 10), "Dùng lại khay xốp (minh hoạ)."),)),
    (date(2025, 6, 30), 1, (
        (EventKind.SUSPENDED, date(2025, 12, 1), "Chậm nộp số liệu (minh hoạ)."),
        (EventKind.REINSTATED, date(2025, 12, 20), "Đã nộp đủ số liệu (minh hoạ)."),
        (EventKind.TERMINATED, date(2026, 5, 5), "Theo đề nghị của cơ sở (minh hoạ)."))),
    (date(2026, 3, 31), None, ()),
)
Say = Callable[[str], object]
Conclude = Callable[[Survey], object]


def load(*, host: str, say: Say, now: datetime | None = None) -> None:
    """Everything, in some half a minute. Flushes; the caller commits."""
    now = now or clock.now()
    say("Demo data: administrative units…")
    load_territory(at=START)
    load_plan(at=START)
    criteria = load_default_criteria(by=None, at=START)
    people = add_people(START)
    say("Demo data: establishments…")
    builder = Builder(people, START)
    stories, small = builder.add_counted(), builder.add_small()
    advise(stories, people)
    process = Process(people, criteria, host)
    for year in YEARS:
        say(f"Demo data: surveys of {year}…")
        told = [*tell(process, stories, year), *tell_small(process, small, year)]
        for survey, conclude in sorted(told, key=lambda pair: pair[0].visit.planned_on):
            conclude(survey)
        db.session.flush()
    leave_work(process, stories, small, clock.local(now).date())
    add_devices(people, now)


def advise(stories: list[Story], people: dict[str, User]) -> None:
    """Guidance at some of the stores: its people judge nothing there."""
    for number, story in enumerate(stories[:12]):
        held = date(2022, 3, 10) + timedelta(97 * number)
        add_activity(kind=ActivityKind.GUIDANCE, establishment=story.establishment, held_on=held,
                     people=[people["adviser"]], note="Hướng dẫn dùng bao bì thân thiện môi trường (minh hoạ)",
                     is_demo=True, by=people["clerk"], at=at(held + timedelta(1)))


def wanted(story: Story, year: int, share: Decimal, level: int | None) -> Wanted:
    """What the survey of a year should show."""
    end = story.sheet_end(year)
    begin = date(end.year - (end.month < 3), (end.month - 3) % 12 + 1, 1)
    kind = story.establishment.kind
    return Wanted(share=share, period_from=begin, period_to=end, plastic_kg=int(story.row["plastic_kg"] or 200),
                  level=level, fails=story.fails if year >= 2025 else frozenset(),
                  sells_food=kind != Kind.SPECIALISED, is_trade_centre=kind == Kind.TRADE_CENTRE)


def tell(process: Process, stories: list[Story], year: int) -> Iterator[tuple[Survey, Conclude]]:
    """The surveys of a year, each with what is to come of it."""
    for story in stories:
        share, level = story.share(year), story.certified.get(year)
        if share is None:
            continue
        survey = process.survey(
            story.establishment, wanted(story, year, share, level), key=f"{story.row['key']}-{year}",
            nature=Nature.CERTIFICATION if level else Nature.PLANNED)
        events = SUSPENSION if story.row["key"] == "ST12" else ()
        yield survey, partial(process.conclude, level=level, events=events)


def tell_small(process: Process, small: list[Establishment], year: int) -> Iterator[tuple[Survey, Conclude]]:
    """Convenience stores: one kept its certificate, one lost it, one gave it up, one was refused."""
    for number, (store, (end, level, events)) in enumerate(zip(small, SMALL, strict=False)):
        if end.year != year:
            continue
        survey = process.survey(store, Wanted(
            share=Decimal(78), period_from=end.replace(month=end.month - 2, day=1), period_to=end, plastic_kg=24,
            level=level, fails=frozenset() if level else frozenset({"A3"})),
            key=f"small-{number}", nature=Nature.CERTIFICATION)
        yield survey, partial(process.conclude, level=level, events=events) if level else partial(
            process.refuse, reasons="Chưa ký cam kết chống rác thải nhựa (A3), điểm không phù hợp nặng (minh hoạ).")


def leave_work(process: Process, stories: list[Story], small: list[Establishment], today: date) -> None:
    """Something on every desk: visits today, a survey to review, an application to decide, one waiting."""
    lead, inspector = process.people["lead"], process.people["inspector"]
    stores = {story.row["key"]: story for story in stories}
    for days, key in enumerate(("ST24", "TT09", "ST27")):
        plan_visit(establishment=stores[key].establishment, nature=Nature.PLANNED,
                   planned_on=today + timedelta(3 * days), team=[lead, inspector], lead=lead, is_demo=True,
                   criteria_set=process.criteria, by=lead, at=at(today, 7))
    draft(process, stores["ST14"].establishment, today)
    end = (date(today.year, today.month, 1) - timedelta(days=1)).replace(day=1) - timedelta(days=1)
    begin = date(end.year - (end.month < 3), (end.month - 3) % 12 + 1, 1)
    random = Random("work")
    for number, store in enumerate(small[8:13]):
        survey = process.survey(store, Wanted(
            share=Decimal(64 + 5 * number), period_from=begin, period_to=end, plastic_kg=20 + random.randint(0, 9),
            level=1), key=f"work-{number}-{end}", nature=Nature.CERTIFICATION)
        if number == 4:  # decided this week, valid from a month ahead
            process.grant(survey, 1, decided=at(today, 8), valid_from=today + timedelta(days=31))
        if number < 3:
            process.apply(survey, 1)
        if number == 0:
            process.approve(survey, days=1)
        if number == 3:
            survey_twice(process, survey)
    follow_up(process, [*(story.establishment for story in stories), *small], today)


def draft(process: Process, establishment: Establishment, today: date) -> None:
    """A survey begun today: two groups are answered, the rest waits for the inspector."""
    lead, inspector = process.people["lead"], process.people["inspector"]
    visit = plan_visit(establishment=establishment, nature=Nature.PLANNED, planned_on=today, team=[lead, inspector],
                       lead=lead, is_demo=True, criteria_set=process.criteria, by=lead, at=at(today, 7))
    survey = start_survey(visit, name(Random("draft")), by=inspector, at=at(today, 8))
    end = today.replace(day=1) - timedelta(days=1)
    whole = make_document(Wanted(share=Decimal(58), period_from=end.replace(day=1), period_to=end, plastic_kg=190,
                                 level=None), process.criteria, Random("draft"))
    begun = {code: answer for code, answer in whole["answers"].items() if code[0] in "AE"}
    save_survey(survey, {"answers": begun}, by=inspector, at=at(today, 9))

"""Number series without gaps, however many people decide at once: real connections, a database of its own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select
from typst import TypstError

from accounts.models import User
from accounts.permissions import Role
from certification.actions import decide, decisions, take_application
from certification.models import Application, Certificate, Decision
from certification.rules import Outcome
from foundation.audit import find_break
from foundation.db import db
from foundation.errors import RuleBroken
from tests.certification.conftest import HOST, TODAY, make_criteria_set, make_survey
from tests.conftest import AT

THREADS, EACH = 8, 3


def prepare(establishment, person):
    """Applications ready to decide, and the decider."""
    lead, reviewer, decider = person(Role.LEAD), person(Role.REVIEWER), person(Role.DECIDER)
    criteria_set = make_criteria_set(db.session)
    ids = []
    for number in range(THREADS * EACH):
        store = establishment("Không in được" if number % EACH == 1 else f"Siêu thị {number}")
        application = take_application(store, received_on=TODAY, by=None, at=AT)
        make_survey(db.session, store, criteria_set, lead, approved_by=reviewer, at=AT - timedelta(days=7))
        ids.append(application.id)
    decider_id = decider.id
    db.session.commit()
    return ids, decider_id


def test_no_gap_and_no_number_twice(apart, establishment, person, monkeypatch):
    def print_or_fail(facts):
        if facts["name"] == "Không in được":
            raise TypstError("does not fit")
        return facts["number"].encode(), facts["url"].encode()

    monkeypatch.setattr(decisions, "render", print_or_fail)
    ids, decider_id = prepare(establishment, person)

    def work(mine):
        failed = 0
        with apart.app_context():
            for application_id in mine:
                try:
                    decide(db.session.get_one(Application, application_id), outcome=Outcome.GRANTED, level_rank=2,
                           reasons="", by=db.session.get_one(User, decider_id), at=AT, host=HOST)
                    db.session.commit()
                except RuleBroken:
                    db.session.rollback()
                    failed += 1
        return failed

    with ThreadPoolExecutor(THREADS) as pool:
        failed = sum(pool.map(work, [ids[n::THREADS] for n in range(THREADS)]))
    assert failed == THREADS * EACH // EACH
    made = THREADS * EACH - failed
    for table in (Decision, Certificate):
        assert sorted(db.session.scalars(select(table.sequence))) == list(range(1, made + 1))
    assert find_break() is None


def test_two_who_decide_the_same_application_at_once(apart, establishment, person):
    ids, decider_id = prepare(establishment, person)

    def work(_number):
        with apart.app_context():
            try:
                decide(db.session.get_one(Application, ids[0]), outcome=Outcome.REFUSED, level_rank=None,
                       reasons="Chưa đủ", by=db.session.get_one(User, decider_id), at=AT, host=HOST)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return 0
            return 1

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(work, range(THREADS))) == 1

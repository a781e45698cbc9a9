"""The demonstration shows what it should, twice the same, and goes without a trace."""

import shutil
from datetime import date

import pytest
import sqlalchemy as sa

from accounts.models import Device, User
from certification.models import Certificate, Decision
from certification.rules import CertificateState
from foundation.audit import find_break
from foundation.db import db
from foundation.numbers import NumberSeries
from operations import demo
from retail.models import Establishment
from retail.rules import COUNTED, Kind
from surveys.models import Survey, Visit
from surveys.rules.words import SurveyState
from tests.fixtures.demonstration import NOW, make_app


@pytest.fixture
def filled(demo_as_built, tmp_path):
    """A session on a copy of the demonstration that may be changed."""
    shutil.copytree(demo_as_built, tmp_path / "own")
    with make_app(tmp_path / "own").app_context():
        yield db.session
        db.session.remove()
        db.engine.dispose()


def test_it_loads_and_goes_on_the_other_database_too(session, db_url, monkeypatch):
    if db_url.startswith("sqlite"):
        pytest.skip("the shared demonstration is loaded on SQLite")
    monkeypatch.setattr(demo.loading, "YEARS", range(2026, 2027))  # one year of six: the same verbs
    demo.load(host="minhhoa.example.vn", say=lambda text: None, now=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Certificate)) == 12
    assert demo.remove()["establishments"] == 111


def test_it_looks_like_the_province_and_goes_again(filled):
    session = filled
    places = list(session.scalars(sa.select(Establishment)))
    open_ones = [p for p in places if p.kind in COUNTED and p.status_on(date(2026, 11, 24)) == "operating"]
    assert (len(open_ones), sum(p.kind is Kind.TRADE_CENTRE for p in open_ones)) == (38, 9)
    assert sum(p.kind is Kind.CONVENIENCE for p in places) == 60
    assert sum(p.kind not in COUNTED and p.kind is not Kind.CONVENIENCE for p in places) == 12
    assert all(p.is_demo for p in places)

    states = {c.state_on(date(2026, 11, 24)) for c in session.scalars(sa.select(Certificate))}
    assert states == set(CertificateState)
    for decision in session.scalars(sa.select(Decision).where(Decision.level_rank.is_not(None))):
        assert decision.level_rank <= decision.survey.level_rank
    numbered = list(session.execute(
        sa.select(Decision.year, Decision.sequence, Decision.decided_at).order_by(Decision.year, Decision.sequence)))
    assert [row.decided_at for row in numbered] == sorted(row.decided_at for row in numbered)

    surveys = list(session.scalars(sa.select(Survey)))
    assert {s.state for s in surveys} >= {SurveyState.SUBMITTED, SurveyState.APPROVED}
    assert all(s.unit.valid_to is None or s.created_at.date() < s.unit.valid_to for s in surveys)
    assert session.scalar(sa.select(sa.func.count()).where(Visit.planned_on == date(2026, 11, 24))) == 2

    devices = list(session.scalars(sa.select(Device).order_by(Device.id)))
    assert [(d.tone_at(NOW), d.revoked_at is not None) for d in devices] == [("no", False), ("", False), ("", True)]

    gone = demo.remove()
    session.commit()
    assert gone["establishments"] == len(places)
    for table in (User, Device, Establishment, Survey, Certificate, NumberSeries):
        assert session.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert find_break() is None
    assert demo.remove() == {}

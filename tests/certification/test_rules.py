"""States, numbers and codes, without a database."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.rules import (
    LENGTH,
    TERMINAL,
    TRANSITIONS,
    CertificateState,
    EventKind,
    format_application_number,
    format_certificate_number,
    format_decision_number,
    is_allowed,
    last_day,
    new_code,
    normalise_code,
    state_on,
)

FROM, UNTIL = date(2026, 12, 5), date(2029, 12, 4)
State, Kind = CertificateState, EventKind


@dataclass(frozen=True)
class Event:
    kind: EventKind
    effective_on: date


days = st.dates(date(2026, 11, 1), date(2030, 1, 31))
histories = st.lists(st.builds(Event, st.sampled_from(EventKind), days), max_size=6)


def on(day, *events):
    return state_on(FROM, UNTIL, events, day)


@pytest.mark.parametrize("day, state", [
    (FROM - timedelta(days=1), State.NOT_YET_VALID), (FROM, State.VALID), (UNTIL, State.VALID),
    (UNTIL + timedelta(days=1), State.EXPIRED)])
def test_dates_alone(day, state):
    assert on(day) is state


def test_suspended_and_back():
    events = Event(Kind.SUSPENDED, date(2027, 3, 1)), Event(Kind.REINSTATED, date(2027, 4, 1))
    assert [on(date(2027, month, 1), *events) for month in (2, 3, 4)] == [State.VALID, State.SUSPENDED, State.VALID]


def test_a_suspended_certificate_expires():
    assert on(UNTIL + timedelta(days=1), Event(Kind.SUSPENDED, date(2027, 3, 1))) is State.EXPIRED


def test_what_ended_before_its_last_day_never_expires():
    assert on(date(2031, 1, 1), Event(Kind.WITHDRAWN, UNTIL)) is State.WITHDRAWN


def test_what_expired_stays_expired():
    assert on(date(2031, 1, 1), Event(Kind.WITHDRAWN, UNTIL + timedelta(days=1))) is State.EXPIRED


def test_withdrawn_before_its_first_day():
    assert on(FROM, Event(Kind.WITHDRAWN, FROM - timedelta(days=2))) is State.WITHDRAWN


def test_the_order_of_two_events_on_one_day_is_that_of_recording():
    day = date(2027, 3, 1)
    assert on(day, Event(Kind.SUSPENDED, day), Event(Kind.REINSTATED, day)) is State.VALID


def test_an_ending_may_go_before_what_is_recorded_for_later():
    later = Event(Kind.SUSPENDED, date(2027, 6, 1))
    assert is_allowed(Kind.WITHDRAWN, FROM, UNTIL, [later], date(2027, 3, 1))
    assert not is_allowed(Kind.SUSPENDED, FROM, UNTIL, [later], date(2027, 3, 1))


def test_every_state_has_its_transitions():
    assert set(TRANSITIONS) == set(CertificateState)
    assert all(not TRANSITIONS[state] for state in TERMINAL)


@settings(max_examples=200)
@given(histories, days, st.integers(0, 900))
def test_a_terminal_state_never_leaves(events, day, later):
    if (state := on(day, *events)) in TERMINAL:
        assert on(day + timedelta(days=later), *events) is state


@settings(max_examples=200)
@given(histories, st.lists(st.sampled_from(EventKind), max_size=3), days)
def test_what_happens_later_never_changes_a_past_day(events, kinds, day):
    after = [Event(kind, day + timedelta(days=1)) for kind in kinds]
    assert on(day, *events, *after) is on(day, *events)


@settings(max_examples=200)
@given(histories, st.sampled_from(EventKind), days)
def test_what_is_allowed_leads_where_the_table_says(events, kind, day):
    if is_allowed(kind, FROM, UNTIL, events, day):
        assert on(day, *events, Event(kind, day)) is TRANSITIONS[on(day, *events)][kind]


@pytest.mark.parametrize("start, months, end", [
    (date(2026, 12, 5), 36, date(2029, 12, 4)), (date(2024, 2, 29), 36, date(2027, 2, 27)),
    (date(2027, 1, 31), 1, date(2027, 2, 27)), (date(2027, 1, 1), 12, date(2027, 12, 31))])
def test_last_day(start, months, end):
    assert last_day(start, months) == end


def test_numbers():
    assert format_application_number(23, 2026) == "0023/2026"
    assert format_decision_number(12, 2026) == "0012/2026/QĐ-SCT"
    assert format_certificate_number(7, 2026) == "0007/2026/GCN-SCT"
    assert format_certificate_number(12345, 2026) == "12345/2026/GCN-SCT"


def test_codes_cannot_be_guessed_or_misread():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{11}", code) for code in codes)
    assert 30 ** LENGTH >= 2 ** 50


@pytest.mark.parametrize("typed", ["7K3M9QXW2AB", "7k3m9qxw2ab", " 7k3m-9qxw-2ab ", "7K3M 9QXW 2AB"])
def test_a_code_in_any_spelling(typed):
    assert normalise_code(typed) == "7K3M9QXW2AB"


@pytest.mark.parametrize("typed", [
    "", "7K3M9QXW2A", "7K3M9QXW2ABC", "7K3M9QXW2A0", "7K3M9QXW2AU", "7K3M9QXW2Aſ", "x" * 999])
def test_what_cannot_be_a_code(typed):
    assert normalise_code(typed) is None


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_is_not(text):
    code = normalise_code(text)
    assert code is None or normalise_code(code) == code

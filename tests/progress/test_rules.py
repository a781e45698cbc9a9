"""The algebra of coverage."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progress.rules import (
    AsOf,
    Coverage,
    Sheet,
    Span,
    Standing,
    Store,
    assess,
    gap,
    goal,
    line_on,
    needed,
    pace,
    standing,
    threshold_of,
)
from progress.rules.stores import year_before
from retail.rules import Kind, Status

D = date(2026, 11, 24)
AT = AsOf(D, datetime(2026, 11, 24, 16, 59, 59, tzinfo=UTC))
PLAN = [(date(2025, 12, 31), Decimal(85)), (date(2026, 12, 31), Decimal(88)), (date(2030, 12, 31), Decimal(100))]

days = st.dates(date(2021, 1, 1), date(2027, 12, 31))
grams = st.decimals(0, 1_000_000, places=6)
percents = st.decimals(0, 100, places=2)


def instants(day):
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


@st.composite
def sheets(draw):
    used = draw(grams)
    until = draw(days)
    reviews = tuple((instants(until) + timedelta(days=n), draw(st.booleans())) for n in range(draw(st.integers(0, 3))))
    return Sheet(str(draw(st.uuids())), until, draw(st.one_of(st.none(), st.just(used / 2), st.just(used))), used,
                 draw(st.booleans()), reviews)


@st.composite
def stores(draw):
    opened = draw(days)
    closed = draw(st.one_of(st.none(), st.just(opened + timedelta(days=400))))
    spans = [Span(Status.OPERATING, opened, closed)]
    if closed:
        spans.append(Span(Status.CLOSED, closed, None))
    n = draw(st.integers(1, 10_000))
    return Store(n, f"CS-{n:06d}", f"Siêu thị {n}", Kind.SUPERMARKET, False, tuple(spans), (Span(1, opened, None),),
                 tuple(draw(st.lists(sheets(), max_size=3))), ())


def one(share, *, until=date(2026, 9, 30), conditions=True, used="1000"):
    replaced = None if share is None else Decimal(share) * Decimal(used) / 100
    return Sheet("s", until, replaced, Decimal(used), conditions, ((instants(until), True),))


@pytest.mark.parametrize("sheet, expected", [
    (None, Standing.NEVER),
    (one("60"), Standing.COVERED),
    (one("59.999999"), Standing.BELOW),
    (one(None), Standing.BELOW),
    (one("0", used="0"), Standing.BELOW),
    (one("99", conditions=False), Standing.CONDITIONS),
    (one("99", until=date(2025, 11, 24)), Standing.COVERED),  # twelve months to the day
    (one("99", until=date(2025, 11, 23)), Standing.STALE),
])
def test_each_store_has_one_standing(sheet, expected):
    assert standing(sheet, D, Decimal(60)) == expected


def test_a_year_before_a_leap_day():
    assert year_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize("target, total, expected", [("85", 20, 17), ("88", 38, 34), ("100", 38, 38), ("85", 0, 0),
                                                     ("0", 38, 0), ("33.33", 3, 1)])
def test_needed_is_rounded_up(target, total, expected):
    assert needed(Decimal(target), total) == expected


@given(percents, st.integers(0, 500), st.integers(0, 500))
def test_covered_and_gap_reach_the_target_and_no_more(target, total, covered):
    covered = min(covered, total)
    missing = gap(target, covered, total)
    assert (covered + missing) * 100 >= target * total
    assert missing == 0 or (covered + missing - 1) * 100 < target * total
    assert 0 <= missing <= total - covered


def test_the_worked_figures_of_the_plan():
    found = goal((date(2030, 12, 31), Decimal(100)), D, 21, 38)
    assert (found.needed, found.gap, round(found.pace, 1)) == (38, 17, Decimal("4.1"))
    assert pace(17, date(2030, 12, 31), date(2030, 12, 31)) is None


def test_the_line_runs_straight_between_targets():
    assert line_on(PLAN, date(2025, 12, 30)) is None
    assert line_on(PLAN, date(2025, 12, 31)) == 85
    assert line_on(PLAN, date(2026, 12, 31)) == 88
    assert 94 < line_on(PLAN, date(2028, 12, 31)) < Decimal("94.01")  # a leap year on the way
    assert line_on(PLAN, date(2040, 1, 1)) == 100
    assert line_on([], D) is None


@given(days, days)
def test_the_line_never_falls(one_day, other):
    low, high = sorted((one_day, other))
    assert (line_on(PLAN, low) or 0) <= (line_on(PLAN, high) or 0)


def test_a_year_without_threshold_takes_the_latest_before():
    known = {2021: Decimal(50), 2026: Decimal(60)}
    assert [threshold_of(known, year) for year in (2020, 2025, 2031)] == [None, 50, 60]


many = st.lists(stores(), max_size=8, unique_by=lambda store: store.id)


@settings(max_examples=60, deadline=None)
@given(many, days, percents)
def test_covered_never_exceeds_the_total_and_standings_add_up(found, on, threshold):
    figures = Coverage(assess(found, AsOf(on, instants(on)), {1}, threshold))
    assert figures.covered <= figures.fresh <= figures.total == sum(figures.counts.values())
    assert figures.percent is None or 0 <= figures.percent <= 100
    assert figures.volume is None or 0 <= figures.volume <= 100
    assert len(figures.behind("")) == len(figures.behind("covered")) + len(figures.behind("uncovered"))


@settings(max_examples=60, deadline=None)
@given(many, days, percents, percents)
def test_a_higher_threshold_never_covers_more(found, on, one_share, other):
    low, high = sorted((one_share, other))
    at = AsOf(on, instants(on))
    assert Coverage(assess(found, at, {1}, low)).covered >= Coverage(assess(found, at, {1}, high)).covered


@settings(max_examples=60, deadline=None)
@given(many, st.randoms())
def test_the_order_of_stores_never_matters(found, random):
    mixed = list(found)
    random.shuffle(mixed)
    assert assess(found, AT, {1}, Decimal(60)) == assess(mixed, AT, {1}, Decimal(60))


@settings(max_examples=60, deadline=None)
@given(stores(), sheets(), days)
def test_what_is_reviewed_later_does_not_change_a_past_day(store, late, on):
    at = AsOf(on, instants(on))
    after = Sheet(late.survey_id, late.period_to, late.replaced, late.used, late.conditions_met,
                  tuple((max(when, at.end + timedelta(seconds=1)), ok) for when, ok in late.reviews))
    grown = Store(store.id, store.number, store.name, store.kind, False, store.statuses, store.places,
                  (*store.sheets, after), ())
    assert [row.standing for row in assess([grown], at, {1}, Decimal(60))] == [
        row.standing for row in assess([store], at, {1}, Decimal(60))]


def test_the_volume_share_weighs_by_grams():
    def store(n, sheet):
        return Store(n, f"CS-{n}", "", Kind.SUPERMARKET, False, (Span(Status.OPERATING, date(2020, 1, 1), None),),
                     (Span(1, date(2020, 1, 1), None),), (sheet,), ())

    found = Coverage(assess([store(1, one("100", used="100")), store(2, one("0", used="300"))], AT, {1}, Decimal(60)))
    assert found.volume == 25 and found.percent == 50


def test_nothing_counted_gives_no_percentage():
    figures = Coverage([])
    assert (figures.percent, figures.volume, figures.total, figures.certified) == (None, None, 0, 0)


def test_a_place_before_it_was_known_is_the_first():
    store = Store(1, "CS-1", "", Kind.SUPERMARKET, False, (Span(Status.OPERATING, date(2020, 1, 1), None),),
                  (Span(7, date(2022, 1, 1), date(2024, 1, 1)), Span(8, date(2024, 1, 1), None)), (), ())
    assert [store.place(day) for day in (date(2021, 1, 1), date(2023, 1, 1), date(2025, 1, 1))] == [7, 7, 8]

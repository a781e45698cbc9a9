"""Lines that fail: cut at any byte, hotel Wi-Fi, errors, slow; each survey arrives whole and once."""

import pytest

from tests.faults.conftest import ROUNDS


def test_a_good_line(tablet):
    survey_id = tablet.hand_in()
    tablet.until(survey_id)
    tablet.check(survey_id)


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_cut_at_a_random_byte(tablet, line, dice, turn):
    line.cut_after(dice.randrange(60_000))
    survey_id = tablet.hand_in()
    tablet.until(survey_id)
    tablet.check(survey_id)


@pytest.mark.parametrize("mode", ["captive", "500", "502", "413", "down"])
def test_something_else_answers(tablet, line, mode):
    line.mode = mode
    survey_id = tablet.hand_in()
    assert tablet.wake(survey_id) in ("ready", "sending")
    line.mode = "good"
    tablet.until(survey_id)
    tablet.check(survey_id)


def test_a_slow_line(tablet, line):
    line.pace = 40_000
    survey_id = tablet.hand_in()
    tablet.until(survey_id, tries=100)
    tablet.check(survey_id)

"""Lines that fail: cut at any byte, hotel Wi-Fi, errors, slow; each survey arrives whole and once."""

from tests.faults.conftest import ROUNDS

LONGEST = 60_000  # bytes: a survey with its photos, and the answers to them


def test_cut_at_random_bytes(tablet, line, dice):
    for turn in range(1, ROUNDS + 1):
        line.cut_after(dice.randrange(LONGEST))
        survey_id = tablet.hand_in()
        tablet.until(survey_id)
        tablet.check(survey_id, count=turn)


def test_something_else_answers(tablet, line):
    """A captive portal's 200, errors, a proxy that takes no photos, nobody at all."""
    for turn, mode in enumerate(["captive", "500", "502", "413", "down"], start=1):
        line.mode = mode
        survey_id = tablet.hand_in()
        assert tablet.wake(survey_id) in ("ready", "sending"), mode
        line.mode = "good"
        tablet.until(survey_id)
        tablet.check(survey_id, count=turn)


def test_a_slow_line(tablet, line):
    line.pace = 40_000
    survey_id = tablet.hand_in()
    tablet.until(survey_id, tries=100)
    tablet.check(survey_id)

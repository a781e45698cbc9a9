"""Two scores of one record: what of them differs."""

from surveys.rules.scores import ScoreDifference, differences_of_scores

SCORE = {"total": "60.83", "level": 1, "replaced": {"share": "40"}, "groups": [
    {"code": "A", "score": "8.00", "criteria": [
        {"code": "A1", "must": True, "met": True, "points": "0.00", "state": "answered"},
        {"code": "A4", "must": False, "met": None, "points": "3.00", "state": "answered"},
        {"code": "A6", "must": False, "met": None, "points": None, "state": "na"}]}]}


def test_equal_scores_do_not_differ():
    assert differences_of_scores(SCORE, SCORE) == [] == differences_of_scores(SCORE, None)


def test_each_figure_is_named():
    line = SCORE["groups"][0]["criteria"]
    other = {**SCORE, "total": "1", "level": None, "groups": [{"code": "A", "score": "7.00", "criteria": [
        {**line[0], "met": False}, {**line[1], "points": "2.00"}, {**line[2], "state": "missing"},
        {"code": "Z9", "points": "1.00"}]}]}
    assert differences_of_scores(SCORE, other) == [
        ScoreDifference("total", "", "60.83", "1"), ScoreDifference("level", "", "1", None),
        ScoreDifference("group", "A", "8.00", "7.00"), ScoreDifference("criterion", "A1", "met", "not met"),
        ScoreDifference("criterion", "A4", "3.00", "2.00"), ScoreDifference("criterion", "A6", "na", "missing"),
        ScoreDifference("criterion", "Z9", None, "1.00")]


def test_what_the_tablet_did_not_send_is_not_compared():
    assert differences_of_scores(SCORE, {"total": "60.83"}) == []

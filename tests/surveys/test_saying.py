"""What a survey says, in words; a tablet's log, whatever it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.models import Criterion
from surveys.saying import say_answer, say_log, say_path, say_skew, say_value

pytestmark = pytest.mark.usefixtures("speaking")


@pytest.fixture(scope="module")
def speaking(app):
    """In the words of a request, in Vietnamese."""
    with app.test_request_context("/"):
        yield


SCALE = Criterion(code="A4", anchors_vi=[f"Bậc {n}" for n in range(5)], anchors_en=None)
anything = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
                        max_leaves=5)


@pytest.mark.parametrize(("answer", "words"), [
    ({}, "chưa trả lời"), ({"note": "Ghi chú"}, "chưa trả lời"), ({"yes": True}, "Có"), ({"yes": False}, "Không"),
    ({"step": 3}, "bậc 3: Bậc 3"), ({"number": 1200}, "1.200"),
    ({"numerator": "45", "denominator": "60"}, "45 / 60 = 75,00\u00a0%"), ({"numerator": "45"}, "45 / –"),
    ({"numerator": "4", "denominator": "0"}, "4 / 0"),
    ({"na": True, "na_reason": "Không bán thực phẩm"}, "Không áp dụng: Không bán thực phẩm")])
def test_answers(answer, words):
    assert say_answer(answer, SCALE) == words


@pytest.mark.parametrize(("name", "value", "words"), [
    ("purchased", "6000.5", "6.000,5"), ("proof_expires_on", "2027-06-30", "30/06/2027"), ("has_statement", True, "Có"),
    ("count_method", "records", "Chứng từ mua hàng"), ("readings_um", ["40", None, "41.5"], "40; –; 41,5"),
    ("signed_at", "2026-11-24T02:10:00Z", "24/11/2026 09:10"), ("strokes", [[[1, 2]], [[3, 4]]], "2 nét"),
    ("remarks", "", "–"), ("purchased", "không biết", "không biết"), ("count_method", 7, "7")])
def test_values(name, value, words):
    assert say_value(name, value) == words


@pytest.mark.parametrize(("path", "words"), [
    ("answers.B4.numerator", "B4 tử số"), ("answers.B4", "B4"), ("lines.P01.N.purchased", "P01 N mua vào"),
    ("bags.0.width_cm", "Túi 1 rộng (cm)"), ("tally.own", "Đếm tại quầy: túi mang theo"),
    ("signatures.team", "Đại diện đoàn khảo sát: chữ ký"), ("receipts", "Số hoá đơn bán hàng"), ("lạ", "lạ"), ("", "")])
def test_places(path, words):
    assert say_path(path) == words


def test_a_log_in_the_order_of_the_tablet():
    told = say_log([
        {"at": "2026-11-24T04:02:00Z", "path": "answers.B4.numerator", "old": "40", "new": "45"},
        {"at": "2026-11-24T03:00:00+07:00", "path": "answers.A1.yes", "old": None, "new": False},
        {"at": "hôm qua", "path": "remarks", "old": "", "new": "x"}, {"path": 7}, "hỏng", None])
    assert [(one.clock, one.place, one.old, one.new) for one in told] == [
        ("11:02", "B4 tử số", "40", "45"), ("03:00", "A1 câu trả lời", "–", "Không"),
        ("–", "Ý kiến của đoàn khảo sát", "–", "x")]


def test_what_a_tablet_notes_as_one_value_is_told_one_by_one():
    bag = {"label": "Túi", "width_cm": "30", "readings_um": ["40", None]}
    lines = [{"category": "P01", "class": "N", "opening": "0", "purchased": "5"}]
    told = say_log([
        {"path": "answers.B1", "old": None, "new": {"yes": True, "note": "Tốt"}},
        {"path": "bags", "old": [bag], "new": [{**bag, "width_cm": "31"}, {"label": "Hai"}]},
        {"path": "lines", "old": None, "new": lines}, {"path": "lines", "old": lines, "new": []},
        {"path": "signatures.team", "old": None, "new": {"title": "Trưởng đoàn", "strokes": [[[1, 2]]]}},
        {"path": "remarks", "old": "", "new": {"length": 2400}}])
    assert [(one.place, one.old, one.new) for one in told] == [
        ("B1", "–", "Có"), ("Túi 1 rộng (cm)", "30", "31"), ("Túi 2", "–", "tên túi Hai"),
        ("P01 N", "–", "mua vào 5"), ("P01 N", "mua vào 5", "–"),
        ("Đại diện đoàn khảo sát: chữ ký", "–", "chức danh người ký Trưởng đoàn, chữ ký 1 nét"),
        ("Ý kiến của đoàn khảo sát", "–", "2400 ký tự")]


@settings(max_examples=80, deadline=None)
@given(st.lists(anything | st.fixed_dictionaries({
    "at": anything, "old": anything, "new": anything,
    "path": st.sampled_from(["answers.A1.yes", "lines.P01.N.purchased", "bags.x.readings_um", "tally", "signatures.q",
                             "bags.0.strokes", "bags", "lines", "answers.A1",
                             "period_from", "count_method", "observed_at"]) | st.text(max_size=9)})))
def test_whatever_a_device_sends_is_shown(log):
    for one in say_log(log):
        assert isinstance(one.clock + one.place + one.old + one.new, str)


@pytest.mark.parametrize(("skew_ms", "words"), [
    (0, "0 giây"), (-999, "0 giây"), (999, "0 giây"), (-1000, "−1 giây"), (2400, "+2 giây"),
    (-97_200_000, "−1 ngày 3 giờ")])
def test_how_far_a_clock_is_off(skew_ms, words):
    assert say_skew(skew_ms) == words

"""Names of inputs are paths in the document, both ways."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.forms import parse_number
from surveys.forms.document import document_from_form, grouped, typed_from_document
from surveys.rules.figures import plain

figures = st.decimals(0, 10**9, places=6, allow_nan=False).map(plain)
texts = st.text("aăâđ 0.,?", max_size=12).map(lambda text: " ".join(text.split()))
answers = st.one_of(
    st.fixed_dictionaries({"yes": st.booleans()}), st.fixed_dictionaries({"step": st.integers(0, 4)}),
    st.fixed_dictionaries({"numerator": figures, "denominator": figures}),
    st.fixed_dictionaries({"number": st.integers(0, 9999)}),
    st.fixed_dictionaries({"na": st.just(True), "na_reason": texts.filter(bool)}))
bags = st.fixed_dictionaries({
    "label": texts.filter(bool), "width_cm": st.none() | figures, "height_cm": st.none() | figures,
    "readings_um": st.lists(st.none() | figures, min_size=5, max_size=5),
    "hard_to_degrade": st.none() | st.booleans(), "prepack": st.none() | st.booleans()})


def test_a_whole_document_comes_back(document):
    assert document_from_form(typed_from_document({"revision": 3, **document})) == {"revision": 3, **document}


def test_a_refusal_comes_back_and_strokes_go_before_it():
    refused = {"title": "Quản lý", "refused": "Vắng mặt", "signed_at": None}
    typed = typed_from_document({"signatures": {"store": refused}})
    assert document_from_form(typed)["signatures"] == {"store": refused}
    assert document_from_form(typed | {"signatures.store.strokes": "[[[1, 2]]]"})["signatures"] == {
        "store": {"title": "Quản lý", "strokes": [[[1, 2]]], "signed_at": None}}


@settings(max_examples=60)
@given(answers=st.dictionaries(st.sampled_from(["A1", "B2", "C3"]), answers), bags=st.lists(bags, max_size=3))
def test_answers_and_bags_come_back(answers, bags):
    back = document_from_form(typed_from_document({"answers": answers, "bags": bags}))
    assert back["answers"] == answers
    assert back["bags"] == bags


@given(figures)
def test_a_figure_is_written_so_that_it_reads_back(figure):
    assert parse_number(grouped(figure)) == Decimal(figure)


def test_what_is_no_number_stays_for_the_server_to_name():
    document = document_from_form({"answers.A6.numerator": "bốn", "answers.A6.denominator": "1.250,5",
                                   "period_from": "31/02/2026", "period_to": "30/9/2026"})
    assert document["answers"] == {"A6": {"numerator": "bốn", "denominator": "1250.5"}}
    assert (document["period_from"], document["period_to"]) == ("31/02/2026", "2026-09-30")


def test_not_applicable_leaves_only_its_reason():
    document = document_from_form({"answers.B2.yes": "na", "answers.B2.na_reason": "Không bán thực phẩm",
                                   "answers.A6.na": "true", "answers.A6.na_reason": "", "answers.A6.numerator": "4",
                                   "answers.A1.yes": "true", "answers.A1.na_reason": "bỏ"})
    assert document["answers"] == {"B2": {"na": True, "na_reason": "Không bán thực phẩm"}, "A6": {"na": True},
                                   "A1": {"yes": True}}


def test_empty_lines_bags_and_counts_are_none():
    document = document_from_form({"lines.P01.N.opening": "", "lines.P01.N.purchased": "", "bags.0.label": "",
                                   "bags.0.readings_um.0": "", "tally.plastic": "0", "tally.eco": "",
                                   "signatures.team.strokes": "[]", "signatures.team.title": "Trưởng đoàn"})
    assert (document["lines"], document["bags"], document["tally"], document["signatures"]) == ([], [], None, {})


def test_a_line_knows_its_category_and_class():
    document = document_from_form({"lines.P01.E4.purchased": "1.200", "lines.P01.E4.has_statement": "true",
                                   "lines.P01.N.note": "sổ kho"})
    assert [(line["category"], line["class"], line["purchased"], line["has_statement"])
            for line in document["lines"]] == [("P01", "N", "0", False), ("P01", "E4", "1200", True)]


def test_odd_names_do_no_harm():
    document = document_from_form({"answers": "x", "answers.A1": "y", "answers.A1.yes": "true", "revision": "-1",
                                   "lines.P01": "z", "signatures.team.strokes": "{"})
    assert document["revision"] is None

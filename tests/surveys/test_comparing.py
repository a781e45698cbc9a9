"""What differs between two surveys: every difference is found, in the order of the form, with both values whole."""

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.rules.comparing import FILES, NOTHING, Part, Told, compare, pieces_of
from surveys.rules.form import CategoryRule, CriterionRule, FormRules, GroupRule
from surveys.rules.words import AnswerType

CODES = ["B2", "A1", "A10"]  # the order of the form, which is not that of the letters
RULES = FormRules(
    groups=(GroupRule("B", 40, tuple(CriterionRule(code, AnswerType.BOOL) for code in CODES)),),
    categories=(CategoryRule("P04", 1), CategoryRule("P01", 1)))
answers = st.dictionaries(st.sampled_from([*CODES, "Z9"]), st.one_of(
    st.fixed_dictionaries({"yes": st.booleans()}), st.fixed_dictionaries({"step": st.integers(0, 4)}),
    st.fixed_dictionaries({"yes": st.booleans(), "note": st.text("ab", min_size=1, max_size=3)})), max_size=4)
lines = st.dictionaries(st.tuples(st.sampled_from(["P01", "P04"]), st.sampled_from(["N", "E4", "R"])),
                        st.integers(0, 3), max_size=4).map(lambda found: [
                            {"category": category, "class": material, "purchased": str(figure)}
                            for (category, material), figure in found.items()])
documents = st.fixed_dictionaries({
    "receipts": st.none() | st.integers(0, 2), "remarks": st.sampled_from(["", "Ghi chú"]),
    "tally": st.none() | st.fixed_dictionaries({"plastic": st.integers(0, 2), "eco": st.integers(0, 2)}),
    "answers": answers, "lines": lines,
    "bags": st.lists(st.fixed_dictionaries({"label": st.text("ab", max_size=2), "prepack": st.none() | st.booleans()}),
                     max_size=2),
    "signatures": st.dictionaries(st.sampled_from(["team", "store"]), st.fixed_dictionaries(
        {"title": st.sampled_from(["Trưởng đoàn", "Quản lý"]), "strokes": st.just([[[1, 2]]])}))})
files = st.lists(st.fixed_dictionaries({
    "sha256": st.sampled_from("ab"), "kind": st.just("photo"), "caption": st.sampled_from(["", "Quầy"]),
    "criterion": st.sampled_from([None, *CODES]), "category": st.none()}), max_size=4).map(tuple)
told = st.builds(Told, documents, files)


@settings(max_examples=80)
@given(told, told)
def test_nothing_is_missed_and_nothing_is_altered(before, after):
    kept = copy.deepcopy((before, after))
    found = {(one.part, one.code): one for one in compare(before, after, RULES)}
    assert (before, after) == kept
    old, new = pieces_of(before), pieces_of(after)
    for place in old | new:
        if place in found:
            assert found[place].fields
            assert found[place].before == old.get(place, NOTHING)
            assert found[place].after == new.get(place, NOTHING)
        else:
            assert old.get(place) is None or new.get(place) is None or plain(old[place]) == plain(new[place])


def plain(piece):
    """What a piece says, without what is empty."""
    return ({name: value for name, value in piece.values.items() if value not in (None, "")},
            sorted((file["sha256"], file["caption"]) for file in piece.files))


@settings(max_examples=60)
@given(told, told)
def test_the_other_way_round_it_is_the_same(before, after):
    there, back = compare(before, after, RULES), compare(after, before, RULES)
    assert [(d.part, d.code, set(d.fields), d.before, d.after) for d in there] == [
        (d.part, d.code, set(d.fields), d.after, d.before) for d in back]


@given(told)
def test_a_survey_does_not_differ_from_itself(one):
    assert compare(one, copy.deepcopy(one), RULES) == []


def test_the_order_of_the_form_and_the_unknown_last(document):
    other = {**document, "answers": {"Z9": {"yes": True}, "A10": {"yes": True}, "B2": {"yes": False}}, "receipts": 4,
             "lines": [], "bags": [], "tally": None, "remarks": "Khác", "signatures": {}}
    found = compare(Told({**document, "answers": {}}), Told(other), RULES)
    assert [(one.part, one.code) for one in found] == [
        (Part.ANSWER, "B2"), (Part.ANSWER, "A10"), (Part.ANSWER, "Z9"), (Part.HEAD, "receipts"),
        (Part.LINE, "P04.N"), (Part.LINE, "P04.E4"), (Part.LINE, "P01.N"), (Part.LINE, "P01.E4"),
        (Part.TALLY, "tally"), (Part.BAG, "0"), (Part.REMARKS, "remarks"),
        (Part.SIGNATURE, "team"), (Part.SIGNATURE, "store")]


def test_only_the_fields_that_differ_are_named(document):
    other = copy.deepcopy(document)
    other["answers"]["A6"]["numerator"] = "46"
    other["lines"][0]["purchased"] = "6001"
    found = compare(Told(document), Told(other), RULES)
    assert [(one.code, one.fields) for one in found] == [("A6", ("numerator",)), ("P01.N", ("purchased",))]
    assert found[0].before.values == document["answers"]["A6"]


def test_photos_and_pen_strokes_alone_say_nothing_else(document):
    other = copy.deepcopy(document)
    other["signatures"]["team"] |= {"strokes": [[[1, 1], [2, 2]]], "signed_at": "2026-11-24T04:00:00Z"}
    other["signatures"]["store"]["title"] = "Phó giám đốc"
    found = compare(Told(document), Told(other), RULES)
    assert [(one.code, one.is_said) for one in found] == [("team", False), ("store", True)]


def test_no_is_not_nothing():
    found = compare(Told({"answers": {"A1": {"yes": False}}}), Told({"answers": {}}), RULES)
    assert [one.fields for one in found] == [("yes",)]


def test_files_go_with_what_they_are_about_whatever_their_names():
    photo = {"id": "1", "sha256": "a", "kind": "photo", "caption": "", "criterion": "A1", "category": None}
    same = {**photo, "id": "2"}
    assert compare(Told({}, (photo,)), Told({}, (same,)), RULES) == []
    other = {**photo, "sha256": "b"}
    sheet = {**photo, "criterion": None, "category": "P01"}
    loose = {**photo, "criterion": None}
    found = compare(Told({}, (photo,)), Told({}, (other, sheet, loose)), RULES)
    assert [(one.part, one.code, one.fields) for one in found] == [
        (Part.ANSWER, "A1", (FILES,)), (Part.CATEGORY, "P01", (FILES,)), (Part.FILES, "", (FILES,))]


def test_bags_are_ordered_by_their_number():
    bags = [{"label": str(k)} for k in range(11)]
    assert [one.code for one in compare(Told({"bags": []}), Told({"bags": bags}), RULES)] == [str(k) for k in range(11)]

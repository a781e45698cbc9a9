"""Criteria sets of any shape that can be published, with codes that could be mistaken for other names of a form."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from surveys.rules.content import CategoryContent, CriterionContent, GroupContent, LevelContent, SetContent
from surveys.rules.words import AnswerType, Applies, EvidenceKind, Instrument, MaterialClass, Measure, SubShare

NASTY = ("START", "END", "META", "NA", "REASON", "GRAMS", "LINES", "BAGS", "TOTAL", "LEVEL", "KIND", "A", "I", "X1",
         "NOTE", "SUM", "ECO", "ROLE")
CODES = st.one_of(st.sampled_from(NASTY), st.from_regex(r"[A-Z][A-Z0-9]{0,5}", fullmatch=True))
TITLES = st.sampled_from([
    "Tỷ lệ “túi” & hộp < 50 %", "Không dùng: *in đậm* _gạch_ #1", 'Có "ngoặc" và \'nháy\'', "{n}"])
WEIGHTS = st.decimals("0.5", 30, places=2)


@st.composite
def criteria(draw, code):
    """One criterion."""
    kind = draw(st.sampled_from(AnswerType))
    is_must = kind == AnswerType.BOOL and draw(st.booleans())
    weight = Decimal(0) if is_must else draw(WEIGHTS)
    lo = draw(st.integers(0, 60))
    anchors = tuple(f"Bậc {step}" for step in range(5)) if kind == AnswerType.SCALE4 else None
    title = draw(TITLES)
    return CriterionContent(
        code=code, title_vi=title, title_en=title, type=kind, is_must=is_must, weight=weight,
        applies_to=draw(st.sampled_from(Applies)), lo=Decimal(lo), hi=Decimal(lo + draw(st.integers(1, 40))),
        bands=((0, Decimal(0)), (1, weight / 3), (4, weight)), anchors_vi=anchors, anchors_en=anchors,
        measure=draw(st.sampled_from(Measure)) if kind == AnswerType.COMPUTED else None,
        instrument=draw(st.sampled_from([None, *Instrument])) if is_must else None, na_allowed=draw(st.booleans()),
        na_hint_vi="Khi không có quầy.", evidence_kinds=tuple(draw(st.sets(st.sampled_from(EvidenceKind)))),
        counts_for_coverage=is_must and draw(st.booleans()))


def without_repeats(made):
    """The criteria; each instrument backs one of them, as in any set that may be published."""
    used = set()
    return [replace(one, instrument=None) if one.instrument in used or used.add(one.instrument) else one
            for one in made]


@st.composite
def contents(draw):
    """A set of up to four groups."""
    codes = draw(st.lists(CODES, min_size=1, max_size=10, unique=True))
    made = without_repeats(draw(criteria(code)) for code in codes)
    cuts = sorted(draw(st.sets(st.integers(1, len(made) - 1), max_size=3))) if len(made) > 1 else []
    parts = [made[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    groups = tuple(GroupContent(code, f"Nhóm {code}", f"Group {code}", draw(WEIGHTS), tuple(part))
                   for code, part in zip(("A", "Đ", "1 b", "🛍"), parts, strict=False))
    shares = draw(st.lists(st.sampled_from([None, *SubShare]), max_size=4))
    named = enumerate(zip("PĐＰ🛍", shares, strict=False), start=1)
    categories = tuple(CategoryContent(
        f"{letter}{number}", "Túi", "Bag", "cái", "pcs", draw(st.decimals("0.1", 99, places=3)), in_ratio=number != 2,
        sub_share=share, takes_tally=number == 1) for number, (letter, share) in named)
    levels = tuple(LevelContent(rank, "Đạt", "Pass", Decimal(30 * rank), Decimal(20 * rank), {"A": Decimal(25 * rank)})
                   for rank in (1, 2))
    accepted = tuple(draw(st.sets(st.sampled_from([word for word in MaterialClass if word.startswith("E")]),
                                  min_size=1)))
    return SetContent("THU", "1.0", "Bộ thử", "Test set", accepted_classes=accepted, groups=groups,
                      categories=categories, levels=levels)


def set_of(vector):
    """The set that a vector brings along, and its document without bags: no criterion of theirs asks to measure any."""
    rules = vector["rules"]

    def figures(thing, *names):
        return {name: Decimal(thing[name]) for name in names}

    groups = tuple(GroupContent(group["code"], "Nhóm", "Group", Decimal(group["weight"]), tuple(
        CriterionContent(
            one["code"], "Tiêu chí", "Criterion", AnswerType(one["type"]), one["is_must"],
            Decimal(one["weight"]), Applies(one["applies_to"]), **figures(one, "lo", "hi"),
            bands=tuple((least, Decimal(points)) for least, points in one["bands"]), anchors_vi=tuple("01234"),
            anchors_en=tuple("01234"), measure=one["measure"] and Measure(one["measure"]),
            instrument=one["instrument"] and Instrument(one["instrument"]), na_allowed=one["na_allowed"],
            counts_for_coverage=one["counts_for_coverage"]) for one in group["criteria"])) for group in rules["groups"])
    categories = tuple(CategoryContent(
        one["code"], "Bao bì", "Packaging", "cái", "pcs", Decimal(one["grams"]), in_ratio=one["in_ratio"],
        sub_share=one["sub_share"] and SubShare(one["sub_share"]), takes_tally=one["takes_tally"])
        for one in rules["categories"])
    levels = tuple(LevelContent(
        one["rank"], "Mức", "Level", **figures(one, "least_total", "least_group"),
        least_by_group={group: Decimal(least) for group, least in one["least_by_group"].items()})
        for one in rules["levels"])
    content = SetContent("THU", "1.0", "Bộ thử", "Test set", groups=groups, categories=categories, levels=levels,
                         accepted_classes=tuple(map(MaterialClass, rules["accepted"])))
    return content, {**vector["document"], "bags": []}

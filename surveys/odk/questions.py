"""The questions of one criterion. Pure."""

from collections.abc import Iterator

from surveys.odk import words as w
from surveys.odk.expressions import asked, is_na
from surveys.odk.names import ANSWERED_BY, BY_CHOICE
from surveys.odk.rows import NEEDED, Row, both, bounded, group, photo, row, within
from surveys.rules.content import CriterionContent
from surveys.rules.figures import plain
from surveys.rules.words import AnswerType, EvidenceKind


def of_criterion(criterion: CriterionContent) -> list[Row]:
    """One screen: the question, why it does not apply, evidence, a note."""
    code = criterion.code
    rows = [*answer(criterion), *reason(criterion), *evidence(criterion), *contradiction(criterion),
            bounded(f"note_{code}", w.NOTE, 2000, appearance="multiline")]
    return group(f"q_{code}", w.Words(code, code), rows, relevant=asked(criterion))


def title_of(criterion: CriterionContent) -> w.Words:
    """A1. Its title (must, or points)."""
    title = w.Words(criterion.title_vi, criterion.title_en)
    worth = w.MUST if criterion.is_must else both("{n} {points}", n=(plain(criterion.weight) or "0"), points=w.POINTS)
    if not criterion.is_must:
        worth = w.Words(worth.vi.replace(".", ","), worth.en)
    return both("{code}. {title} ({worth})", code=criterion.code, title=title, worth=worth)


def hint_of(criterion: CriterionContent) -> w.Words:
    """Evidence, when it does not apply, basis: what is there."""
    parts = [(w.EVIDENCE, w.Words(criterion.evidence_vi, criterion.evidence_en)),
             (w.WHEN_NA, w.Words(criterion.na_hint_vi, criterion.na_hint_en) if criterion.na_allowed else w.NOTHING),
             (w.BASIS, w.Words(criterion.basis, criterion.basis))]
    return w.Words(*(" ".join(f"{heading[place]}: {text[place].rstrip('.')}." for heading, text in parts
                              if text[place]) for place in (0, 1)))


def answer(criterion: CriterionContent) -> Iterator[Row]:
    """What is asked, by the type of the criterion."""
    code, title, hint = criterion.code, title_of(criterion), hint_of(criterion)
    needed = {**NEEDED}
    if criterion.type in BY_CHOICE:
        choices = f"steps_{code}" if criterion.type == AnswerType.SCALE4 else (
            "yes_no_na" if criterion.na_allowed else "yes_no")
        yield row(f"select_one {choices}", f"{ANSWERED_BY[criterion.type]}_{code}", title, hint, **needed)
        return
    if criterion.type == AnswerType.COMPUTED:
        weight = plain(criterion.weight) or "0"
        yield row("note", f"show_{code}", both("{title}: {measured}", title=title, measured=w.Words(
            w.MEASURED.vi.format(code=code, weight=weight.replace(".", ",")),
            w.MEASURED.en.format(code=code, weight=weight))), hint)
        return
    if criterion.na_allowed:
        yield row("select_multiple not_applicable", f"na_{code}", title, hint)
        needed["relevant"] = f"not({is_na(criterion)})"
        title, hint = w.Words(f"{code}.", f"{code}."), w.NOTHING
    if criterion.type == AnswerType.COUNT:
        yield row("integer", f"number_{code}", title, hint, **within(0, 1_000_000), **needed)
        return
    yield from share(code, title, hint, needed)


def share(code: str, title: w.Words, hint: w.Words, needed: Row) -> Iterator[Row]:
    """A numerator and a denominator."""
    part, whole = f"part_{code}", f"whole_{code}"
    yield row("decimal", part, both("{title} {part}", title=title, part=w.PART), hint,
              constraint=f". >= 0 and (${{{whole}}} = '' or . <= ${{{whole}}})", constraint_message=w.PART_BOUND,
              **needed)
    yield row("decimal", whole, both("{code}. {whole}", code=code, whole=w.WHOLE),
              constraint=f". > 0 and (${{{part}}} = '' or . >= ${{{part}}})", constraint_message=w.WHOLE_BOUND,
              **needed)


def reason(criterion: CriterionContent) -> Iterator[Row]:
    """Why it does not apply: only where the criterion allows that, and then needed. Computed ones measure it."""
    if criterion.na_allowed and criterion.type != AnswerType.COMPUTED:
        yield bounded(f"na_reason_{criterion.code}", both("{code}. {why}", code=criterion.code, why=w.NA_REASON), 300,
                      relevant=is_na(criterion), **NEEDED)


def claims(criterion: CriterionContent) -> str:
    """Whether the answer says that something is there (surveys.rules.completeness): then evidence is needed."""
    code = criterion.code
    return {
        AnswerType.BOOL: f"${{yes_{code}}} = 'yes'", AnswerType.SCALE4: f"selected('1 2 3 4', ${{step_{code}}})",
        AnswerType.COUNT: f"${{number_{code}}} > 0", AnswerType.PERCENT: f"${{part_{code}}} > 0",
        AnswerType.COMPUTED: f"${{value_{code}}} > 0",
    }[criterion.type]


def evidence(criterion: CriterionContent) -> Iterator[Row]:
    """A photo, a document as a file or as a photo of it: needed where the answer claims something."""
    code, claimed = criterion.code, claims(criterion)
    if EvidenceKind.PHOTO in criterion.evidence_kinds:
        yield photo(f"photo_{code}", both("{code}. {what}", code=code, what=w.PHOTO), relevant=claimed, required=True,
                    required_message=w.PHOTO_NEEDED)
    if EvidenceKind.DOCUMENT in criterion.evidence_kinds:
        yield row("file", f"file_{code}", both("{code}. {what}", code=code, what=w.PAPER_FILE), w.FILE_BOUND,
                  relevant=claimed, **{"body::accept": "application/pdf"})
        yield photo(f"paper_{code}", both("{code}. {what}", code=code, what=w.PAPER_PHOTO), relevant=claimed,
                    required=f"${{file_{code}}} = ''", required_message=w.PAPER_NEEDED)


def contradiction(criterion: CriterionContent) -> Iterator[Row]:
    """A warning where a measured bag says otherwise than the answer."""
    if criterion.instrument == "bags" and criterion.type == AnswerType.BOOL:
        yield row("note", f"warn_{criterion.code}", w.BAG_CONTRADICTS,
                  relevant=f"${{yes_{criterion.code}}} = 'yes' and sum(${{bag_banned}}) > 0")

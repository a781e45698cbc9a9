"""The measuring pages: the packaging sheet with the count of 100 customers, and the bags. Pure."""

from collections.abc import Iterator

from surveys.odk import words as w
from surveys.odk.repeats import of_bag, of_line
from surveys.odk.rows import NEEDED, Row, bounded, calculate, group, photo, row, size, within
from surveys.odk.xpath import day_number
from surveys.rules.content import SetContent
from surveys.rules.document import SIDES_OF_TALLY

TEXTS = {"line_role", "line_counts", "bag_verdict"}  # calculations that are no numbers
AMOUNT: Row = {"constraint": ". >= 0", "constraint_message": w.AMOUNT_BOUND}


def whole_months(months: int) -> str:
    """The last day of a period of so many months that begins on `period_from`: 2026-07-01 and 3 → 2026-09-30."""
    year, month = "number(format-date(${period_from}, '%Y'))", "number(format-date(${period_from}, '%m'))"
    last = f"(({month} + {months - 2}) mod 12 + 1)"
    in_year = f"({year} + int(({month} + {months - 2}) div 12))"
    leap = f"(({in_year} mod 4 = 0 and {in_year} mod 100 != 0) or {in_year} mod 400 = 0)"
    days = (f"if({last} = 2, if({leap}, 29, 28), if({last} = 4 or {last} = 6 or {last} = 9 or {last} = 11, 30, 31))")
    return f"if(${{period_from}} = '', 0, {in_year} * 10000 + {last} * 100 + {days})"


def sheet(content: SetContent) -> list[Row]:
    """The packaging sheet; everything in it waits for the answer that there are figures."""
    kept = "${sheet_kept} = 'yes'"
    return group("sheet", w.SHEET, [
        row("select_one yes_no", "sheet_kept", w.SHEET_KEPT, **NEEDED),
        *group("sheet_head", w.SHEET, head(), relevant=kept),
        *group("tally", w.TALLY, tally(), relevant=kept),
        *group("lines", w.LINES, lines(content), kind="repeat", relevant=kept),
    ], appearance=None)


def head() -> Iterator[Row]:
    """Period, way of counting, receipts, area."""
    yield row("date", "period_from", w.PERIOD_FROM, constraint="format-date(., '%d') = '01'",
              constraint_message=w.PERIOD_FROM_BOUND, **NEEDED)
    for months in (3, 12):
        yield calculate(f"period_{months}_ends", whole_months(months))
    day = day_number("period_to").replace("${period_to}", ".")
    yield row("date", "period_to", w.PERIOD_TO, w.PERIOD_TO_HINT,
              constraint=f". > ${{period_from}} and ({day} = ${{period_3_ends}} or {day} = ${{period_12_ends}})",
              constraint_message=w.PERIOD_TO_BOUND, **NEEDED)
    yield row("select_one count_methods", "count_method", w.COUNT_METHOD, **NEEDED)
    yield bounded("counted_by", w.COUNTED_BY, 120, **NEEDED)
    yield row("integer", "receipts", w.RECEIPTS, **within(1, 1_000_000_000), **NEEDED)
    yield row("integer", "floor_area_m2", w.FLOOR_AREA, **within(1, 10_000_000))


def tally() -> Iterator[Row]:
    """What 100 customers in a row carried out."""
    done = "${tally_done} = 'yes'"
    others = " + ".join(f"coalesce(${{tally_{side}}}, 0)" for side in SIDES_OF_TALLY[:-1])
    yield row("select_one yes_no", "tally_done", w.TALLY_DONE, **NEEDED)
    for side in SIDES_OF_TALLY[:-1]:
        yield row("integer", f"tally_{side}", w.TALLY_SIDES[side], relevant=done, **within(0, 100), **NEEDED)
    yield row("integer", f"tally_{SIDES_OF_TALLY[-1]}", w.TALLY_SIDES[SIDES_OF_TALLY[-1]], relevant=done,
              constraint=f". >= 0 and . + {others} = 100", constraint_message=w.TALLY_TOTAL, **NEEDED)


def lines(content: SetContent) -> Iterator[Row]:
    """One line: category × class, stocks, proofs, and what it counts as."""
    yield row("select_one categories", "category", w.CATEGORY, w.LINES_HINT, appearance="minimal", **NEEDED)
    yield row("select_one classes", "class", w.CLASS, appearance="minimal", **NEEDED)
    yield calculate("line_same", "count(../../lines[category = current()/../category and class = current()/../class])")
    yield row("note", "line_twice", w.LINE_TWICE, relevant="${line_same} > 1", required=True,
              required_message=w.LINE_TWICE)  # a note is never answered, so this one keeps the form from being finished
    yield from stocks()
    yield from proofs()
    yield bounded("line_note", w.NOTE, 300)
    for name, expression in of_line(content):
        yield calculate(name, expression, number=name not in TEXTS)


def stocks() -> Iterator[Row]:
    """The four amounts; what is left and what went back is no more than there was."""
    there = "coalesce(${opening}, 0) + coalesce(${purchased}, 0)"
    for name, bound in (("opening", ""), ("purchased", ""), ("closing", there),
                        ("returned", f"{there} - coalesce(${{closing}}, 0)")):
        limits: Row = {"constraint": f". >= 0 and . <= {bound}", "constraint_message": w.STOCK_BOUND}
        limits = limits if bound else AMOUNT
        yield row("decimal", name, w.AMOUNTS[name], default="0", **NEEDED, **limits)


def proofs() -> Iterator[Row]:
    """The papers of a class: not needed, what lacks them counts as conventional."""
    certified = "selected('E1 E2 E3 E5', ${class})"
    yield bounded("proof_number", w.PROOF_NUMBER, 60, hint=w.PROOF_HINT, relevant=certified)
    yield bounded("proof_holder", w.PROOF_HOLDER, 160, relevant=certified)
    yield row("date", "proof_expires_on", w.PROOF_EXPIRES, relevant=certified)
    yield row("select_one yes_no", "has_statement", w.STATEMENT, relevant="${class} = 'E4'", **NEEDED)
    yield photo("line_photo", w.LINE_PHOTO, relevant="${class} = 'E4' and ${has_statement} = 'yes'", required=True,
                required_message=w.PHOTO_NEEDED)


def bags() -> list[Row]:
    """Measured bags."""
    measured = {"relevant": "${bags_measured} = 'yes'"}
    return group("bag_page", w.BAGS, [
        row("select_one yes_no", "bags_measured", w.BAGS_MEASURED, **NEEDED),
        *group("bags", w.BAGS, bag(), kind="repeat", **measured)], appearance=None)


def bag() -> Iterator[Row]:
    """Sides, five readings, kind, verdict."""
    yield bounded("bag_label", w.BAG_LABEL, 120)
    for name, label in (("width_cm", w.WIDTH), ("height_cm", w.HEIGHT)):
        yield row("decimal", name, label, **size(1_000, "cm"), **NEEDED)
    for number in range(1, 6):
        label = w.Words(*(text.format(n=number) for text in w.READING))
        yield row("decimal", f"reading_{number}_um", label, **size(10_000, "µm"), **NEEDED)
    yield row("select_one yes_no", "hard_to_degrade", w.HARD, **NEEDED)
    yield row("select_one yes_no", "prepack", w.PREPACK, **NEEDED)
    for name, expression in of_bag():
        yield calculate(name, expression, number=name not in TEXTS)
    for verdict, said in w.VERDICTS.items():
        yield row("note", f"bag_is_{verdict}", said, relevant=f"${{bag_verdict}} = '{verdict}'")

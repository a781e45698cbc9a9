"""The list behind a number as a workbook: the same figures, with how they were counted on the first sheet."""

from collections.abc import Iterable
from decimal import Decimal
from typing import IO

import xlsxwriter
from flask_babel import gettext as _

from foundation.i18n import day, label
from progress.labels import exact_percent, short_name
from progress.queries import Overview
from progress.rules import Assessed, Standing

Line = tuple[str, object]


def write_workbook(file: IO[bytes], view: Overview, rows: list[Assessed], units: dict[int, str], title: str) -> None:
    """Write the figures of `view` and the chosen `rows` to `file`; `units` names the communes."""
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {"percent": book.add_format({"num_format": '0.0" %"'}),
               "day": book.add_format({"num_format": "dd/mm/yyyy"})}
    write_sheet(book.add_worksheet(_("Coverage")), [_("Figure"), _("Value")], summary(view), bold, formats, (44, 40))
    write_sheet(book.add_worksheet(_("List of establishments")), heading(), list_lines(rows, units), bold, formats,
                (12, 44, 24, 26, 22, 12, 14, 12))
    book.set_properties({"title": f"{title}, {day(view.asked.on)}, {short_name(view.asked.territory)}"})
    book.close()


def write_sheet(sheet, header: list[str], lines: Iterable[tuple], bold, formats: dict, widths: tuple[int, ...]) -> None:
    """A table with a heading that stays in sight; shares and days as numbers and dates."""
    sheet.write_row(0, 0, header, bold)
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    last = 0
    for last, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            if isinstance(value, Decimal):
                sheet.write_number(last, column, float(value), formats["percent"])
            elif hasattr(value, "isoformat"):
                sheet.write_datetime(last, column, value, formats["day"])
            elif value is not None:
                sheet.write(last, column, value)
    sheet.autofilter(0, 0, last, len(header) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4


def summary(view: Overview) -> list[Line]:
    """What was asked, and the figures."""
    asked, found = view.asked, view.figures
    lines: list[Line] = [
        (_("As of"), asked.on), (_("Territory"), short_name(asked.territory)),
        (_("Type"), label(asked.kind) if asked.kind else _("All that count")),
        (_("Threshold R"), exact_percent(view.threshold) if view.threshold is not None else _("not set")),
    ]
    if found is None:
        return lines
    lines += [(_("Covered"), found.covered), (_("All that count"), found.total), (_("Coverage"), found.percent)]
    lines += [(label(state), found.counts[state]) for state in Standing if state != Standing.COVERED]
    lines += [(_("Certified"), found.certified), (_("Plastic replaced, by weight"), found.volume)]
    lines += [(_("Needed for %(share)s by %(day)s", share=exact_percent(goal.value), day=day(goal.due)), goal.needed)
              for goal in (view.year_goal, view.goal) if goal]
    lines += [(_("Missing to %(share)s by %(day)s", share=exact_percent(goal.value), day=day(goal.due)), goal.gap)
              for goal in (view.year_goal, view.goal) if goal]
    lines += [("", None), (_("Coverage by day"), None)]
    lines += [(f"{day(point.on)}, {short_name(point.territory)}, R {exact_percent(point.threshold)}",
               f"{point.covered}/{point.total}") for point in view.points]
    if found.has_demo:
        lines.append((_("Fictional demo data."), None))
    return lines


def heading() -> list[str]:
    """Columns of the list."""
    return [_("Establishment number"), _("Establishment"), _("Type"), _("Commune or ward"), _("Coverage state"),
            _("R, percent"), _("Sheet until"), _("Certificate level")]


def list_lines(rows: list[Assessed], units: dict[int, str]) -> Iterable[tuple]:
    """One line an establishment."""
    for row in rows:
        yield (row.store.number, row.store.name, label(row.store.kind), units.get(row.unit_id, ""),
               label(row.standing), row.share, row.sheet.period_to if row.sheet else None, row.level)

"""An XLSForm as an .xlsx workbook that people can read too: groups stand out, calculations step back."""

import io
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from surveys.odk.rows import LANGUAGES
from surveys.odk.words import Words
from surveys.odk.xlsform import Form

SURVEY = ("type", "name", "label", "hint", "required", "required_message", "relevant", "constraint",
          "constraint_message", "calculation", "appearance", "parameters", "default", "bind::type", "body::accept")
CHOICES = ("list_name", "name", "label", "weight", "sub", "role")
SETTINGS = ("form_title", "form_id", "version", "default_language", "style", "instance_name")
TRANSLATED = ("label", "hint", "required_message", "constraint_message")
WIDTHS = {"type": 28, "name": 20, "label": 50, "hint": 40, "required": 12, "required_message": 30, "relevant": 34,
          "constraint": 40, "constraint_message": 30, "calculation": 60, "appearance": 14, "parameters": 18,
          "default": 9, "bind::type": 11, "body::accept": 16, "list_name": 18, "weight": 10, "sub": 12, "role": 14,
          "form_title": 60, "form_id": 16, "version": 10, "default_language": 20, "style": 10, "instance_name": 60}
LOOKS: dict[str, dict[str, Any]] = {  # the system's green; a group's first row, a repeat's, a calculation's, all others
    "heading": {"bold": True, "bg_color": "#0F6B46", "font_color": "#FFFFFF", "border": 1, "border_color": "#0B5437"},
    "group": {"bold": True, "bg_color": "#DDEFE6"}, "repeat": {"bold": True, "bg_color": "#FFF3D6"},
    "end": {"font_color": "#5F6B66", "bg_color": "#F2F5F3"}, "calculate": {"font_color": "#5F6B66"},
    "other": {}, "shade": {"bg_color": "#F2F5F3"},
}


def columns_of(names: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Each column with its language, where it has one: ("label", "vi")."""
    return [(name, language) for name in names for language in (LANGUAGES if name in TRANSLATED else (None,))]


def heading_of(name: str, language: str | None) -> str:
    """label::Tiếng Việt (vi)."""
    return f"{name}::{LANGUAGES[language]}" if language else name


def tables(form: Form) -> dict[str, list[list[str]]]:
    """The three sheets as tables of text, headings first."""
    sheets = (("survey", SURVEY, form.survey), ("choices", CHOICES, form.choices),
              ("settings", SETTINGS, [form.settings]))
    return {sheet: [[heading_of(*column) for column in columns_of(names)],
                    *([cell(row.get(name), language) for name, language in columns_of(names)] for row in rows)]
            for sheet, names, rows in sheets}


def cell(value: Any, language: str | None) -> str:
    """What stands in one cell."""
    if isinstance(value, Words):
        return getattr(value, language or "vi")
    return "" if value is None else str(value)


def write_form(form: Form) -> bytes:
    """The workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        looks = {name: book.add_format({"text_wrap": True, "valign": "top", "num_format": "@", **look})
                 for name, look in LOOKS.items()}
        for (sheet, table), names in zip(tables(form).items(), (SURVEY, CHOICES, SETTINGS), strict=True):
            page = book.add_worksheet(sheet)
            page.freeze_panes(1, 2 if sheet != "settings" else 0)
            page.autofilter(0, 0, len(table) - 1, len(table[0]) - 1)
            for place, (name, _language) in enumerate(columns_of(names)):
                page.set_column(place, place, WIDTHS[name])
            fill(page, table, looks)
    return file.getvalue()


def fill(page: Worksheet, table: list[list[str]], looks: dict[str, Format]) -> None:
    """Write the rows; the lists of choices are shaded in turn."""
    shaded, last = False, ""
    for number, row in enumerate(table):
        if page.name == "choices" and row[0] != last:
            shaded, last = not shaded, row[0]
        look = "heading" if not number else look_of(row[0]) if page.name == "survey" else (
            "shade" if shaded and page.name == "choices" else "other")
        for place, text in enumerate(row):
            if text or look not in ("other", "calculate"):
                page.write_string(number, place, text, looks[look])


def look_of(kind: str) -> str:
    """How a row of the survey looks, by its type."""
    start, _, what = kind.partition("_")
    if start == "begin":
        return what
    return start if start in ("end", "calculate") and kind != "end" else "other"

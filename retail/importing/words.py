"""The words of an import: why a file, a line or a column is refused or passed over, and how a cell was understood."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from foundation.i18n import day, label, name_members
from foundation.i18n import number as show_number
from retail.importing.fields import Field
from retail.importing.issues import Issue, Unreadable
from retail.importing.planning import Outcome
from retail.labels import CLASSES
from retail.rules import Kind, Status

name_members({
    Outcome.NEW: _l("New"), Outcome.CHANGED: _l("Changed"), Outcome.UNCHANGED: _l("Unchanged"),
    Outcome.REFUSED: _l("Refused"), Outcome.SKIPPED: _l("Passed over"),
})
FIELDS: dict[str, Any] = {  # also the headings of the template
    "number": _l("Number of the establishment"), "name": _l("Name of the establishment"), "kind": _l("Type"),
    "recorded_class": _l("Class"), "enterprise": _l("Enterprise"), "tax_code": _l("Tax code"),
    "branch_code": _l("Tax code of the branch"), "address": _l("Address"), "commune": _l("Commune or ward"),
    "district": _l("Old district"), "province": _l("Province"), "area_m2": _l("Business area, m²"),
    "items": _l("Names of goods on sale"), "opened_on": _l("Opening day"), "status": _l("Status"),
    "closed_on": _l("Closing day"), "coordinates": _l("Coordinates"), "lat": _l("Latitude"), "lon": _l("Longitude"),
    "contact_post": _l("Post of the contact"), "contact_phone": _l("Work phone"), "contact_email": _l("Work e-mail"),
    "note": _l("Note"), "unit_id": _l("Commune or ward"), "status_on": _l("Status since"),
}
assert {field.value for field in Field} <= FIELDS.keys()

FILES: dict[str, Any] = {
    "empty": _l("The file is empty. Save the list again and upload it once more."),
    "too_large": _l("The file is larger than %(most)s MB. Delete pictures from it, or split the list."),
    "pdf": _l("This is a PDF. Open the list in Excel or LibreOffice and save it as .xlsx."),
    "picture": _l("This is a picture. Type or copy the list into a spreadsheet and save it as .xlsx."),
    "archive": _l("This is a packed archive. Unpack it and upload the .xlsx or .csv inside."),
    "word": _l("This is a text document. Copy its table into a spreadsheet and save it as .xlsx."),
    "xls": _l("This is an old Excel file (.xls). Open it and choose “Save as”, type “Excel workbook (.xlsx)”."),
    "xlsb": _l("This is a binary Excel file (.xlsb). Open it and save it as “Excel workbook (.xlsx)”."),
    "ods": _l("This is an OpenDocument sheet (.ods). Open it and save it as “Excel workbook (.xlsx)”."),
    "other": _l("This file is not a list. Upload an .xlsx or .csv file."),
    "password": _l("The file is protected by a password. Take the password off, save it and upload it again."),
    "web_page": _l("This is a web page or XML, whatever its name says. Open it in Excel and save it as .xlsx."),
    "not_text": _l("This is neither an Excel workbook nor text. Save the list as .xlsx or as CSV."),
    "damaged_text": _l("The file says that it is %(encoding)s but is damaged. Save it again as “CSV UTF-8”."),
    "unknown_encoding": _l("The letters of this text file cannot be read: it is neither UTF-8, UTF-16, Windows-1258 "
                           "nor TCVN3. Save it as .xlsx or as “CSV UTF-8”."),
    "damaged_csv": _l("A quotation mark in this text file is never closed. Open it in Excel and save it as .xlsx."),
    "damaged": _l("The workbook is damaged and cannot be opened. Open it in Excel and save it under a new name."),
    "too_many_rows": _l("The list has %(rows)s lines; at most %(most)s can be imported at once. Split it."),
    "bomb": _l("The workbook unpacks to more than %(most)s MB. Copy the list into a new workbook and upload that."),
    "too_wide": _l("Cells of this workbook lie too far apart: more than %(columns)s columns or %(rows)s lines. Copy "
                   "the list into a new workbook and upload that."),
}
COLUMNS: dict[str, Any] = {
    "unknown": _l("not known"), "row_number": _l("line number"), "reason": _l("reason of an earlier import"),
    "person": _l("a private person: not kept"), "not_kept": _l("not kept in the register"),
    "not_ours": _l("numbers that are not of this register"), "taken": _l("another column fits better"),
    "chosen": _l("left out by choice"), "empty": _l("without a heading"),
}
NOTES: dict[str, Any] = {
    "merged": _l("taken from the merged cell that begins in line %(line)s."),
    "section": _l("“%(text)s”, from the heading in line %(line)s."),
    "chosen_kind": _l("“%(kind)s”, as chosen for the whole list."),
    "own_enterprise": _l("the establishment's own name, as chosen for the whole list."),
    "branch_of": _l("%(code)s is a branch: its number is kept with the establishment, the enterprise is %(value)s."),
    "enterprise_named": _l("tax code %(code)s belongs to “%(name)s”; that name is kept instead of “%(text)s”."),
    "rounded": _l("%(text)s rounded to %(value)s."), "converted": _l("%(text)s is %(value)s m²."),
    "read_as": _l("“%(text)s” read as %(value)s."), "zero_put_back": _l("%(text)s had lost its first zero: %(value)s."),
    "first_of_month": _l("only the month is given (%(text)s): recorded as %(value)s."),
    "first_of_year": _l("only the year is given (%(text)s): recorded as %(value)s."),
    "serial": _l("the day number %(text)s of a spreadsheet: %(value)s."),
    "read_as_day": _l("%(text)s read as %(value)s."), "short_year": _l("%(text)s read as %(value)s."),
    "phone_zero": _l("%(text)s had lost its first zero: %(value)s."),
    "phone_only": _l("only the first number of “%(text)s” is kept: %(value)s."),
    "closed_by_day": _l("a closing day is given: recorded as closed."),
    "status_from_today": _l("no day is given: recorded from %(value)s, the day of the import."),
    "opened_unknown": _l("no opening day is given: it counts from %(value)s, the day of the import."),
    "renamed": _l("%(old)s (old) is now %(new)s."),
    "divided": _l("%(old)s was divided into %(options)s; recorded in %(new)s. Correct it if it lies elsewhere."),
    "spelled": _l("“%(text)s” read as %(name)s."),
    "today_meant": _l("today's %(name)s; not meant: %(options)s."),
    "similar": _l("the register has the same name in this commune at another place: %(options)s. If it is the same "
                  "establishment, write its number."),
    "similar_line": _l("the same name in this commune at another address stands in line %(line)s."),
}
REASONS: dict[str, Any] = {
    "excel_error": _l("the cell holds the error %(text)s. Write the value itself."),
    "too_long": _l("%(length)s characters; at most %(most)s fit. Shorten it."),
    "tcvn3": _l("“%(text)s” is typed in an old TCVN3 font among Unicode text. Convert it to Unicode."),
    "vni": _l("“%(text)s” is typed in an old VNI font. Convert the list to Unicode."),
    "mojibake": _l("the letters of “%(text)s” are broken. Write it again."),
    "name_missing": _l("missing. Write the name."),
    "name_without_letters": _l("“%(text)s” has no letters. Write the name."),
    "kind_unknown": _l("“%(text)s” is not a known type. Write for example “Siêu thị tổng hợp”, “Trung tâm thương mại”, "
                       "“Cửa hàng tiện lợi”, “Siêu thị mini”, “Chợ”."),
    "kind_missing": _l("missing. Write it; its name suggests “%(kind)s”."),
    "kind_missing_none": _l("missing. Write it, or choose one for the whole list above."),
    "class_unknown": _l("“%(text)s” is not a class. Write I, II or III, or leave it empty."),
    "class_conflict": _l("the type says class %(kind)s, the class column %(column)s. Keep one."),
    "enterprise_missing": _l("missing. Write the enterprise or its tax code, or choose above that the establishment's "
                             "own name stands for it."),
    "enterprise_unnamed": _l("tax code %(code)s is not in the register yet. Write the enterprise's name beside it."),
    "enterprise_several": _l("“%(name)s” has several tax codes (%(options)s). Write which one."),
    "tax_code": _l("“%(text)s” is no tax code. It has 10 digits, 10-3 digits for a branch, or 12 for a household."),
    "tax_zero": _l("%(text)s has %(digits)s digits: a first zero seems lost. Format the cell as text and write all 10 "
                   "digits."),
    "number_form": _l("“%(text)s” is no number of the register. Write it as CS-000123, or leave it empty."),
    "number_unknown": _l("%(number)s is not in the register. Correct it, or leave it empty for a new establishment."),
    "not_a_number": _l("“%(text)s” is not a number. Write it as 1.250."),
    "vague_number": _l("“%(text)s” is not exact. Write one number, or leave it empty."),
    "small_fraction": _l("%(text)s is not possible; perhaps a spreadsheet took a thousands mark for a decimal. If "
                         "%(meant)s is meant, write it without marks."),
    "out_of_bounds": _l("%(value)s is not possible: from %(least)s to %(most)s. Leave it empty if it is not known."),
    "not_a_day": _l("“%(text)s” is not a day. Write it as 31/12/2020."),
    "no_such_day": _l("%(text)s is not in the calendar. Write it as 31/12/2020."),
    "month_first": _l("%(text)s is not in the calendar. If the month stands first, write %(meant)s."),
    "future": _l("%(value)s is still to come. Import the line when it has come."),
    "status_unknown": _l("“%(text)s” is not known. Write “Đang hoạt động”, “Tạm ngừng” or “Đã đóng cửa”."),
    "operating_and_closed": _l("it is operating but has the closing day %(value)s. Keep one."),
    "closed_before_opened": _l("the closing day %(closed)s is not after the opening day %(opened)s."),
    "status_before": _l("%(value)s is before the last change of status on %(since)s. Correct the day."),
    "opened_after_change": _l("its status or place changed on %(value)s: it cannot have opened later."),
    "phone": _l("“%(text)s” is no telephone number. Write it as 0210 3846 789, or leave it empty."),
    "email": _l("“%(text)s” is no e-mail address. Write it as ten@donvi.vn, or leave it empty."),
    "half_position": _l("give both latitude and longitude, or neither."),
    "position": _l("“%(text)s” is no position. Write it as 21.3227, 105.4019."),
    "position_swapped": _l("latitude and longitude are swapped. Write %(lat)s, %(lon)s."),
    "position_outside": _l("%(lat)s, %(lon)s lies outside the province. Correct it, or leave it empty."),
    "outside_province": _l("“%(text)s” is not in this province's register."),
    "commune_missing": _l("missing. Write the commune or ward."),
    "district_only": _l("“%(text)s” was a district; write the commune. Today there are: %(options)s."),
    "commune_unknown": _l("there is no “%(text)s”. Do you mean %(options)s?"),
    "commune_unknown_none": _l("there is no “%(text)s” in the province, today or before. Correct the name."),
    "not_in_district": _l("“%(text)s” does not lie in %(district)s, but: %(options)s. Correct one of them."),
    "ambiguous": _l("“%(text)s” can be: %(options)s. Write the old district in its column, or “(cũ)” or “(mới)” behind "
                    "the name."),
    "no_successor": _l("nobody has recorded what %(name)s has become. Write today's commune."),
    "district_unknown": _l("there was no district “%(text)s”. Do you mean %(options)s?"),
    "district_unknown_none": _l("there was no district “%(text)s”. Correct it, or leave it empty."),
    "commune_conflict": _l("the column says “%(column)s”, the address “%(address)s”. Keep one."),
    "out_of_scope": _l("%(place)s lies outside your territory. Ask a colleague there, or the administrator."),
    "several": _l("it could be several establishments of the register: %(options)s. Write its number."),
    "repeated": _l("the same establishment stands in line %(line)s. Keep one of them."),
    "repeated_place": _l("line %(line)s has the same enterprise, type and address. Keep one, or write the part of the "
                         "building."),
    "line_headings": _l("the headings again"), "line_numbering": _l("column numbers"), "line_total": _l("a total"),
    "line_remark": _l("a remark"), "line_signature": _l("place, day or signature"),
    "line_section": _l("a heading; it counts for the lines below"),
    "line_lone": _l("text by itself, without an establishment's facts"), "line_example": _l("the template's example"),
}
DAYS = frozenset({"opened_on", "status_on", "closed_on"})


def explain(issue: Issue) -> tuple[str, str]:
    """(field, what is said about it) in the reader's language."""
    code = issue.code
    if f"{code}_none" in REASONS and not issue.params.get("options", issue.params.get("kind")):
        code += "_none"
    words = NOTES.get(code) or REASONS[code]
    field = str(FIELDS[issue.field]) if issue.field else ""
    return field, str(words) % {name: show_param(name, value) for name, value in issue.params.items()}


def explain_file(error: Unreadable) -> str:
    """Why a file as a whole cannot be imported, and what to do."""
    return str(FILES[error.code]) % {name: show_param(name, value) for name, value in error.params.items()}


def show_param(name: str, value: Any) -> str:
    """A figure of an issue as people read it."""
    if isinstance(value, list):
        return " · ".join(value)
    if name == "kind" and value in list(Kind):
        return label(Kind(value))
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return day(date.fromisoformat(text))
    if name in ("value", "least", "most", "rows", "columns") and re.fullmatch(r"-?\d{1,8}", text):
        return show_number(int(text))
    return text


def show_value(field: str, value: Any, unit_names: dict[int, str]) -> str:
    """A value of a line or of the register as people read it."""
    if value is None or value == "":
        return "–"
    if field == "unit_id":
        return unit_names.get(value, "–")
    if field == "kind":
        return label(Kind(value))
    if field == "status":
        return label(Status(value))
    if field == "recorded_class":
        return str(CLASSES[value])
    if field in DAYS:
        return day(value)
    return show_number(value) if field in ("area_m2", "items") else str(value)

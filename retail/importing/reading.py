"""From the bytes of a file to sheets of raw cells, within bounds. Everything else is refused in words."""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, ZipError

from retail.importing import delimited
from retail.importing.issues import Unreadable

MOST_BYTES = 16 * 1024 * 1024
MOST_UNPACKED = 128 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 256
MOST_CELLS = 4_000_000  # calamine keeps the rectangle around all cells: two cells far apart are a bomb
MOST_SHEETS = 60
LONGEST_NAME = 120  # of a sheet; Excel itself allows 31

Range = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column), from 0


@dataclass(frozen=True)
class Sheet:
    """A sheet. `rows()` yields every row from line 1, as lists of cells from column `left` on (0: column A)."""

    name: str
    rows: Callable[[], Iterable[Sequence[object]]]
    left: int = 0
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    height: int | None = None  # lines at most; None: not known without reading
    was_tcvn3: bool = False  # converted from the old encoding

    def lines(self) -> Iterator[tuple[int, Sequence[object]]]:
        """Line number as the spreadsheet shows it, and the cells."""
        return enumerate(self.rows(), start=1)


@dataclass(frozen=True)
class Book:
    """A file that could be read: its sheets, and how (`encoding` of a text file)."""

    sheets: tuple[Sheet, ...]
    encoding: str = ""


MAGIC = (  # what a file begins with → why it is refused
    (b"%PDF", "pdf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"), (b"{\\rtf", "word"),
)
ZIPPED = (  # a member of a zip file → why it is refused
    ("word/document.xml", "word"), ("xl/workbook.bin", "xlsb"), ("content.xml", "ods"),
    ("ppt/presentation.xml", "other"),
)


def read(content: bytes, most_columns: int = MOST_COLUMNS) -> Book:
    """The sheets of an .xlsx or a text file, told by its content and not by its name. Raises Unreadable."""
    if not content.strip(b"\x00\r\n\t ;,"):
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large", most=MOST_BYTES // 1024 // 1024)
    for start, reason in MAGIC:
        if content.startswith(start):
            raise Unreadable(reason)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("password" if "EncryptedPackage".encode("utf-16-le") in content else "xls")
    if content.startswith(b"PK"):
        return read_xlsx(content, most_columns)
    if re.match(rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table|meta|style)", content[:200], re.IGNORECASE):
        raise Unreadable("web_page")
    return read_text(content)


def read_text(content: bytes) -> Book:
    """A file of delimited text."""
    text, encoding = delimited.decode(content)
    first, _break, rest = text.partition("\n")
    if told := re.fullmatch(r'"?sep=(.)"?\r?', first, re.IGNORECASE):  # Excel's own hint, a line of the file
        delimiter, text = told[1], "\n" + rest
    else:
        delimiter = delimited.find_delimiter(text)
    sheet = Sheet("", partial(delimited.records, text, delimiter))
    check_rows(sheet)
    return Book((sheet,), encoding)


def read_xlsx(content: bytes, most_columns: int = MOST_COLUMNS) -> Book:
    """A workbook. Its parts are measured before calamine opens them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            errors = check_archive(archive, most_columns)
            parts = sheet_parts(archive) if errors else {}
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [(meta.name, str(meta.visible)) for meta in workbook.sheets_metadata
                 if meta.typ == SheetTypeEnum.WorkSheet][:MOST_SHEETS]
        sheets = [
            sheet_of(workbook.get_sheet_by_name(name), not shown.endswith(".Visible"), errors.get(parts.get(name, "")))
            for name, shown in names]
    except PasswordError:
        raise Unreadable("password") from None
    except (zipfile.BadZipFile, ZipError, CalamineError, NotImplementedError, EOFError, OSError, RuntimeError,
            ElementTree.ParseError):
        raise Unreadable("damaged") from None
    for sheet in sheets:
        check_rows(sheet)
    return Book(tuple(sheets))


def sheet_of(sheet: CalamineSheet, hidden: bool, errors: dict[tuple[int, int], str] | None) -> Sheet:
    """calamine's rows start at line 1 and at the first column that is used; errors in cells are empty there."""
    left = sheet.start[1] if sheet.start else 0
    told = errors if errors and sheet.start else {}

    def rows() -> Iterator[Sequence[object]]:
        for number, row in enumerate(sheet.iter_rows()):
            for index in range(len(row)):
                if text := told.get((number, left + index)):
                    row[index] = text
            yield row

    plain = sheet.iter_rows if sheet.start else tuple
    return Sheet(sheet.name[:LONGEST_NAME], rows if told else plain, left,
                 tuple(sheet.merged_cell_ranges or ()), hidden, sheet.total_height)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of a sheet → the part of the archive that holds it."""
    targets = {link.get("Id"): link.get("Target", "")
               for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
    found = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
            found[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))[1:]
    return found


def error_cells(xml: bytes) -> dict[tuple[int, int], str]:
    """(row, column), from 0 → "#REF!" and the like."""
    if b't="e"' not in xml:
        return {}
    found = re.findall(rb'<c r="([A-Z]+)([0-9]+)"[^>]*t="e"[^>]*>(?:<f.*?</f>|<f[^>]*/>)?<v>(#[^<]+)</v>', xml)
    return {(int(row) - 1, number_of(letters) - 1): text.decode() for letters, row, text in found}


def check_rows(sheet: Sheet) -> None:
    """Refuse a sheet with more filled rows than an import takes."""
    if sheet.height is not None and sheet.height <= MOST_ROWS:
        return
    filled = sum(1 for row in sheet.rows() if any(cell != "" for cell in row))
    if filled > MOST_ROWS:
        raise Unreadable("too_many_rows", rows=filled, most=MOST_ROWS)


def check_archive(archive: zipfile.ZipFile, most_columns: int) -> dict[str, dict[tuple[int, int], str]]:
    """Kind of the archive, and how large its parts are: as declared, and as unpacked. Raises Unreadable.

    Gives back the errors in the cells of each worksheet, which calamine would show as empty.
    """
    members = {member.filename: member for member in archive.infolist()}
    for name, reason in ZIPPED:
        if name in members:
            raise Unreadable(reason)
    if "xl/workbook.xml" not in members:
        raise Unreadable("archive")
    parts = [member for member in members.values() if member.filename.endswith((".xml", ".rels"))]
    if any(member.flag_bits & 1 for member in parts):
        raise Unreadable("password")
    if sum(member.file_size for member in parts) > MOST_UNPACKED:
        raise Unreadable("bomb", most=MOST_UNPACKED // 1024 // 1024)
    errors = {}
    for member in parts:
        xml = archive.read(member)  # a size declared too small fails its checksum here
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            check_extent(xml, most_columns)
            if found := error_cells(xml):
                errors[member.filename] = found
    return errors


def check_extent(xml: bytes, most_columns: int) -> None:
    """Refuse a worksheet whose filled cells lie so far apart that the rectangle around them fills the memory."""
    if not fits(xml, most_columns) and not fits(without_empty(xml), most_columns):
        raise Unreadable("too_wide", columns=most_columns, rows=MOST_ROWS)


def without_empty(xml: bytes) -> bytes:
    """The worksheet without cells that have a format only."""
    return re.sub(rb"<(\w+:)?c\b[^<>]*/>", b"", xml)


def fits(xml: bytes, most_columns: int) -> bool:
    """Whether all cells named in a worksheet lie within the bounds."""
    letters = set(re.findall(rb"\br\s*=\s*[\"']\s*([A-Z]+)(?=[0-9])", xml))
    columns = max((number_of(name) for name in letters), default=1)
    rows = max(map(int, re.findall(rb"\br\s*=\s*[\"']\s*[A-Z]*([0-9]{5,9})", xml)), default=9_999)
    return columns <= most_columns and rows * columns <= MOST_CELLS


def number_of(letters: bytes) -> int:
    """Which column letters name: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def letters_of(index: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters

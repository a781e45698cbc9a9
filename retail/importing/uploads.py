"""An upload from file to register: read and plan it, correct what its columns mean, confirm it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from accounts.models import User
from foundation import audit, clock, storage
from foundation.db import db
from foundation.errors import RuleBroken
from foundation.numbers import FOREVER, take_numbers
from foundation.text import clean
from retail.actions.establishments import SERIES
from retail.importing.applying import apply_preview
from retail.importing.cells import text_of
from retail.importing.columns import Layout, corrected, find_layout, layout_at
from retail.importing.entries import Options
from retail.importing.fields import Field
from retail.importing.legacy import from_tcvn3, is_sheet_of_tcvn3
from retail.importing.lookups import allowed_communes, load_places, load_register, register_stamp
from retail.importing.planning import Setting, make_plan
from retail.importing.previews import Preview, pack
from retail.importing.reading import Book, Sheet, read
from retail.models import RegisterImport
from retail.rules import Kind

SAMPLED = 40  # lines looked at for what stands in a column


def upload(content: bytes, file_name: str, *, sheet: str | None = None, by: User, at: datetime) -> RegisterImport:
    """Keep a file and plan its import. Raises Unreadable for a file that cannot be read."""
    book = read(content)
    chosen, layout = choose_sheet(book, sheet)
    started = RegisterImport(
        sha256=storage.put(content), file_name=clean(file_name)[-200:], sheet=chosen.name, counts={}, created_by=by,
        created_at=at, mapping={})
    db.session.add(started)
    db.session.flush()
    plan(started, book, chosen, layout, Options(), by=by, at=at)
    audit.record("upload_register_list", started, by=by, at=at, file=started.file_name, sha256=started.sha256,
                 sheet=started.sheet, counts=started.counts)
    return started


def choose_sheet(book: Book, name: str | None = None) -> tuple[Sheet, Layout | None]:
    """The sheet of a name; else the one whose headings are understood best, visible ones first."""
    sheets = [modern(sheet) for sheet in book.sheets if name is None or sheet.name == name] or [modern(book.sheets[0])]
    found = [(sheet, find_layout(sheet)) for sheet in sheets]
    return max(found, key=lambda pair: (pair[1] is not None, not pair[0].hidden, pair[1].worth if pair[1] else 0))


def modern(sheet: Sheet) -> Sheet:
    """A sheet typed in a TCVN3 font throughout, as Unicode; any other as it is."""
    if not is_sheet_of_tcvn3(cell for row in sheet.rows() for cell in row if isinstance(cell, str)):
        return sheet

    def rows():
        for row in sheet.rows():
            yield [from_tcvn3(cell) if isinstance(cell, str) else cell for cell in row]

    return replace(sheet, rows=rows, was_tcvn3=True)


def mapping_of(book: Book, sheet: Sheet, layout: Layout | None, options: Options) -> dict[str, Any]:
    """What is kept of how a list is understood, for the page and for the next time it is read."""
    return {
        "first": layout.first if layout else None, "last": layout.last if layout else None,
        "columns": [{"index": column.index, "letter": layout.letter(column), "heading": column.heading,
                     "field": column.field.value if column.field else "", "why": column.why, "sample": sample}
                    for column, sample in zip(layout.columns, samples(sheet, layout), strict=True)] if layout else [],
        "missing": [field.value for field in layout.missing] if layout else [],
        "kind": options.kind.value if options.kind else "", "own_enterprise": options.own_enterprise,
        "sheets": [one.name for one in book.sheets], "encoding": book.encoding,
        "tcvn3": sheet.was_tcvn3 or book.encoding == "tcvn3"}


def samples(sheet: Sheet, layout: Layout) -> list[str]:
    """What stands in each column: its first two different cells below the headings."""
    found: list[list[str]] = [[] for _column in layout.columns]
    for _number, row in islice(sheet.lines(), layout.last, layout.last + SAMPLED):
        for texts, cell in zip(found, row, strict=False):
            text = text_of(cell)[:40]
            if text and text not in texts and len(texts) < 2:
                texts.append(text)
    return [" · ".join(texts) for texts in found]


def open_layout(sheet: Sheet, mapping: dict[str, Any]) -> Layout | None:
    """The layout that a mapping describes."""
    if not mapping.get("first"):
        return None
    choices = {one["index"]: Field(one["field"]) if one["field"] else None for one in mapping["columns"]}
    return corrected(layout_at(sheet, mapping["first"], mapping["last"]), choices)


def open_sheet(started: RegisterImport) -> tuple[Book, Sheet, Layout | None]:
    """The stored file of an upload, its sheet and layout."""
    book = read(storage.get(started.sha256))
    sheet = modern(next((one for one in book.sheets if one.name == started.sheet), book.sheets[0]))
    return book, sheet, open_layout(sheet, started.mapping)


def options_of(mapping: dict[str, Any]) -> Options:
    """What was chosen for the whole list."""
    return Options(Kind(mapping["kind"]) if mapping.get("kind") else None, bool(mapping.get("own_enterprise")))


def plan(started: RegisterImport, book: Book, sheet: Sheet, layout: Layout | None, options: Options, *, by: User,
         at: datetime) -> None:
    """Plan an upload against the register as it is now, and keep the preview."""
    started.sheet, started.mapping = sheet.name, mapping_of(book, sheet, layout, options)
    if layout is None or not {Field.NAME, Field.NUMBER} & layout.fields.keys():
        started.plan_sha256, started.plan_stamp, started.counts = "", "", {}
        return
    today = clock.local(at).date()
    places, allowed = load_places(today), allowed_communes(by)
    setting = Setting(places, options, today, allowed, Field.OPENED in layout.fields)
    started.plan_stamp = register_stamp(by, today)
    with no_collection():
        packed = pack(make_plan(sheet, layout, setting, lambda keys: load_register(keys, places, allowed)))
    started.plan_sha256 = storage.put(packed)
    started.counts = Preview(packed).counts


def change_mapping(started: RegisterImport, *, sheet: str, first: int | None, last: int | None,
                   columns: dict[int, Field | None], options: Options, by: User, at: datetime) -> None:
    """Plan again with another sheet, heading rows, columns or choices. Raises RuleBroken when imported already."""
    insist_open(started)
    book = read(storage.get(started.sha256))
    if sheet != started.sheet:
        chosen, layout = choose_sheet(book, sheet)
    else:
        chosen = modern(next((one for one in book.sheets if one.name == sheet), book.sheets[0]))
        layout = layout_at(chosen, first, last) if first and last else find_layout(chosen)
        if layout and (first, last) == (started.mapping["first"], started.mapping["last"]):
            layout = corrected(layout, columns)  # what was chosen for these headings
    plan(started, book, chosen, layout, options, by=by, at=at)
    audit.record("correct_register_list", started, by=by, at=at, sheet=started.sheet, counts=started.counts, columns={
        one["letter"]: one["field"] for one in started.mapping["columns"]})


def insist_open(started: RegisterImport) -> None:
    """An import is confirmed once."""
    if started.confirmed_at:
        raise RuleBroken(_("This list has been imported already. Upload it again to see what would change now."))


def confirm(started: RegisterImport, plan_sha256: str, *, by: User, at: datetime) -> bool:
    """Write the preview somebody saw. False when the register has changed so that it no longer holds: look again."""
    insist_open(started)
    take_numbers(SERIES, FOREVER, 0)  # until this transaction ends nobody else adds an establishment
    if not started.plan_sha256 or started.plan_sha256 != plan_sha256:
        return False
    if started.plan_stamp != register_stamp(by, clock.local(at).date()):
        plan(started, *open_sheet(started), options_of(started.mapping), by=by, at=at)
        if started.plan_sha256 != plan_sha256:
            return False
    with no_collection():
        apply_preview(Preview(storage.get(plan_sha256)), started, by=by, at=at)
    return True


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python from searching for cycles among the many small things of a long list: there are none to find."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

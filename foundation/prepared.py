"""A select compiled once and asked straight through the driver: for the one page that has to be fastest."""

from collections import namedtuple
from contextlib import closing
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Select

from foundation.db import db


class Prepared:
    """Reads outside the session, in a transaction of its own; some 30 µs where the session takes 200."""

    def __init__(self, select: Select):
        self.select = select
        self.compiled = cache(self._compile)  # by dialect

    def _compile(self, dialect: Dialect) -> tuple[Any, str, list]:
        compiled = self.select.compile(dialect=dialect)
        kinds = [column.type.dialect_impl(dialect) for column in self.select.selected_columns]
        return compiled, str(compiled), [kind.result_processor(dialect, None) for kind in kinds]

    def rows(self, **parameters: object) -> list[tuple]:
        """Rows as the driver gives them."""
        compiled, text, _processors = self.compiled(db.engine.dialect)
        values = compiled.construct_params(parameters)
        with closing(db.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(text, [values[name] for name in compiled.positiontup] if compiled.positional else values)
            return list(cursor.fetchall())

    def read(self, row: tuple) -> Any:
        """One of them as a named tuple of the values SQLAlchemy would give."""
        processors = self.compiled(db.engine.dialect)[2]
        named = namedtuple("Row", self.select.selected_columns.keys())  # type: ignore[misc]
        return named(*(process(value) if process else value for process, value in zip(processors, row, strict=True)))

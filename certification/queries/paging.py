"""One page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from foundation.db import db

PAGE = 50


@dataclass(frozen=True)
class Page:
    """Rows of one page, its number from 1, and how many rows there are in all."""

    rows: Sequence[Any]
    number: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def page_of(wanted: Select, number: int) -> Page:
    """A page of an ordered select, in two statements; one past the end is the last one."""
    total = db.session.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    number = min(max(number, 1), Page((), 1, total).pages)
    return Page(db.session.execute(wanted.limit(PAGE).offset((number - 1) * PAGE)).all(), number, total)

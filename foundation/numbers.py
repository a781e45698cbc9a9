"""Number series without gaps: 0001, 0002, … counted in the transaction that uses the number."""

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, db

FOREVER = 0  # the year of a series that does not start again each January

# Waits for whoever is counting in the same series, then counts on; the same words on both databases.
RAISE = text("""INSERT INTO number_series (series, year, last) VALUES (:series, :year, :count)
ON CONFLICT (series, year) DO UPDATE SET last = number_series.last + :count RETURNING last""")


class NumberSeries(Base):
    """The last number given in a series and year. Raised in the transaction that uses the number: no gaps."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def take_numbers(series: str, year: int, count: int) -> range:
    """The next `count` numbers of a series, first one 1. A rollback gives them back."""
    last = db.session.execute(RAISE, {"series": series, "year": year, "count": count}).scalar_one()
    return range(last - count + 1, last + 1)


def next_number(series: str, year: int) -> int:
    """The next number of a series in a year."""
    return take_numbers(series, year, 1)[0]

"""The register as choices beside a form: establishments.csv."""

import csv
import io
from datetime import date

from sqlalchemy import select

from foundation.db import db
from retail.models import Establishment
from retail.queries.register import Filter, conditions
from retail.rules import Status


def write_register(on: date) -> str:
    """Every establishment in operation on a day: name (its number), label, kind. No mark before it: ODK reads none."""
    wanted = select(Establishment.number, Establishment.name, Establishment.kind)
    rows = db.session.execute(wanted.where(*conditions(Filter(status=Status.OPERATING), on))
                              .order_by(Establishment.sort_key, Establishment.id))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["name", "label", "kind"])
    writer.writerows([number, f"{name} ({number})", kind.value] for number, name, kind in rows)
    return file.getvalue()

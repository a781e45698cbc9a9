"""What is known about an establishment, as handed to the verbs; and what can be wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from foundation.errors import Invalid
from foundation.i18n import day as show_day
from foundation.i18n import number as show_number
from retail.models import Enterprise, Establishment
from retail.rules import EMAIL, LAT, LENGTHS, LON, MOST_AREA, MOST_ITEMS, PHONE, Kind, read_tax_code
from territory.models import AdminUnit
from territory.rules import Level


@dataclass(frozen=True)
class EstablishmentFacts:
    """One establishment as its papers and its keeper tell it; texts are clean (foundation.text.clean)."""

    name: str
    kind: Kind
    enterprise: Enterprise
    unit: AdminUnit  # a commune
    address: str = ""  # house number, street
    opened_on: date | None = None
    recorded_class: int | None = None  # 1 to 3
    area_m2: int | None = None
    items: int | None = None
    branch_code: str | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    parent: Establishment | None = None  # the trade centre it stands in
    contact_post: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    note: str = ""
    is_demo: bool = False


def problems(facts: EstablishmentFacts, today: date) -> dict[str, str]:
    """Field → what to do about it; empty when the facts can be written."""
    found = {}
    for field, length in LENGTHS.items():
        if len(getattr(facts, field)) > length:
            found[field] = _("At most %(length)s characters, please.", length=length)
    for check in (check_words, check_figures, check_place):
        found.update(check(facts))
    if facts.opened_on and facts.opened_on > today:
        found["opened_on"] = _("This day lies in the future. Record the establishment when it has opened.")
    if facts.parent and facts.parent.kind != Kind.TRADE_CENTRE:
        found["parent"] = _("An establishment can only stand inside a trade centre.")
    return found


def check_words(facts: EstablishmentFacts) -> dict[str, str]:
    """Name, codes and contact."""
    found = {}
    if not facts.name:
        found["name"] = _("Write the name.")
    if facts.branch_code and not read_tax_code(facts.branch_code):
        found["branch_code"] = _("A tax code has 10 digits, 10-3 digits for a branch, or 12 for a household.")
    if facts.contact_phone and not re.fullmatch(PHONE, facts.contact_phone):
        found["contact_phone"] = _("Write digits, spaces, and + ( ) . - only.")
    if facts.contact_email and not re.fullmatch(EMAIL, facts.contact_email):
        found["contact_email"] = _("This is not an e-mail address. Write it as ten@donvi.vn.")
    return found


def check_figures(facts: EstablishmentFacts) -> dict[str, str]:
    """Class, area, items, position."""
    found = {}
    if facts.recorded_class not in (None, 1, 2, 3):
        found["recorded_class"] = _("The class is I, II or III.")
    for field, least, most in (("area_m2", 1, MOST_AREA), ("items", 0, MOST_ITEMS)):
        value = getattr(facts, field)
        if value is not None and not least <= value <= most:
            found[field] = _("From %(least)s to %(most)s.", least=show_number(least), most=show_number(most))
    if (facts.lat is None) != (facts.lon is None):
        found["lat" if facts.lat is None else "lon"] = _("Give both latitude and longitude, or neither.")
    for field, (low, high) in (("lat", LAT), ("lon", LON)):
        value = getattr(facts, field)
        if value is not None and not low <= value <= high:
            found[field] = _("Outside the province: from %(least)s to %(most)s.",
                             least=show_number(low, 1), most=show_number(high, 1))
    return found


def check_place(facts: EstablishmentFacts) -> dict[str, str]:
    """The unit is a commune that had not ended when the establishment opened."""
    if facts.unit.level != Level.COMMUNE:
        return {"unit": _("Choose a commune or ward.")}
    ended = facts.unit.valid_to
    if ended and facts.opened_on and ended <= facts.opened_on:
        return {"unit": _("%(name)s ended on %(day)s. Choose the unit that took its place.",
                          name=facts.unit.name, day=show_day(ended))}
    return {}


def insist(facts: EstablishmentFacts, today: date) -> None:
    """Raise Invalid when the facts cannot be written."""
    found = problems(facts, today)
    if found:
        raise Invalid(" ".join(found.values()), found)

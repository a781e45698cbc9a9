"""The words people read for the register's enums, fields and history."""

from datetime import date

from flask_babel import lazy_gettext as _l

from foundation.audit import name_words
from foundation.i18n import day, label, name_members
from retail.rules import Kind, Status

name_members({
    Kind.SUPERMARKET: _l("General supermarket"),
    Kind.SPECIALISED: _l("Specialised supermarket"),
    Kind.TRADE_CENTRE: _l("Trade centre"),
    Kind.CONVENIENCE: _l("Convenience store"),
    Kind.MINI: _l("Mini supermarket"),
    Kind.MARKET: _l("Market"),
    Kind.OTHER: _l("Other point of sale"),
})
name_members({
    Status.OPERATING: _l("Operating"),
    Status.PAUSED: _l("Paused"),
    Status.CLOSED: _l("Closed"),
})
CLASSES = {1: _l("Class I"), 2: _l("Class II"), 3: _l("Class III")}
VERBS = {
    "add_establishment": _l("Added to the register"),
    "change_establishment": _l("Corrected"),
    "set_status": _l("Status changed"),
    "move": _l("Moved"),
}
FIELDS = {
    "name": _l("Name"), "number": _l("Register number"), "kind": _l("Type"), "enterprise": _l("Enterprise"),
    "branch_code": _l("Tax code of the branch"), "parent": _l("Inside the trade centre"),
    "recorded_class": _l("Class on its papers"), "area_m2": _l("Business area, m²"),
    "items": _l("Names of goods on sale"), "opened_on": _l("Opening day"), "unit": _l("Commune or ward"),
    "address": _l("House number, street, hamlet"), "lat": _l("Latitude"), "lon": _l("Longitude"),
    "contact_post": _l("Post of the contact"), "contact_phone": _l("Work phone"),
    "contact_email": _l("Work e-mail"), "note": _l("Note"), "status": _l("Status"), "since": _l("From day"),
    "reason": _l("Reason"), "place": _l("Where it is"),
}


def changes(detail: dict) -> list[tuple[str, str, str]]:
    """(field, before, after) of an audit entry, in words."""
    before, after = detail.get("before", {}), detail.get("after", {})
    return [(str(FIELDS.get(key, key)), show(key, before.get(key)), show(key, value))
            for key, value in after.items() if value not in (None, "") or before.get(key) not in (None, "")]


def show(field: str, value: object) -> str:
    """One value of the audit trail as people read it."""
    if value in (None, ""):
        return "–"
    text = str(value)
    if field == "kind":
        return label(Kind(text))
    if field == "status":
        return label(Status(text))
    if field == "recorded_class":
        return str(CLASSES[int(text)])
    if field in ("since", "opened_on"):
        return day(date.fromisoformat(text))
    return text


name_words({
    "add_enterprise": _l("Enterprise added"),
    "change_enterprise": _l("Enterprise corrected"),
    "add_store_user": _l("Store account connected"),
    "remove_store_user": _l("Store account disconnected"),
    "add_establishment": _l("Establishment added"),
    "change_establishment": _l("Establishment corrected"),
    "set_status": _l("Status changed"),
    "move": _l("Moved"),
    "Enterprise": _l("Enterprise"),
    "Establishment": _l("Establishment"),
    "address": _l("Address"),
    "area_m2": _l("Business area, m²"),
    "items": _l("Names of goods on sale"),
    "branch_code": _l("Tax code of the branch"),
    "contact_post": _l("Post of the contact"),
    "contact_phone": _l("Work phone"),
    "contact_email": _l("Work e-mail"),
    "enterprise": _l("Enterprise"),
    "establishment": _l("Establishment"),
    "kind": _l("Type"),
    "lat": _l("Latitude"),
    "lon": _l("Longitude"),
    "note": _l("Note"),
    "opened_on": _l("Opening day"),
    "parent": _l("Inside the trade centre"),
    "recorded_class": _l("Class on its papers"),
    "tax_code": _l("Tax code"),
    "unit": _l("Commune or ward"),
    "status": _l("Status"),
    "since": _l("From which day"),
    "user": _l("Account"),
})

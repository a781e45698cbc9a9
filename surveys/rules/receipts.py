"""Numbers of receipts: read aloud, typed, found again. Pure."""

import re

DIGITS = 10  # of the survey's UUID


def number_of(survey_id: str, year: int) -> str:
    """The number of a survey's receipt: BN-2026-7F2C6E1A05."""
    return f"BN-{year}-{survey_id.replace('-', '')[:DIGITS].upper()}"


def beginning_of(number: str) -> str | None:
    """How the id of the survey begins, from any case, with or without spaces; None when it cannot be a number."""
    found = re.fullmatch(r"BN-?[0-9]{4}-?([0-9A-F]{8})([0-9A-F]{2})", "".join(number.split()).upper())
    return f"{found[1]}-{found[2]}".lower() if found else None

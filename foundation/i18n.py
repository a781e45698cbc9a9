"""Two languages: English message ids, Vietnamese and English catalogues; Vietnamese habits for numbers and days.

Each package keeps its own catalogue in `<package>/translations/`; .mo files are made from .po at start.
"""

import os
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale
from flask_login import current_user
from markupsafe import Markup

from foundation.clock import local
from foundation.config import ROOT

LANGUAGES = ("vi", "en")
PACKAGES = ("foundation", "territory", "accounts", "retail", "plan", "surveys", "certification", "progress",
            "operations")
LABELS: dict[tuple[str, str], object] = {}  # (enum's name, member) → lazy text; see `name_members`


def compile_catalogues() -> None:
    """Write each .mo that is missing or older than its .po."""
    for source in (path for package in PACKAGES for path in ROOT.glob(f"{package}/translations/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            temporary = target.with_suffix(f".{os.getpid()}")
            with source.open("rb") as po, temporary.open("wb") as mo:
                write_mo(mo, read_po(po))
            temporary.replace(target)


def choose_language() -> str:
    """`?lang=` first, then the person's own, then the cookie of an earlier choice, then the setting."""
    if not has_request_context():
        return current_app.config["PPX_LANGUAGE"]
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        g.chosen_language = asked
        return asked
    if getattr(g, "stateless", False):
        return current_app.config["PPX_LANGUAGE"]
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    cookie = request.cookies.get("lang", "")
    return cookie if cookie in LANGUAGES else current_app.config["PPX_LANGUAGE"]


def is_english() -> bool:
    """Whether this answer is in English."""
    return str(get_locale() or current_app.config["PPX_LANGUAGE"]).startswith("en")


def pick(thing: Any, field: str) -> Any:
    """`field_vi` or `field_en` (text or a list) of an object or a dictionary; Vietnamese where English is empty."""
    read = thing.get if isinstance(thing, dict) else lambda key: getattr(thing, key)
    return (read(f"{field}_en") if is_english() else "") or read(f"{field}_vi")


def name_members(words: dict) -> None:
    """Give the members of one enum the lazy texts people read: `name_members({Kind.MARKET: _l("Market"), …})`.

    Each package calls it in its labels.py. Members of two enums may share a text, hence one call an enum.
    """
    LABELS.update({(type(member).__name__, member.value): text for member, text in words.items()})


def label(member: StrEnum | None) -> str:
    """The word people read for an enum member."""
    return "" if member is None else str(LABELS[type(member).__name__, member.value])


def number(value: Decimal | int | float | None, places: int = 0) -> str:
    """1.000,5 in Vietnamese, 1,000.5 in English; half up; an en dash for nothing."""
    if value is None:
        return "–"
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,}"
    return text if is_english() else text.translate(str.maketrans(",.", ".,"))


def percent(value: Decimal | int | float | None, places: int = 1) -> Markup:
    """`value` is already in percent: 42.97 → "42,97 %", never broken across lines."""
    return Markup("–") if value is None else Markup(f"{number(value, places)}\u00a0%")


def day(value: date | str | None) -> str:
    """dd/mm/yyyy in both languages; stored facts keep their days as ISO text."""
    if not value:
        return "–"
    return (date.fromisoformat(value) if isinstance(value, str) else value).strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """dd/mm/yyyy hh:mm on a Vietnamese clock."""
    return "–" if value is None else local(value).strftime("%d/%m/%Y %H:%M")


def init_app(app: Flask) -> None:
    """Choose the language of each answer and give templates the filters."""
    compile_catalogues()
    folders = [str(ROOT / package / "translations") for package in PACKAGES]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(f for f in folders if Path(f).is_dir())
    Babel(app, locale_selector=choose_language)
    app.jinja_env.filters.update(
        tr=pick, label=label, num=number, pct=percent, day=day, moment=moment)
    app.jinja_env.globals.update(is_english=is_english)

    @app.after_request
    def keep_choice(response):
        if (chosen := g.pop("chosen_language", None)) and not getattr(g, "stateless", False):
            response.set_cookie("lang", chosen, max_age=365 * 86400, samesite="Lax", httponly=True,
                                secure=app.config["SESSION_COOKIE_SECURE"])
        return response

"""The survey form without JavaScript: names of inputs are paths in the survey document.

`answers.A6.numerator`, `lines.P01.N.opening`, `bags.0.readings_um.2`, `signatures.team.title`. The same rules are
kept by static/js/survey/document.js, which reads the page when there is JavaScript; a browser test compares them.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from foundation.forms import parse_day, parse_number, tidy
from surveys.rules.bags import READINGS
from surveys.rules.document import AMOUNTS, SIDES_OF_TALLY
from surveys.rules.words import MaterialClass, Side

WHOLE = {"number", "step", "receipts", "floor_area_m2", *SIDES_OF_TALLY}
FIGURES = {"numerator", "denominator", *AMOUNTS, "width_cm", "height_cm"}
DAYS = {"period_from", "period_to", "proof_expires_on"}
FLAGS = {"yes": None, "na": False, "hard_to_degrade": None, "prepack": None, "has_statement": False}  # when not said
SPOKEN = {"true": True, "false": False}
PAPERS = {"proof_number": "", "proof_holder": "", "proof_expires_on": None, "has_statement": False, "note": ""}
HEAD = ("observed_at", "period_from", "period_to", "count_method", "counted_by", "receipts", "floor_area_m2",
        "remarks", "store_remarks")

NAMES = re.compile(  # every name the form has; others are passed over
    r"(?!(tally|answers|lines|bags|signatures)$)\w+|tally\.\w+|answers\.[^.]+\.\w+|lines\.[^.]+\.\w+\.\w+"
    r"|bags\.[0-9]{1,3}\.((?!readings_um$)\w+|readings_um\.[0-9])|signatures\.\w+\.\w+")

Tree = dict[str, Any]


def document_from_form(form: Mapping[str, str]) -> Tree:
    """The document typed into a form. What is no number or day stays text: saving says so beside the field."""
    typed = plant(form)
    document: Tree = {key: value(key, typed.get(key, "")) for key in HEAD if key in typed}
    revision = typed.get("revision", "")
    document["revision"] = int(revision) if re.fullmatch("[0-9]{1,9}", revision) else None
    if "tally" in typed:
        tally = {key: value(key, typed["tally"].get(key, "")) or 0 for key in SIDES_OF_TALLY}
        document["tally"] = tally if any(tally.values()) else None
    document["answers"] = {code: answer_from(said) for code, said in typed.get("answers", {}).items()}
    document["lines"] = list(lines_from(typed.get("lines", {})))
    document["bags"] = [bag for bag in map(bag_from, in_order(typed.get("bags", {}))) if bag]
    signatures = {side: signature_from(signed) for side, signed in typed.get("signatures", {}).items()}
    document["signatures"] = {side: signed for side, signed in signatures.items() if signed}
    return document


def plant(form: Mapping[str, str]) -> Tree:
    """{"a.b": "x"} → {"a": {"b": "x"}}; every level is a dictionary."""
    tree: Tree = {}
    for name, text in form.items():
        if not NAMES.fullmatch(name):
            continue
        *path, last = name.split(".")
        branch = tree
        for step in path:
            branch = branch.setdefault(step, {})
        branch[last] = text
    return tree


def value(key: str, text: str) -> Any:
    """What a field means: None for nothing, a plain figure, an ISO day, true or false, else the text itself."""
    text = tidy(text) or ""
    if key in FLAGS:
        return SPOKEN.get(text, FLAGS[key])
    if key in WHOLE or key in FIGURES:
        number = parse_number(text)
        if number is None:
            return text or None
        return int(number) if key in WHOLE and number == int(number) else format(number, "f")
    if key in DAYS:
        day = parse_day(text)
        return day.isoformat() if day else text or None
    return text or None if key in ("observed_at", "count_method") else text


def answer_from(said: Tree) -> Tree:
    """An answer; the choice "na" among yes/no or the steps means not applicable, which leaves only its reason."""
    if "na" in (said.get("yes"), said.get("step")) or said.get("na") == "true":
        said = {"na": "true", **{key: said.get(key, "") for key in ("na_reason", "note")}}
    else:
        said = {key: text for key, text in said.items() if key not in ("na", "na_reason")}
    answer = {key: value(key, text) for key, text in said.items()}
    return {key: figure for key, figure in answer.items() if figure not in (None, "")}


def lines_from(categories: Tree) -> Iterable[Tree]:
    """The lines something was typed into."""
    for category, classes in categories.items():
        for material in MaterialClass:
            typed = classes.get(material.value, {})
            line = {key: value(key, text) for key, text in typed.items()}
            if any(figure not in (None, "", False) for figure in line.values()):
                line |= {key: line.get(key) or "0" for key in AMOUNTS}
                yield {"category": category, "class": material.value, **PAPERS, **line}


def in_order(bags: Tree) -> list[Tree]:
    """The samples by their number."""
    return [bags[key] for key in sorted((key for key in bags if key.isdigit()), key=int)]


def bag_from(typed: Tree) -> Tree | None:
    """A sample; None when nothing was typed into it."""
    readings = typed.get("readings_um", {})
    bag = {key: value(key, text) for key, text in typed.items() if key != "readings_um"}
    bag["readings_um"] = [value("width_cm", readings.get(str(k), "")) for k in range(READINGS)]
    empty = not any(bag["readings_um"]) and all(text in (None, "") for key, text in bag.items() if key != "readings_um")
    return None if empty else bag


def signature_from(signed: Tree) -> Tree | None:
    """Strokes, or the reason why there are none, with post and moment; None while there is neither."""
    try:
        strokes = json.loads(signed.get("strokes") or "[]")
    except ValueError:
        strokes = []
    title, reason = tidy(signed.get("title")) or "", tidy(signed.get("refused"))
    said = {"strokes": strokes} if strokes else {"refused": reason} if reason else None
    return said and {"title": title, **said, "signed_at": signed.get("signed_at") or None}


def typed_from_document(document: Mapping[str, Any]) -> dict[str, str]:
    """The other way: what each input shows. Figures are written 1.250,5 and days 31/12/2026 in both languages."""
    typed = {key: shown(key, document.get(key)) for key in (*HEAD, "revision")}
    typed |= {f"tally.{key}": shown(key, figure) for key, figure in (document.get("tally") or {}).items()}
    for code, answer in document.get("answers", {}).items():
        typed |= {f"answers.{code}.{key}": shown(key, said) for key, said in answer.items()}
        if answer.get("na"):
            typed |= {f"answers.{code}.{key}": "na" for key in ("yes", "step")}
    for line in document.get("lines", []):
        typed |= {f"lines.{line['category']}.{line['class']}.{key}": shown(key, said) for key, said in line.items()}
    for position, bag in enumerate(document.get("bags", [])):
        typed |= {f"bags.{position}.{key}": shown(key, said) for key, said in bag.items() if key != "readings_um"}
        typed |= {f"bags.{position}.readings_um.{k}": shown("width_cm", reading)
                  for k, reading in enumerate(bag.get("readings_um") or [])}
    for side in Side:
        signed = document.get("signatures", {}).get(side.value) or {}
        typed |= {f"signatures.{side}.{key}": signed.get(key) or "" for key in ("title", "refused", "signed_at")}
        typed[f"signatures.{side}.strokes"] = json.dumps(signed.get("strokes") or [], separators=(",", ":"))
    return typed


def shown(key: str, said: Any) -> str:
    """One value as its input shows it."""
    if said is None:
        return ""
    if isinstance(said, bool):
        return "true" if said else "false"
    if key in FIGURES or key in WHOLE:
        return grouped(str(said))
    if key in DAYS:
        year, _, rest = str(said).partition("-")
        return "/".join([*reversed(rest.split("-")), year])
    return str(said)


def grouped(plain: str) -> str:
    """1250.5 → 1.250,5, which `parse_number` reads back in either language."""
    whole, _, fraction = plain.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")

"""A survey document filled into the XForm of its set, as Collect would send it."""

import uuid
from copy import deepcopy
from xml.etree import ElementTree as ET

from pyxform.xls2xform import convert

from surveys.odk.book import tables
from surveys.odk.names import READINGS, set_key
from surveys.odk.xlsform import build
from surveys.rules.document import AMOUNTS, SIDES_OF_TALLY
from surveys.rules.words import AnswerType

XFORMS, JAVAROSA = "{http://www.w3.org/2002/xforms}", "{http://openrosa.org/javarosa}"
SPOKEN = {True: "yes", False: "no", None: ""}
REPEATS = {"lines", "bags", "evidence"}


def convert_form(content, names, **options):
    """The XForm of a set, by pyxform, and what pyxform warns of."""
    sheets = {}
    for sheet, (headings, *rows) in tables(build(content, names, **options)).items():
        sheets[sheet] = [{k: v for k, v in zip(headings, row, strict=True) if v} for row in rows]
        sheets[f"{sheet}_header"] = [dict.fromkeys(headings)]
    return convert(sheets, validate=False)


def values_of(document, content, *, kind, establishment="CS-900001", start="2026-11-24T09:10:00.000+07:00"):
    """Every field a document fills, by name; lists of them for repeats."""
    types = {criterion.code: criterion.type for criterion in content.criteria}
    values = {
        "start": start, "end": "2026-11-24T10:00:00.000+07:00", "establishment": establishment, "kind": kind,
        "criteria_set": set_key(content.code, content.version), "sheet_kept": "yes" if document.get("lines") else "no",
        "tally_done": "yes" if document.get("tally") else "no", "more_evidence": "no",
        "bags_measured": "yes" if document.get("bags") else "no",
        **{key: document.get(key) for key in ("period_from", "period_to", "count_method", "counted_by", "receipts",
                                              "floor_area_m2", "remarks", "store_remarks")},
        **{f"tally_{side}": figure for side, figure in (document.get("tally") or {}).items() if side in SIDES_OF_TALLY},
    }
    for code, said in document.get("answers", {}).items():
        if code in types:
            values |= answer_values(code, types[code], said)
    values["lines"] = [line_values(line) for line in document.get("lines", [])]
    values["bags"] = [bag_values(bag) for bag in document.get("bags", [])]
    return {key: value for key, value in values.items() if value not in (None, "")}


def answer_values(code, kind, said):
    """The fields of one answer."""
    found = {f"na_reason_{code}": said.get("na_reason"), f"note_{code}": said.get("note")}
    if said.get("na"):
        name = {AnswerType.BOOL: "yes", AnswerType.SCALE4: "step"}.get(kind, "na")
        return {**found, f"{name}_{code}": "na"}
    return {**found, f"yes_{code}": SPOKEN[said.get("yes")], f"step_{code}": said.get("step"),
            f"number_{code}": said.get("number"), f"part_{code}": said.get("numerator"),
            f"whole_{code}": said.get("denominator")}


def line_values(line):
    """The fields of one line of the sheet."""
    return {"category": line["category"], "class": line["class"], **{name: line.get(name) for name in AMOUNTS},
            "proof_number": line.get("proof_number"), "proof_holder": line.get("proof_holder"),
            "proof_expires_on": line.get("proof_expires_on"), "line_note": line.get("note"),
            "has_statement": SPOKEN[line.get("has_statement")] if line["class"] == "E4" else ""}


def bag_values(bag):
    """The fields of one bag."""
    return {"bag_label": bag.get("label"), "width_cm": bag.get("width_cm"), "height_cm": bag.get("height_cm"),
            **dict(zip(READINGS, bag.get("readings_um", ()), strict=False)),
            "hard_to_degrade": SPOKEN[bag.get("hard_to_degrade")], "prepack": SPOKEN[bag.get("prepack")]}


def fill(xform, values, instance_id=None):
    """The form's own instance with the values in it."""
    root = ET.fromstring(xform)
    instance = deepcopy(root.find(f".//{XFORMS}instance")[0])
    expand(instance, values)
    meta = next(element for element in instance.iter() if local(element) == "instanceID")
    meta.text = instance_id or f"uuid:{uuid.uuid4()}"
    return instance


def expand(element, values):
    """Set the leaves; as many copies of a repeat as there are values for it."""
    for child in list(element):
        name = local(child)
        if name in REPEATS:
            element.remove(child)
            if f"{JAVAROSA}template" in child.attrib:
                for value in values.get(name, []):
                    copy = deepcopy(child)
                    copy.attrib.clear()
                    expand(copy, value)
                    element.append(copy)
        elif len(child):
            expand(child, values)
        elif (said := values.get(name)) not in (None, ""):
            child.text = str(said)


def local(element):
    """The name without its namespace."""
    return element.tag.rpartition("}")[2]

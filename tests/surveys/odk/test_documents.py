"""A document filled into the form and read back is the same document; odd spellings of figures and days."""

import io
import json
import uuid
from xml.etree.ElementTree import Element, SubElement

import pytest
from PIL import Image, ImageDraw

from surveys.odk.documents import attachments_of, day, document_from, figure, place_of, survey_id
from surveys.odk.instances import read_fields, read_instances
from surveys.odk.signatures import trace
from surveys.odk.sources import gather
from surveys.odk.submissions import Submission
from surveys.odk.tables import read_tables
from surveys.rules.form import record_from
from surveys.rules.words import EvidenceKind
from tests.surveys.odk.conftest import drawn
from tests.surveys.odk.exports import central, instances, kobo
from tests.surveys.odk.filling import fill, values_of
from tests.surveys.odk.test_expressions import CONTENT, VECTORS, default_form


@pytest.mark.parametrize("path", [path for path in VECTORS if '"rules"' not in path.read_text()],
                         ids=lambda path: path.stem)
def test_there_and_back(path, tmp_path):
    vector = json.loads(path.read_text())
    filled = fill(default_form(), values_of(vector["document"], CONTENT, kind=vector["kind"])), {}
    by_xml = list(read_instances(gather([instances(tmp_path, filled)])))
    by_csv = list(read_tables(gather([central(tmp_path / "a.zip", filled)])))
    by_xlsx = list(read_tables(gather([kobo(tmp_path / "b.xlsx", filled)])))
    documents = [document_from(one, CONTENT, {}) for found in (by_xml, by_csv, by_xlsx) for one in found]
    assert len(documents) == 3
    assert documents[0] == documents[1] == documents[2]
    kind = vector["kind"]
    back, wanted = record_from(documents[0], kind), record_from(vector["document"], kind)
    assert back.answers == {code: said for code, said in wanted.answers.items() if said != type(said)()}
    assert (back.lines, back.bags, back.tally) == (wanted.lines, wanted.bags, wanted.tally)
    assert (back.period_to, back.count_method, back.counted_by) == (
        wanted.period_to, wanted.count_method, wanted.counted_by)


@pytest.mark.parametrize(("text", "read"), [
    ("1250.5", "1250.5"), ("1.250", "1.25"), ("3000.0", "3000"), ("12,5", "12.5"), ("1.250,5", "1250.5"), ("0", "0"),
    ("-3", "-3"), ("", None), (None, None), ("mười", "mười")])
def test_figures(text, read):
    assert figure(text) == read


@pytest.mark.parametrize(("text", "read"), [
    ("2026-07-01", "2026-07-01"), ("2026-07-01T00:00:00.000+07:00", "2026-07-01"), ("01/07/2026", "2026-07-01"),
    ("", None), ("hôm qua", "hôm qua"), ("2026-13-01", "2026-13-01")])
def test_days(text, read):
    assert day(text) == read


def test_the_name_of_a_survey_follows_from_the_instance():
    name = "7f2c6e1a-0000-4000-8000-000000000001"
    assert survey_id(f"uuid:{name.upper()}") == survey_id(name) == name
    other = survey_id("may-1/2026")
    assert other == survey_id("may-1/2026") and uuid.UUID(other).version == 5


def test_positions():
    def at(text):
        return place_of(Submission("a", "b", "c", values={"place": text}))

    assert at("21.3227 105.402 30 12.5") == {"lat": "21.3227", "lon": "105.402", "accuracy": "12.5"}
    assert at("21.3227 105.402")["accuracy"] is None
    assert at("") == at("21") == {}


def test_further_evidence():
    rows = [{"evidence_about": "criterion_A1", "evidence_kind": "document", "evidence_photo": "a.jpg"},
            {"evidence_about": "category_P01", "evidence_kind": "photo", "evidence_photo": "b.jpg"},
            {"evidence_about": "none", "evidence_kind": "document", "evidence_file": "c.pdf", "evidence_caption": "Sổ"}]
    found = list(attachments_of(Submission("a", "b", "c", repeats={"evidence": rows}), CONTENT))
    assert [(one.name, one.kind, one.criterion, one.category, one.caption) for one in found] == [
        ("a.jpg", EvidenceKind.DOCUMENT, "A1", None, ""), ("b.jpg", EvidenceKind.PHOTO, None, "P01", ""),
        ("c.pdf", EvidenceKind.DOCUMENT, None, None, "Sổ")]


def test_deep_xml_is_read_as_far_as_a_form_goes():
    root = leaf = Element("data")
    for _step in range(3000):
        leaf = SubElement(leaf, "g")
    leaf.text = "deep"
    assert read_fields(root) == ({}, {})


def ink(strokes, size):
    """The strokes drawn again: dark pixels on a grid `size` wide."""
    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for stroke in strokes:
        pen.line([(x * size[0] / 1000, y * size[0] / 1000) for x, y in stroke], fill=0, width=8)
    return {place for place, shade in enumerate(image.tobytes()) if shade < 128}


def test_a_signature_is_traced_into_strokes():
    strokes = trace(drawn())
    assert 1 <= len(strokes) <= 4
    assert all(0 <= axis <= 1000 for stroke in strokes for point in stroke for axis in point)
    again, there = ink(strokes, (600, 400)), ink([[[100, 500], [500, 133], [900, 533]]], (600, 400))
    assert len(again & there) > 0.6 * len(there | again)


def test_an_empty_or_broken_signature_has_no_strokes():
    blank = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(blank, "PNG")
    assert trace(blank.getvalue()) == trace(b"no picture") == trace(b"") == []

"""The small criteria set as a form, and a way to fill it in."""

import io
import uuid

import pytest
from PIL import Image, ImageDraw

from surveys.odk.labels import name_words
from surveys.queries import content_of
from tests.pictures import picture
from tests.surveys.odk.filling import convert_form, fill, values_of


def drawn(line=((60, 300), (300, 80), (540, 320))):
    """A signature as Collect sends it."""
    image = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(image).line(line, fill="black", width=7, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def content(criteria_set):
    return content_of(criteria_set)


@pytest.fixture
def xform(content, app):
    return convert_form(content, name_words()).xform


@pytest.fixture
def filled(xform, content, visit, document):
    """Fill in the form: `filled(document)` gives (instance, media); `more` are further fields, None takes one out."""

    def make(said=None, *, instance_id=None, media=None, **more):
        files = {"p1.jpg": picture((320, 240)), "p4.jpg": picture((321, 240)), "team.png": drawn(),
                 "store.png": drawn(((60, 60), (500, 300)))} if media is None else media
        values = values_of(said or document, content, kind=visit.establishment.kind.value,
                           establishment=visit.establishment.number)
        for line in values["lines"]:
            if line["has_statement"] == "yes":
                line["line_photo"] = {"P01": "p1.jpg", "P04": "p4.jpg"}[line["category"]]
        values |= {"team_title": "Trưởng đoàn", "store_title": "Quản lý", "team_signature": "team.png",
                   "store_signs": "yes", "store_signature": "store.png", "place": "21.3227 105.402 30 12.5", **more}
        return fill(xform, values, instance_id or f"uuid:{uuid.uuid4()}"), files

    return make


@pytest.fixture
def whole(document):
    """The document as this set's form asks for it: it has no page for bags."""
    document["lines"][0]["opening"] = "0.5"
    return {**document, "bags": []}

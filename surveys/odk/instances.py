"""Submissions as OpenRosa XML: what Collect sends, Central and Briefcase keep, KoboToolbox exports."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from flask_babel import gettext as _

from foundation.errors import Invalid
from surveys.odk.names import REPEATS
from surveys.odk.sources import File, Files
from surveys.odk.submissions import Broken, Submission

MOST_BYTES = 8 * 1024 * 1024  # of one submission without its media
DEEPEST = 20


def read_instances(files: Files) -> Iterator[Submission | Broken]:
    """Every submission among the .xml files; forms and other XML are passed over."""
    return filter(None, map(read_instance, files.given(".xml")))


def read_instance(file: File) -> Submission | Broken | None:
    """The submission in a file; None when it holds other XML."""
    try:
        if file.size > MOST_BYTES:
            raise Invalid(_("%(file)s is too large: at most %(most)s MB.", file=file.name, most=MOST_BYTES // 1024**2))
        root = fromstring(file.read(), forbid_dtd=True)
    except Invalid as error:
        return Broken(file.name, str(error))
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return Broken(file.name, _("This is no whole XML file, or one with entities: export it again."))
    root = unwrap(root)
    attributes = {name_of(key): value for key, value in root.attrib.items()}
    values, repeats = read_fields(root)
    instance_id = values.get("instanceID") or attributes.get("instanceID", "")
    if "id" not in attributes or not instance_id:
        return None
    return Submission(f"{file.folder.rpartition('/')[2]}/{file.name}", file.folder, instance_id, attributes["id"],
                      attributes.get("version", ""), values, repeats)


def unwrap(root: Element) -> Element:
    """Briefcase wraps a submission: <submission><data><form …>."""
    if name_of(root.tag) == "submission" and len(root) and name_of(root[0].tag) == "data" and len(root[0]):
        return root[0][0]
    return root


def read_fields(element: Element, depth: int = 0) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """The leaves below an element by name, and the instances of each repeat."""
    values: dict[str, str] = {}
    repeats: dict[str, list[dict[str, str]]] = {}
    for child in element if depth < DEEPEST else ():
        name = name_of(child.tag)
        if name in REPEATS:
            repeats.setdefault(name, []).append(read_fields(child, depth + 1)[0])
        elif len(child):
            below, repeated = read_fields(child, depth + 1)
            values |= below
            repeats |= repeated
        elif child.text and child.text.strip():
            values[name] = child.text
    return values, repeats


def name_of(tag: str) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]

"""A filled-in instance as the tools hand it over: a folder of instances, Central's ZIP, KoboToolbox's workbook."""

import csv
import io
import zipfile
from xml.etree import ElementTree as ET

import xlsxwriter

from tests.surveys.odk.filling import REPEATS, local


def instances(folder, *filled):
    """instances/<n>/submission.xml with the media beside it, as Briefcase keeps them."""
    for number, (instance, media) in enumerate(filled):
        place = folder / "instances" / f"uuid{number}"
        place.mkdir(parents=True)
        (place / "submission.xml").write_bytes(ET.tostring(instance))
        (place / "audit.csv").write_text("event,node,start,end\nform start,,1,2\n")
        for name, content in media.items():
            (place / name).write_bytes(content)
    return folder


def rows_of(instance, sign):
    """The main row and the rows of each repeat, by heading: the path through the groups with a sign between."""
    row, repeats = {}, {name: [] for name in REPEATS}

    def walk(element, path, row):
        for child in element:
            name = local(child)
            if name in REPEATS:
                repeats[name].append({})
                walk(child, (), repeats[name][-1])
            elif len(child):
                walk(child, (*path, name), row)
            elif name == "place" and sign == "-":
                parts = [*(child.text or "").split(), "", "", "", ""][:4]
                row |= {sign.join((*path, name, part)): text for part, text in
                        zip(("Latitude", "Longitude", "Altitude", "Accuracy"), parts, strict=True)}
            else:
                row[sign.join((*path, name))] = child.text or ""

    walk(instance, (), row)
    return row, repeats


def central(path, *filled, form="thu"):
    """Central's ZIP: a CSV for the form, one for each repeat, a folder of media."""
    mains, tables, media = [], {name: [] for name in REPEATS}, {}
    for instance, files in filled:
        row, repeats = rows_of(instance, "-")
        key = row["meta-instanceID"]
        mains.append({"SubmissionDate": "2026-11-24T05:00:00.000Z", **row, "KEY": key, "SubmitterName": "Máy 1"})
        for name, found in repeats.items():
            tables[name] += [{**one, "PARENT_KEY": key, "KEY": f"{key}/{name}[{place}]"}
                             for place, one in enumerate(found, start=1)]
        media |= files
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{form}.csv", write_csv(mains))
        for name, rows in tables.items():
            archive.writestr(f"{form}-{name}.csv", write_csv(rows or [{"PARENT_KEY": "", "KEY": ""}]))
        for name, content in media.items():
            archive.writestr(f"media/{name}", content)
    return path


def write_csv(rows, delimiter=","):
    """Rows with their headings."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def kobo(path, *filled):
    """KoboToolbox's workbook: a sheet for the form, one for each repeat; figures are numbers, names without `uuid:`."""
    with xlsxwriter.Workbook(path) as book:
        sheets = {"Bộ thử": [], **{name: [] for name in sorted(REPEATS)}}
        for index, (instance, _media) in enumerate(filled, start=1):
            row, repeats = rows_of(instance, "/")
            name = row.pop("meta/instanceID").removeprefix("uuid:")
            sheets["Bộ thử"].append({**row, "_id": "77", "_uuid": name, "_index": str(index), "__version__": "vAbC"})
            for repeat, found in repeats.items():
                sheets[repeat] += [{**one, "_index": str(place), "_parent_index": str(index), "_submission__uuid": name}
                                   for place, one in enumerate(found, start=1)]
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            headings = list(dict.fromkeys(name for row in rows for name in row)) or ["_index"]
            page.write_row(0, 0, headings)
            for number, row in enumerate(rows, start=1):
                for place, heading in enumerate(headings):
                    text = row.get(heading, "")
                    if text.replace(".", "", 1).isdigit():
                        page.write_number(number, place, float(text))
                    else:
                        page.write_string(number, place, text)
    return path

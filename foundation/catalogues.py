"""The two catalogues of each package: collect the messages from code and templates, say which lack a translation.

    python -m foundation.catalogues            # bring every messages.po up to date; English is filled from the ids
    python -m foundation.catalogues --check    # change nothing; 1 when one is out of date or untranslated
"""

import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from foundation.config import ROOT
from foundation.i18n import LANGUAGES, PACKAGES

KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "_n": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {language}\\n"
"Plural-Forms: {plural};\\n"

"""
SHARED_TEMPLATES = ("layouts", "components")  # belong to foundation


def sources(package: str) -> list[Path]:
    """Where a package keeps text for people."""
    folders = [ROOT / "templates" / package]
    if package == "foundation":
        folders = [ROOT / "templates" / name for name in SHARED_TEMPLATES]
    return [folder for folder in [ROOT / package, *folders] if folder.is_dir()]


@cache
def collect(package: str) -> Catalog:
    """Every message of a package, sorted by id, with the files it stands in."""
    found = Catalog(charset="utf-8")
    for folder in sources(package):
        rows = extract_from_dir(folder, METHODS, keywords=KEYWORDS)
        for name, _line, message, _comments, _context in rows:
            found.add(message, locations=[(f"{folder.relative_to(ROOT).as_posix()}/{name}", 0)])
    return found


def path_of(package: str, language: str) -> Path:
    """Where a catalogue lies."""
    return ROOT / package / "translations" / language / "LC_MESSAGES" / "messages.po"


def renew(package: str, language: str) -> tuple[str, list[str]]:
    """The text its catalogue should have, and the ids that still lack a translation."""
    path = path_of(package, language)
    old = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=language)
    new = Catalog(locale=language, charset="utf-8")
    for message in sorted(collect(package), key=lambda m: str(m.id)):
        if message.id:
            files = sorted({(name, 0) for name, _line in message.locations})
            new.add(message.id, string=translation(message, old, language), locations=files, flags=message.flags)
    out = io.BytesIO()
    write_po(out, new, width=0, omit_header=True, include_lineno=False)
    head = HEAD.format(language=language, plural=new.plural_forms.rstrip(";"))
    return head + out.getvalue().decode().strip() + "\n", [str(m.id) for m in new if m.id and not complete(m)]


def translation(message: Message, old: Catalog, language: str):
    """What was there before; in English the id itself."""
    known = old.get(message.id)
    if language == "en":
        return message.id
    if known and known.string:
        return known.string
    return ("",) if message.pluralizable else ""


def complete(message: Message) -> bool:
    """Whether nothing is missing in a translation."""
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(texts) and all(texts)


def survey() -> Iterator[tuple[Path, str, list[str]]]:
    """Each catalogue's path, wanted text and missing ids; catalogues without messages are passed over."""
    for package in PACKAGES:
        for language in LANGUAGES:
            text, missing = renew(package, language)
            if "msgid" in text.partition("\n\n")[2] or path_of(package, language).exists():
                yield path_of(package, language), text, missing


def main(arguments: list[str]) -> int:
    """Renew or check every catalogue."""
    wrong = 0
    for path, text, missing in survey():
        stale = not path.exists() or path.read_text(encoding="utf-8") != text
        if stale and "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            stale = False
        for message in missing:
            print(f"{path.relative_to(ROOT)}: no translation of {message!r}")
        if stale:
            print(f"{path.relative_to(ROOT)}: out of date; run make messages")
        wrong += stale + len(missing)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

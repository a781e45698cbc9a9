"""What people call the members of our enums, in both languages at once."""

from enum import StrEnum

from flask_babel import force_locale

from foundation.i18n import LANGUAGES, label
from retail.rules import Kind
from surveys.odk.words import Words
from surveys.rules.words import CountMethod, EvidenceKind, MaterialClass


def name_words() -> dict[StrEnum, Words]:
    """The words `xlsform.build` takes."""
    members = [member for words in (Kind, CountMethod, MaterialClass, EvidenceKind) for member in words]
    said = {}
    for language in LANGUAGES:
        with force_locale(language):
            said[language] = [label(member) for member in members]
    return {member: Words(vi, en) for member, vi, en in zip(members, said["vi"], said["en"], strict=True)}

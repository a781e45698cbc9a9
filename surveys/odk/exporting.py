"""A stored criteria set as an XLSForm workbook, or why it cannot be one."""

from flask_babel import gettext as _

from foundation.errors import RuleBroken
from surveys.models import CriteriaSet
from surveys.odk.book import write_form
from surveys.odk.labels import name_words
from surveys.odk.names import Clash, clashes
from surveys.odk.xlsform import build
from surveys.queries import content_of
from surveys.rules.content import SetContent


def write_xlsform(criteria_set: CriteriaSet, *, with_register: bool = False) -> bytes:
    """The workbook of a published set. Raises RuleBroken for a draft, and for codes that no form can carry."""
    if criteria_set.published_at is None:
        raise RuleBroken(_("This criteria set is a draft and may still change. Publish it, then take it to ODK."))
    content = content_of(criteria_set)
    check_names(content)
    return write_form(build(content, name_words(), with_register=with_register))


def check_names(content: SetContent) -> None:
    """Names of a form are letters, digits and underscores, and differ in more than capitals."""
    words = {Clash.CODE: _("is more than letters A to Z and digits"), Clash.SPACE: _("holds a space"),
             Clash.TWICE: _("differs from another one in capitals only"),
             Clash.NAME: _("gives no name to a form"), Clash.TEXT: _("holds the characters ${ in its texts")}
    found = [f"{code}: {words[clash]}" for clash, code in clashes(content)]
    if found:
        raise RuleBroken(_("This set cannot become a form: %(why)s. Copy it to a new version, correct that there, "
                           "publish it and export again.", why="; ".join(found)))

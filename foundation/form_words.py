"""WTForms' own messages in our catalogues: it has no Vietnamese."""

from flask_babel import get_translations
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n

MESSAGES = (  # named here so that they are collected; WTForms looks them up by its own text
    _l("This field is required."), _l("Not a valid choice."), _l("Invalid input."), _l("Invalid email address."),
    _l("Invalid choice(s): one or more data inputs could not be coerced."), _l("Invalid Choice: could not coerce."),
    _l("Not a valid integer value."), _l("Not a valid decimal value."), _l("Not a valid date value."),
    _l("Number must be at least %(min)s."), _l("Number must be at most %(max)s."),
    _l("Number must be between %(min)s and %(max)s."), _l("Field must be equal to %(other_name)s."),
    _n("'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field.", 1),
    _n("Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long.", 1),
    _n("Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters.", 1),
    _n("Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long.", 1),
    _l("Field must be between %(min)d and %(max)d characters long."),
)


class Words:
    """What WTForms asks for its texts, still with their places to fill."""

    def gettext(self, text: str) -> str:
        return get_translations().ugettext(text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return get_translations().ungettext(singular, plural, number)

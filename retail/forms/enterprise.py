"""Forms of an enterprise and its store accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Length

from foundation.forms import Form
from retail.rules import ENTERPRISE_NAME


class EnterpriseForm(Form):
    """Correct an enterprise."""

    name = StringField(_l("Name of the enterprise"), [
        DataRequired(_l("Write the name.")), Length(max=ENTERPRISE_NAME)])
    tax_code = StringField(_l("Tax code"), [Length(max=20)])


class StoreUserForm(Form):
    """Let a store account see the enterprise's establishments."""

    email = EmailField(_l("E-mail address of the store's account"), [DataRequired(_l("Write the e-mail address."))])

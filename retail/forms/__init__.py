"""The forms of the register."""

from retail.forms.enterprise import EnterpriseForm, StoreUserForm
from retail.forms.establishment import EstablishmentForm
from retail.forms.filter import keep_asked, read_filter
from retail.forms.spans import MoveForm, StatusForm

__all__ = ["EnterpriseForm", "EstablishmentForm", "MoveForm", "StatusForm", "StoreUserForm", "keep_asked",
           "read_filter"]

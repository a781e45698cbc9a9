"""The verbs of the register."""

from retail.actions.enterprises import add_enterprise, add_store_user, change_enterprise, remove_store_user
from retail.actions.establishments import add_establishment, change_establishment
from retail.actions.facts import EstablishmentFacts, problems
from retail.actions.spans import move, set_status

__all__ = [
    "EstablishmentFacts", "add_enterprise", "add_establishment", "add_store_user", "change_enterprise",
    "change_establishment", "move", "problems", "remove_store_user", "set_status",
]

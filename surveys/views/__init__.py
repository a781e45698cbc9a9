"""Pages of surveys."""

from surveys.views import (
    comparing,
    criteria_edit,
    criteria_import,
    criteria_sets,
    following,
    form,
    moving,
    offline,
    receipts,
    surveys,
    visits,
)
from surveys.views.blueprint import bp

__all__ = ["comparing", "criteria_edit", "criteria_import", "criteria_sets", "following", "form", "moving", "offline",
           "receipts", "surveys", "visits"]
blueprints = [bp]

"""How the register is read. Every list starts from what this person may see."""

from retail.queries.enterprises import (
    find_enterprises,
    get_enterprise,
    list_enterprises,
    list_of_enterprise,
    list_store_users,
    visible_enterprises,
)
from retail.queries.imports import get_import, list_imports
from retail.queries.register import Filter, Page, Row, list_history, list_page, walk
from retail.queries.scope import (
    find_establishments,
    get_establishment,
    in_scope,
    list_beside,
    list_inside,
    list_open_communes,
    may_edit,
    visible_establishments,
)

__all__ = [
    "Filter", "Page", "Row", "find_enterprises", "find_establishments", "get_enterprise",
    "get_establishment", "get_import", "in_scope", "list_beside", "list_enterprises", "list_history", "list_imports",
    "list_inside", "list_of_enterprise", "list_open_communes", "list_page", "list_store_users", "may_edit",
    "visible_enterprises",
    "visible_establishments", "walk",
]

"""How the register is read. Every list starts from what this person may see."""

from retail.queries.enterprises import (
    find_enterprises,
    get_enterprise,
    list_enterprises,
    list_store_users,
    visible_enterprises,
)
from retail.queries.register import Filter, Page, list_history, list_page, walk
from retail.queries.scope import (
    find_trade_centres,
    get_establishment,
    in_scope,
    list_inside,
    list_open_communes,
    visible_establishments,
)

__all__ = [
    "Filter", "Page", "find_enterprises", "find_trade_centres", "get_enterprise", "get_establishment", "in_scope",
    "list_enterprises", "list_history", "list_inside", "list_open_communes", "list_page", "list_store_users",
    "visible_enterprises", "visible_establishments", "walk",
]

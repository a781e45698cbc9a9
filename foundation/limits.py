"""How often one network address may ask: counted by the `limits` library, in memory or in Redis.

One decorator instead of an extension with hooks on every request: the page behind a QR code has no time to lose.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network

from flask import Flask, current_app, request
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests


class Counter:
    """Counts in the store that is set; where that cannot be reached, each worker counts for itself."""

    def __init__(self, address: str):
        self.storage = storage_from_string(address, wrap_exceptions=True)
        self.shared, self.own = FixedWindowRateLimiter(self.storage), FixedWindowRateLimiter(MemoryStorage())

    def hit(self, item: RateLimitItem, *names: str) -> bool:
        """Count one request; False when it is one too many."""
        try:
            return self.shared.hit(item, *names)
        except self.storage.base_exceptions:
            return self.own.hit(item, *names)


def subscriber(address: str) -> str:
    """Who is limited: one IPv4 address, or the /64 an IPv6 subscriber is given."""
    if ":" not in address:
        return address
    return str(ip_network((ip_address(address.partition("%")[0]), 64), strict=False))


def limited(rate: str, *, methods: tuple[str, ...] = ()) -> Callable:
    """At most `rate` ("10 per minute; 100 per hour") for one address; of these methods, else of all.

    One more is answered 429 with Retry-After, before the view has done anything.
    """
    items = parse_many(rate)

    def mark(view: Callable) -> Callable:
        @wraps(view)
        def counted(*args, **kwargs):
            limiting = current_app.config["LIMITED"] and (not methods or request.method in methods)
            if limiting and not count(items, request.endpoint or "", request.remote_addr):
                raise TooManyRequests(retry_after=max(item.get_expiry() for item in items))
            return view(*args, **kwargs)

        return counted

    return mark


def count(items: list[RateLimitItem], name: str, address: str | None) -> bool:
    """Count one request to `name` from a network address; False when one of its limits is used up."""
    counter = current_app.extensions["limits"]
    hits = [counter.hit(item, name, subscriber(address or "127.0.0.1")) for item in items]  # each limit counts it
    return all(hits)


def init_app(app: Flask) -> None:
    """Open the store the settings name."""
    app.extensions["limits"] = Counter(app.config["PPX_LIMITS"])

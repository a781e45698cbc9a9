"""What the QR codes of an establishment say: where there is no signal, one that is scanned stands for the position.

Higher packages add theirs with `@gives_codes`, as certification does with its certificates.
"""

from collections.abc import Callable, Iterator

from retail.models import Establishment
from retail.rules import store_address

Giver = Callable[[Establishment, str], Iterator[tuple[str, str]]]  # of (what a scan reads, the code that is kept)
GIVERS: list[Giver] = []


def gives_codes(giver: Giver) -> Giver:
    """Ask this function too for the codes of an establishment, on this host."""
    GIVERS.append(giver)
    return giver


@gives_codes
def register_codes(establishment: Establishment, host: str) -> Iterator[tuple[str, str]]:
    """Its number in the register, alone or as the address of its page."""
    yield establishment.number, establishment.number
    yield store_address(host, establishment.id), establishment.number


def codes_of(establishment: Establishment, host: str = "") -> dict[str, str]:
    """What a scan of its QR codes reads, in upper case → the code that is kept: CS-000123, or a certificate's."""
    return {text.upper(): code for giver in GIVERS for text, code in giver(establishment, host)}

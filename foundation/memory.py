"""The collector of cycles: what the start has loaded stays for ever and need not be gone through again and again."""

import gc

SELDOM = (50_000, 20, 20)  # new containers until the youngest are looked at; a sealed record makes some ten thousand


def settle() -> None:
    """Once, when the application is put together. It costs an eighth of the time of large requests otherwise."""
    gc.freeze()
    gc.set_threshold(*SELDOM)

"""A property of a frozen value, worked out once. Pure."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class once(Generic[T]):
    """Used as a property is. Like functools.cached_property, without its lock: worked out twice, it is the same."""

    def __init__(self, work: Callable[[Any], T]):
        self.work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, value: Any, owner: type) -> T:
        found = value.__dict__[self.name] = self.work(value)
        return found

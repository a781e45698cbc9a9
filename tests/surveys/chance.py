"""A random generator with the words the generated sets and surveys use."""

from random import Random


class Chance(Random):
    """A random generator with the words used here."""

    def some(self, share: float) -> bool:
        return self.random() < share

    def one(self, things):
        return things[int(self.random() * len(things))]

    def upto(self, most: int) -> int:
        return int(self.random() * (most + 1))

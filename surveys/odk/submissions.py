"""A submission as its tool sent it: fields by name, whatever groups lie around them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Values = Mapping[str, str]


@dataclass(frozen=True)
class Submission:
    """One filled-in form. `source` names its file for people; media lie in `folder` or near it."""

    source: str
    folder: str
    instance_id: str
    form_id: str = ""
    version: str = ""
    values: Values = field(default_factory=dict)
    repeats: Mapping[str, Sequence[Values]] = field(default_factory=dict)

    @property
    def claims(self) -> str:
        """The criteria set it was made with, "CODE VERSION"; empty when it does not say."""
        return self.values.get("criteria_set", "")


@dataclass(frozen=True)
class Broken:
    """A file, or a submission in it, that cannot be read, and why, in words."""

    source: str
    words: str

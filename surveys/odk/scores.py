"""The score that the form worked out, in the shape in which a tablet sends its own. Pure."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from surveys.odk.names import part_of
from surveys.odk.submissions import Values
from surveys.rules.content import CriterionContent, GroupContent, SetContent
from surveys.rules.figures import half_up, plain
from surveys.rules.results import State


def score_from(values: Values, content: SetContent) -> dict[str, Any] | None:
    """The figures that are compared with the server's; None when the form sent none, or some that are no numbers."""
    try:
        return {"total": points(values["total"]), "level": int(Decimal(values["level"])) or None,
                "replaced": {"share": share(values.get("sum_replaced"), values.get("sum_grams"))},
                "groups": [group_from(values, group) for group in content.groups if is_asked(values, group)]}
    except (KeyError, InvalidOperation, ValueError):
        return None


def points(text: str | None) -> str | None:
    """Two decimals; None when there are none."""
    return str(half_up(Decimal(text))) if text else None


def share(part: str | None, whole: str | None) -> str | None:
    """A share in percent as it is stored."""
    all_of_it = Fraction(Decimal(whole or 0))
    return plain(Fraction(Decimal(part or 0)) * 100 / all_of_it) if all_of_it else None


def is_asked(values: Values, group: GroupContent) -> bool:
    """Whether this kind of establishment answers any of it."""
    return any(values.get(f"state_{criterion.code}") for criterion in group.criteria)


def group_from(values: Values, group: GroupContent) -> dict[str, Any]:
    """A group with its lines."""
    return {"code": group.code, "score": points(values.get(f"score_{part_of(group.code)}")),
            "criteria": [line_from(values, c) for c in group.criteria if values.get(f"state_{c.code}")]}


def line_from(values: Values, criterion: CriterionContent) -> dict[str, Any]:
    """A criterion."""
    state = values[f"state_{criterion.code}"]
    is_answered = state == State.ANSWERED
    return {"code": criterion.code, "must": criterion.is_must, "state": state,
            "points": points(values[f"points_{criterion.code}"]) if is_answered else None,
            "met": values.get(f"yes_{criterion.code}") == "yes" if is_answered and criterion.is_must else None}

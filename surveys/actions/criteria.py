"""Criteria sets: drafted from content, edited, published, retired. A published one never changes (also by trigger)."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from accounts.models import User
from foundation.audit import record
from foundation.config import ROOT
from foundation.db import db
from foundation.errors import Invalid, RuleBroken
from surveys.models import CriteriaSet, Criterion, Group, LevelRule, PackagingCategory
from surveys.queries.content import content_of
from surveys.queries.criteria import find_criteria_set, list_versions
from surveys.rules.checking import Problem, check
from surveys.rules.content import (
    SetContent,
    values_of,
)
from surveys.rules.editing import Change, Piece, changes_between
from surveys.rules.figures import plain
from surveys.sheets import read_set

DEFAULT = ROOT / "surveys" / "data" / "default_criteria"


def load_default_criteria(*, by: User | None, at: datetime) -> CriteriaSet:
    """The default set, published; made from surveys/data on the first call, given back afterwards.

    It is ours, without official standing, until the department approves one.
    """
    content = default_content()
    found = find_criteria_set(content.code, content.version)
    if found and found.published_at:
        return found
    if found:
        raise RuleBroken(_("There is a draft %(code)s %(version)s already. Publish or discard it first.",
                           code=found.code, version=found.version))
    return publish_criteria_set(draft_criteria_set(content, by=by, at=at), by=by, at=at)


def default_content() -> SetContent:
    """The default set as its files say."""
    tables: dict[str, list[Sequence[object]]] = {}
    for path in DEFAULT.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.reader(file))
    reading = read_set(tables)
    if reading.content is None:
        raise ValueError(f"{DEFAULT}: {reading.problems}")
    return reading.content


def draft_criteria_set(content: SetContent, *, source: CriteriaSet | None = None, by: User | None,
                       at: datetime) -> CriteriaSet:
    """A new draft with this content. Raises Invalid (field: version) when the code has that version already."""
    if find_criteria_set(content.code, content.version):
        words = _("%(code)s has a version %(version)s already. Choose another version.",
                  code=content.code, version=content.version)
        raise Invalid(words, {"version": words})
    draft = CriteriaSet(**row_values(content), source_id=source.id if source else None, created_at=at)
    db.session.add(draft)
    write_pieces(draft, content)
    record("draft_criteria_set", draft, by=by, at=at, code=draft.code, version=draft.version,
           source=source.version if source else None, criteria=len(content.criteria))
    return draft


def copy_criteria_set(source: CriteriaSet, *, version: str, by: User | None, at: datetime) -> CriteriaSet:
    """A new draft with everything of `source` but its standing. Raises Invalid (field: version)."""
    content = replace(content_of(source), version=version, standing_vi="", standing_en="", legal_basis="")
    return draft_criteria_set(content, source=source, by=by, at=at)


def edit_criteria_set(draft: CriteriaSet, content: SetContent, *, by: User | None, at: datetime) -> CriteriaSet:
    """Make the draft hold exactly `content`; the audit entry lists every difference. Nothing changed: nothing done."""
    must_be_draft(draft)
    changes = changes_between(content_of(draft), content)
    if not changes:
        return draft
    for name, value in row_values(content).items():
        setattr(draft, name, value)
    write_pieces(draft, content)
    record("edit_criteria_set", draft, by=by, at=at, before={name_of(change): change.before for change in changes},
           after={name_of(change): change.after for change in changes})
    return draft


def name_of(change: Change) -> str:
    """Where a change lies, for the audit trail: "criteria B4 weight"."""
    return " ".join(part for part in (change.part, change.code, change.field) if part)


def problems_of(draft: CriteriaSet) -> list[Problem]:
    """What keeps a draft from being published."""
    return problems_in(content_of(draft), but=draft.id)


def problems_in(content: SetContent, *, but: int | None = None) -> list[Problem]:
    """What is wrong with some content, beside the published versions of its code."""
    published = [other for other in list_versions(content.code, but=but) if other.published_at]
    return check(content, [content_of(other) for other in published])


def publish_criteria_set(draft: CriteriaSet, *, by: User | None, at: datetime) -> CriteriaSet:
    """From now on the set can be surveyed with and never changes. Raises RuleBroken while it has problems."""
    must_be_draft(draft)
    problems = problems_of(draft)
    if problems:
        raise RuleBroken(_("This set cannot be published: %(count)s problems are listed on its page. Mend them first.",
                           count=len(problems)))
    db.session.flush()  # its parts first: the database refuses them once the set is published
    draft.published_at = at
    draft.published_by_id = by.id if by else None
    record("publish_criteria_set", draft, by=by, at=at, code=draft.code, version=draft.version)
    return draft


def retire_criteria_set(criteria_set: CriteriaSet, *, by: User | None, at: datetime) -> CriteriaSet:
    """No new visits with it; what was surveyed with it stays as it is. Raises RuleBroken for drafts; once is enough."""
    if criteria_set.published_at is None:
        raise RuleBroken(_("A draft is not retired: discard it."))
    if criteria_set.retired_at is None:
        criteria_set.retired_at = at
        record("retire_criteria_set", criteria_set, by=by, at=at, code=criteria_set.code, version=criteria_set.version)
    return criteria_set


def discard_criteria_set(draft: CriteriaSet, *, by: User | None, at: datetime) -> None:
    """Delete a draft. Raises RuleBroken once it is published."""
    must_be_draft(draft)
    record("discard_criteria_set", draft, by=by, at=at, code=draft.code, version=draft.version)
    for group in draft.groups:
        delete_all(group.criteria)
    for pieces in (draft.groups, draft.categories, draft.levels):
        delete_all(pieces)
    db.session.flush()
    db.session.delete(draft)
    db.session.flush()


def must_be_draft(criteria_set: CriteriaSet) -> None:
    """Raises RuleBroken once a set is published."""
    if criteria_set.published_at is not None:
        raise RuleBroken(_("A published set never changes. Copy it to a new version and change the copy."))


def delete_all(rows: Iterable[Any]) -> None:
    """Delete each row."""
    for row in rows:
        db.session.delete(row)


def row_values(piece: Any) -> dict[str, Any]:
    """The values of a piece of content as its columns keep them: words and figures inside lists as text."""
    values = values_of(piece)
    for name in ("accepted_classes", "evidence_kinds"):
        if name in values:
            values[name] = [member.value for member in values[name]]
    for name in ("anchors_vi", "anchors_en"):
        if values.get(name):
            values[name] = list(values[name])
    if values.get("bands"):
        values["bands"] = [[start, plain(points)] for start, points in values["bands"]]
    if "least_by_group" in values:
        values["least_by_group"] = {code: plain(least) for code, least in values["least_by_group"].items()}
    return values


def write_pieces(criteria_set: CriteriaSet, content: SetContent) -> None:
    """Bring the rows below a set in line with its content."""
    homeless = criteria_set.criteria_by_code
    groups = lay_out(criteria_set.groups, content.groups, Group, "code")
    for group, wanted in zip(groups, content.groups, strict=True):
        group.criteria = [fill(homeless.pop(piece.code, None) or Criterion(), piece, position)
                          for position, piece in enumerate(wanted.criteria, start=1)]
    delete_all(homeless.values())
    delete_all(set(criteria_set.groups) - set(groups))
    criteria_set.groups = groups
    for name, pieces, model, key in (("categories", content.categories, PackagingCategory, "code"),
                                     ("levels", content.levels, LevelRule, "rank")):
        before = getattr(criteria_set, name)
        after = lay_out(before, pieces, model, key)
        delete_all(set(before) - set(after))
        setattr(criteria_set, name, after)
    db.session.flush()


def lay_out(rows: Sequence[Any], pieces: Sequence[Piece], model: type, key: str) -> list[Any]:
    """A row for each piece in order, the old one where its key is known."""
    known = {getattr(row, key): row for row in rows}
    return [fill(known.get(getattr(piece, key)) or model(), piece, position)
            for position, piece in enumerate(pieces, start=1)]


def fill(row: Any, piece: Piece, position: int) -> Any:
    """Set a row's columns from its piece; the order of the pieces is kept where the table has a position."""
    for name, value in row_values(piece).items():
        setattr(row, name, value)
    if hasattr(row, "position"):
        row.position = position
    return row

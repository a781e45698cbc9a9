"""The verbs of criteria sets: drafted, edited, published, retired."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from accounts.permissions import Role
from foundation.audit import AuditEntry
from foundation.errors import Invalid, RuleBroken
from surveys.actions import (
    copy_criteria_set,
    discard_criteria_set,
    draft_criteria_set,
    edit_criteria_set,
    load_default_criteria,
    problems_of,
    publish_criteria_set,
    retire_criteria_set,
)
from surveys.actions.criteria import default_content
from surveys.models import CriteriaSet, Criterion
from surveys.queries import content_of, find_current_set, get_criteria_set, rules_of
from surveys.rules.checking import Trouble, check
from surveys.rules.words import AnswerType, Applies
from tests.conftest import AT


@pytest.fixture
def admin(person):
    return person(Role.ADMIN)


@pytest.fixture
def default(session):
    made = load_default_criteria(by=None, at=AT)
    session.commit()
    return made


@pytest.fixture
def draft(session, default, admin):
    made = copy_criteria_set(default, version="1.1", by=admin, at=AT)
    session.commit()
    return made


def reweighed(content, code, **values):
    """The content with one criterion changed."""
    return replace(content, groups=tuple(
        replace(group, criteria=tuple(replace(c, **values) if c.code == code else c for c in group.criteria))
        for group in content.groups))


def test_the_default_set_is_complete(session, default):
    content = content_of(get_criteria_set(default.id))
    assert content == default_content()
    assert check(content) == []
    assert len(content.criteria) == 40
    assert [len([c for c in content.criteria if c.applies_to in ("ALL", side)]) for side in ("ST", "TTTM")] == [38, 37]
    assert sum(c.is_must for c in content.criteria) == 7
    assert {c.code for c in content.criteria if c.counts_for_coverage} == {"B1", "B2"}
    assert len(content.categories) == 19
    assert default.standing_vi == "mặc định, chờ Sở phê duyệt"
    assert default.validity_months == 36


def test_the_default_set_reads_well_in_both_languages(default):
    for criterion in content_of(default).criteria:
        assert criterion.evidence_vi and criterion.evidence_en, criterion.code
        assert not criterion.na_allowed or (criterion.na_hint_vi and criterion.na_hint_en), criterion.code
        if criterion.type == AnswerType.SCALE4:
            assert len(set(criterion.anchors_vi)) == len(set(criterion.anchors_en)) == 5, criterion.code


def test_loading_again_changes_nothing(session, default):
    assert load_default_criteria(by=None, at=AT) is default
    assert session.scalar(sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.subject_kind == "CriteriaSet")) == 2
    assert find_current_set() is default


def test_a_copy_has_everything_but_the_standing(default, draft):
    copied, source = content_of(draft), content_of(default)
    assert copied == replace(source, version="1.1", standing_vi="", standing_en="")
    assert draft.source_id == default.id
    assert draft.published_at is None


def test_a_version_exists_once(draft, default, admin):
    with pytest.raises(Invalid) as refused:
        copy_criteria_set(default, version="1.1", by=admin, at=AT)
    assert "version" in refused.value.fields


def test_editing_writes_the_difference_and_its_trail(session, draft, admin):
    content = content_of(draft)
    kept = {c.code: c.id for g in draft.groups for c in g.criteria}
    changed = reweighed(content, "B4", hi=Decimal(95), title_vi="Tỷ lệ thay thế nhựa chung")
    edit_criteria_set(draft, changed, by=admin, at=AT)
    session.commit()
    session.expire_all()
    assert content_of(draft) == changed
    assert {c.code: c.id for g in draft.groups for c in g.criteria} == kept
    entry = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.detail["after"] == {"criteria B4 hi": "95", "criteria B4 title_vi": "Tỷ lệ thay thế nhựa chung"}
    edit_criteria_set(draft, changed, by=admin, at=AT)
    assert session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first() is entry


def test_pieces_can_be_added_moved_and_removed(session, draft, admin):
    content = content_of(draft)
    first, second, *rest = content.groups
    moved = replace(content, groups=(replace(first, criteria=(*first.criteria[:-1], second.criteria[0])),
                                     replace(second, criteria=second.criteria[1:]), *rest),
                    categories=content.categories[:3], levels=content.levels[1:])
    edit_criteria_set(draft, moved, by=admin, at=AT)
    session.commit()
    session.expire_all()
    assert content_of(draft) == moved
    assert len(session.scalars(sa.select(Criterion).where(Criterion.code == "A6")).all()) == 1  # the default's


def test_a_set_with_problems_is_not_published(session, draft, admin):
    edit_criteria_set(draft, reweighed(content_of(draft), "B4", weight=Decimal(11)), by=admin, at=AT)
    assert [found.trouble for found in problems_of(draft)] == [Trouble.GROUP_POINTS, Trouble.GROUP_POINTS]
    with pytest.raises(RuleBroken):
        publish_criteria_set(draft, by=admin, at=AT)


def test_a_code_is_never_used_again_for_something_else(draft, admin):
    content = content_of(draft)
    other = reweighed(content, "D4", title_vi="Số chương trình cho học sinh tham quan cơ sở")
    edit_criteria_set(draft, other, by=admin, at=AT)
    assert [(found.code, found.trouble) for found in problems_of(draft)] == [("D4", Trouble.REUSED)]


def test_a_published_set_never_changes(session, default, admin):
    with pytest.raises(RuleBroken):
        edit_criteria_set(default, content_of(default), by=admin, at=AT)
    with pytest.raises(RuleBroken):
        discard_criteria_set(default, by=admin, at=AT)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        default.groups[0].criteria[0].title_vi = "khác"
        session.flush()


def test_publishing_and_retiring(session, default, draft, admin):
    publish_criteria_set(draft, by=admin, at=AT)
    session.commit()
    assert draft.published_by is admin
    retire_criteria_set(draft, by=admin, at=AT)
    session.commit()
    assert find_current_set() is default
    with pytest.raises(RuleBroken):
        retire_criteria_set(copy_criteria_set(default, version="2", by=admin, at=AT), by=admin, at=AT)


def test_a_draft_can_be_discarded(session, draft, admin):
    discard_criteria_set(draft, by=admin, at=AT)
    session.commit()
    assert session.scalar(sa.select(sa.func.count(CriteriaSet.id))) == 1


def test_rules_of_a_published_set_are_remembered(session, default, count_statements):
    assert rules_of(default) is rules_of(default)
    assert rules_of(default).groups[1].criteria[3].hi == Decimal(100)
    session.expire_all()
    found = session.get(CriteriaSet, default.id)
    with count_statements() as seen:
        rules_of(found)
    assert len(seen) <= 1


def test_the_rules_know_who_answers_what(default):
    asked = {rule.code for group in rules_of(default).groups for rule in group.criteria
             if rule.applies_to == Applies.TRADE_CENTRES}
    assert asked == {"T1", "T2"}


def test_drafting_from_content(session, admin):
    content = replace(default_content(), code="THU-2", version="0.1")
    assert content_of(draft_criteria_set(content, by=admin, at=AT)) == content

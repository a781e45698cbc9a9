from sqlalchemy import text

from foundation import audit
from foundation.audit import AuditEntry, find_break, find_end, list_changes, record, show_value
from foundation.db import db
from tests.conftest import AT


def disarm():
    """Take away the database's own guards, as somebody with the file could."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        return
    wanted = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entries'")
    for name in db.session.scalars(wanted).all():
        db.session.execute(text(f'DROP TRIGGER "{name}"'))


def test_the_chain_shows_what_was_altered(session, person):
    user = person()
    first = record("edit_user", user, by=user, at=AT, before={"name": "A"}, after={"name": "B"})
    second = record("edit_user", user, by=None, at=AT)
    session.commit()
    assert first.previous_hash == audit.START
    assert second.previous_hash == first.hash
    assert find_break() is None
    assert find_end() == (2, second.hash)
    disarm()
    db.session.execute(text("UPDATE audit_entries SET actor = 'Ai khác' WHERE id = :id"), {"id": first.id})
    session.expire_all()
    assert find_break() == first.id
    db.session.execute(text("DELETE FROM audit_entries WHERE id = :id"), {"id": first.id})
    session.expire_all()
    assert find_break() == second.id


def test_changes_are_laid_out():
    entry = AuditEntry(detail={"before": {"a": 1, "b": [1, 2]}, "after": {"a": 1, "b": [2], "c": True}, "why": "x_y"})
    assert list_changes(entry) == [("b", "1, 2", "2"), ("c", "–", show_value(True)), ("why", "", "x_y")]
    assert list_changes(AuditEntry(detail={"after": {"a": {"b": None}}})) == [("a", "–", "b: –")]
    assert list_changes(AuditEntry(detail={"before": "một", "after": "hai"})) == [
        ("before", "", "một"), ("after", "", "hai")]
    assert list_changes(AuditEntry(detail={})) == []

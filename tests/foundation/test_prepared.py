"""Prepared statements give what SQLAlchemy gives, in the session's transaction or beside it, on both databases."""

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError

from foundation.audit import AuditEntry
from foundation.db import db, table_of
from foundation.numbers import NumberSeries
from foundation.prepared import Prepared, adding, short_transaction
from tests.conftest import AT

ENTRIES, SERIES = table_of(AuditEntry), table_of(NumberSeries)
BY_VERB = Prepared(select(ENTRIES).where(ENTRIES.c.verb == bindparam("verb")).order_by(ENTRIES.c.id))
LATER = Prepared(select(ENTRIES.c.verb).where(ENTRIES.c.at > bindparam("at")))
ENTRY, NUMBER = adding(ENTRIES, but="id"), adding(SERIES)
COUNTED = Prepared(
    select(SERIES.c.series, SERIES.c.last).where(SERIES.c.year == 0, SERIES.c.last >= bindparam("least")))


def entry(verb="try", **values):
    return {"at": AT, "actor": "system", "verb": verb, "subject_kind": "A", "subject_id": "1",
            "detail": {"ă": [1, None]}, "previous_hash": "0", "hash": verb, **values}


def count(name, last=1):
    NUMBER.write({"series": name, "year": 0, "last": last})


def test_rows_are_what_sqlalchemy_gives(session):
    ENTRY.write(entry())
    known = session.execute(select(ENTRIES).where(ENTRIES.c.verb == "try")).one()
    found = BY_VERB.first(verb="try")
    assert found == tuple(known) and found._fields == tuple(known._fields)
    assert found.at == AT and found.at.tzinfo and found.detail == {"ă": [1, None]} and found.actor_id is None
    assert BY_VERB.all(verb="try") == [found] and BY_VERB.first(verb="none") is None
    assert [row.verb for row in LATER.all(at=AT.replace(year=2025))] == ["try"] and LATER.all(at=AT) == []


def test_what_is_not_given_is_null_in_json_too(session):
    with pytest.raises(IntegrityError, match="(?i)null"):
        ENTRY.write(entry(detail=None))
    session.rollback()


def test_many_rows_at_once_or_none(session):
    NUMBER.write()
    NUMBER.write(*({"series": name, "year": 0, "last": 1} for name in "PQR"))
    assert [row.series for row in COUNTED.all(least=1)] == ["P", "Q", "R"]
    with pytest.raises(IntegrityError):
        NUMBER.write(*({"series": name, "year": 0, "last": 1} for name in "SQ"))
    session.rollback()


def test_a_constraint_speaks_as_everywhere(session):
    count("P")
    with pytest.raises(IntegrityError):
        count("P")
    session.rollback()


def test_it_reads_in_the_open_transaction_and_else_what_is_committed(apart):
    with apart.app_context():
        count("P")
        assert [row.series for row in COUNTED.all(least=1)] == ["P"]
        with apart.app_context():  # a session of its own
            assert COUNTED.all(least=1) == []
        db.session.rollback()
        assert COUNTED.all(least=1) == [] and not db.session().in_transaction()


def test_a_short_transaction_is_committed_or_never_was(apart):
    with apart.app_context():
        with short_transaction("p"):
            count("P")
            assert COUNTED.first(least=1).last == 1
        with pytest.raises(ZeroDivisionError), short_transaction("p"):
            count("Q")
            assert len(COUNTED.all(least=1)) == 2
            raise ZeroDivisionError
        assert [row.series for row in COUNTED.all(least=1)] == ["P"] and not db.session().in_transaction()


def test_after_it_what_a_session_commits_is_on_the_disk(apart):
    with apart.app_context():
        for number in range(3):
            with short_transaction("p"):
                count(f"P{number}")
        db.session.execute(SERIES.insert(), {"series": "Q", "year": 0, "last": 1})
        asked = "PRAGMA synchronous" if db.engine.dialect.name == "sqlite" else "SHOW synchronous_commit"
        assert db.session.connection().exec_driver_sql(asked).scalar() in (2, "on")  # 2 is FULL
        assert db.engine.pool.checkedout() == 1  # the very connection of the short ones
        db.session.rollback()

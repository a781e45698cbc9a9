"""Guards as triggers, for the revisions since 0003: a revision lists its guards, drops them or makes them here.

A guard is (table, event, condition, message). Its trigger is named by its place in the list, as 0002 named the first.
"""

from alembic import op


def make(guards):
    """Make one trigger a guard; on PostgreSQL each has a function of the same name."""
    for name, (table, event, condition, message) in named(guards):
        text = message.replace("'", "''")
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                       f"BEGIN SELECT RAISE(ABORT, '{text}'); END")
            continue
        kept = "OLD" if event == "DELETE" else "NEW"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                   f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                   f"RETURN {kept}; END $$")
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def drop(guards):
    """Take the triggers of these guards away."""
    for name, (table, *_rest) in named(guards):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")


def named(guards):
    """Each guard with the name of its trigger."""
    for number, guard in enumerate(guards):
        table, event, *_rest = guard
        yield f"guard_{number:02d}_{table}_{event.lower()}", guard

"""Guards held by the database itself: what is published, submitted or decided never changes; nobody judges own work."""

from alembic import op

revision = "0002"
down_revision = "0001"

INVOLVED = """(
    EXISTS (SELECT 1 FROM visit_members m JOIN visits v ON v.id = m.visit_id
            WHERE m.user_id = {user} AND v.establishment_id = {establishment} AND v.cancelled_at IS NULL)
    OR EXISTS (SELECT 1 FROM surveys s WHERE s.author_id = {user} AND s.establishment_id = {establishment})
    OR EXISTS (SELECT 1 FROM activity_people p JOIN activities a ON a.id = p.activity_id
               WHERE p.user_id = {user} AND a.establishment_id = {establishment}))"""
SET_PUBLISHED = "(SELECT c.published_at FROM criteria_sets c WHERE c.id = {row}.criteria_set_id) IS NOT NULL"
GROUP_PUBLISHED = """(SELECT c.published_at FROM criteria_sets c JOIN criteria_groups g ON g.criteria_set_id = c.id
    WHERE g.id = {row}.group_id) IS NOT NULL"""
SUBMITTED = "(SELECT s.submitted_at FROM surveys s WHERE s.id = {row}.survey_id) IS NOT NULL"
SURVEY_IS_REAL = "NOT (SELECT s.is_demo FROM surveys s WHERE s.id = OLD.survey_id)"
ESTABLISHMENT_OF_SURVEY = "(SELECT s.establishment_id FROM surveys s WHERE s.id = NEW.survey_id)"
ESTABLISHMENT_OF_CERTIFICATE = "(SELECT c.establishment_id FROM certificates c WHERE c.id = NEW.certificate_id)"
SET_CHANGED = " OR ".join(
    ["NEW.published_at IS NULL", "NEW.published_at <> OLD.published_at",
     "CAST(NEW.accepted_classes AS TEXT) <> CAST(OLD.accepted_classes AS TEXT)"]
    + [f"NEW.{name} <> OLD.{name}" for name in
       ("code", "version", "name_vi", "name_en", "standing_vi", "standing_en", "legal_basis", "validity_months")])

ALWAYS = "1 = 1"


def guards():
    """(table, event, condition, message), one trigger each."""
    yield "audit_entries", "UPDATE", ALWAYS, "the audit trail is never changed"
    yield "audit_entries", "DELETE", ALWAYS, "the audit trail is never changed"
    yield ("criteria_sets", "UPDATE", f"OLD.published_at IS NOT NULL AND ({SET_CHANGED})",
           "a published criteria set is never changed")
    yield "criteria_sets", "DELETE", "OLD.published_at IS NOT NULL", "a published criteria set is never deleted"
    parts = [(table, SET_PUBLISHED) for table in ("criteria_groups", "packaging_categories", "level_rules")]
    for table, published in [*parts, ("criteria", GROUP_PUBLISHED)]:
        for event, rows in (("INSERT", ["NEW"]), ("UPDATE", ["OLD", "NEW"]), ("DELETE", ["OLD"])):
            yield (table, event, " OR ".join(published.format(row=row) for row in rows),
                   "a published criteria set is never changed")
    yield "surveys", "UPDATE", "OLD.submitted_at IS NOT NULL", "a submitted survey is never changed"
    yield "surveys", "DELETE", "OLD.submitted_at IS NOT NULL AND NOT OLD.is_demo", "a submitted survey is never deleted"
    for table in ("answers", "packaging_lines", "bag_samples", "evidence", "signatures"):
        yield table, "INSERT", SUBMITTED.format(row="NEW"), "a submitted survey is never changed"
        yield table, "UPDATE", SUBMITTED.format(row="OLD"), "a submitted survey is never changed"
        yield (table, "DELETE", f"{SUBMITTED.format(row='OLD')} AND {SURVEY_IS_REAL}",
               "a submitted survey is never changed")
    yield "reviews", "UPDATE", ALWAYS, "a review is never changed"
    yield "reviews", "DELETE", SURVEY_IS_REAL, "a review is never deleted"
    yield ("reviews", "INSERT",
           INVOLVED.format(user="NEW.reviewer_id", establishment=ESTABLISHMENT_OF_SURVEY)
           + f" OR NOT ({SUBMITTED.format(row='NEW')})",
           "the reviewer surveyed or advised this store, or the survey is not submitted")
    yield "decisions", "UPDATE", ALWAYS, "a decision is never changed"
    yield ("decisions", "DELETE", "NOT (SELECT a.is_demo FROM applications a WHERE a.id = OLD.application_id)",
           "a decision is never deleted")
    yield ("decisions", "INSERT",
           INVOLVED.format(user="NEW.decider_id", establishment=ESTABLISHMENT_OF_SURVEY)
           + " OR EXISTS (SELECT 1 FROM reviews r WHERE r.survey_id = NEW.survey_id AND r.reviewer_id = NEW.decider_id)",
           "the decider surveyed, advised or reviewed this store")
    yield ("decisions", "INSERT",
           "COALESCE((SELECT r.outcome FROM reviews r WHERE r.survey_id = NEW.survey_id ORDER BY r.id DESC LIMIT 1), '')"
           " <> 'approved'", "the survey is not approved")
    yield "certificates", "UPDATE", ALWAYS, "a certificate is never changed"
    yield "certificates", "DELETE", "NOT OLD.is_demo", "a certificate is never deleted"
    yield "certificate_events", "UPDATE", ALWAYS, "a certificate's history is never changed"
    yield ("certificate_events", "DELETE", "NOT (SELECT c.is_demo FROM certificates c WHERE c.id = OLD.certificate_id)",
           "a certificate's history is never changed")
    yield ("certificate_events", "INSERT",
           INVOLVED.format(user="NEW.decider_id", establishment=ESTABLISHMENT_OF_CERTIFICATE),
           "the decider surveyed or advised this store")
    yield "issuers", "UPDATE", ALWAYS, "what papers cite is never changed: add a newer row"
    yield "issuers", "DELETE", ALWAYS, "what papers cite is never deleted: add a newer row"


def statements(dialect):
    """(create, drop) lists of SQL for one database."""
    for number, (table, event, condition, message) in enumerate(guards()):
        name = f"guard_{number:02d}_{table}_{event.lower()}"
        if dialect == "sqlite":
            yield ([f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{message.replace(chr(39), chr(39) * 2)}'); END"],
                   [f"DROP TRIGGER {name}"])
            continue
        kept = "OLD" if event == "DELETE" else "NEW"
        text = message.replace("'", "''")
        yield ([f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
                f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {kept}; END $$",
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"],
               [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"])


def upgrade():
    for create, _drop in statements(op.get_bind().dialect.name):
        for statement in create:
            op.execute(statement)


def downgrade():
    for _create, drop in statements(op.get_bind().dialect.name):
        for statement in drop:
            op.execute(statement)

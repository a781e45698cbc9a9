"""Tablets without a network: a survey is its document and manifest, records are sealed, devices sign in.

Surveys of 0.1.0 get both, built from their rows; drafts then have no rows: these are written at submission only.
What was submitted then counts as delivered at that moment, without record and signed receipt: there was none.

Going down, what has no place in 0.1.0 is lost: devices; sealed records, their receipts and twins; of a draft all but
its head and files; why a store did not sign; why a photo has no position. A follow-up visit becomes a planned one, a
survey set aside a returned one.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module

import sqlalchemy as sa
from alembic import op

from migrations import guards as triggers

revision = "0003"
down_revision = "0002"

first = import_module("migrations.versions.0002_guards")

CALLED_OFF = "(v.cancelled_at IS NULL OR EXISTS (SELECT 1 FROM surveys s WHERE s.visit_id = v.id))"
RECORD_CHANGED = " OR ".join(
    f"COALESCE(CAST(NEW.{name} AS TEXT), '') <> COALESCE(CAST(OLD.{name} AS TEXT), '')"
    for name in ("delivered_at", "record", "record_sha256", "receipt", "document", "manifest"))

SCORED = "(submitted_at IS NULL) = (score IS NULL)"
PERIOD = "period_to IS NULL OR period_from IS NULL OR period_to >= period_from"
EVIDENCE = "kind IN ('photo','document')"
SIDE = "side IN ('team','store')"
HEAD = ("count_method", "counted_by", "receipts", "floor_area_m2", "remarks", "store_remarks")  # as they stand
SIDES_OF_TALLY = ("plastic", "eco", "own", "none")
CLASSES = ("N", "X", "E1", "E2", "E3", "E4", "E5", "R", "Z")
ROWS = ("answers", "packaging_lines", "bag_samples", "signatures")


def exact(digits):
    """A Decimal: text on SQLite."""
    return sa.Numeric(digits, 6).with_variant(sa.String(digits + 6), "sqlite")


def moment():
    """An instant."""
    return sa.DateTime(timezone=True)


def added():
    """Columns of surveys that may be empty."""
    return (
        sa.Column("twin_of_id", sa.String(36)), sa.Column("moved_from_id", sa.String(36)),
        sa.Column("moved_at", moment()), sa.Column("document", sa.JSON()), sa.Column("manifest", sa.JSON()),
        sa.Column("copy_id", sa.String(36)), sa.Column("copy_version", sa.Integer()),
        sa.Column("delivered_at", moment()), sa.Column("record", sa.Text()), sa.Column("record_sha256", sa.String(64)),
        sa.Column("receipt", sa.Text()), sa.Column("completion", sa.Text()), sa.Column("device_score", sa.JSON()),
        sa.Column("skew_ms", sa.BigInteger()), sa.Column("app_version", sa.String(40)),
        sa.Column("device_id", sa.Integer()))


def head():
    """Columns of surveys that went into the document."""
    return (
        sa.Column("period_from", sa.Date()), sa.Column("count_method", sa.String(8)),
        sa.Column("counted_by", sa.String(120)), sa.Column("receipts", sa.Integer()),
        sa.Column("floor_area_m2", sa.Integer()),
        *(sa.Column(f"tally_{side}", sa.Integer()) for side in SIDES_OF_TALLY),
        sa.Column("remarks", sa.Text()), sa.Column("store_remarks", sa.Text()))


def guards():
    """Those of 0002; a sealed record never changes; a visit called off after its survey counts as involvement."""
    for table, event, condition, message in first.guards():
        if (table, event) == ("surveys", "DELETE"):
            yield ("surveys", "UPDATE", f"OLD.delivered_at IS NOT NULL AND ({RECORD_CHANGED})",
                   "a sealed record is never changed")
            yield ("surveys", "DELETE",
                   "(OLD.submitted_at IS NOT NULL OR OLD.delivered_at IS NOT NULL) AND NOT OLD.is_demo",
                   "a sealed survey is never deleted")
        else:
            yield table, event, condition.replace("v.cancelled_at IS NULL", CALLED_OFF), message


def upgrade():
    triggers.drop(first.guards())
    make_devices()
    add("visits", sa.Column("follows_id", sa.String(36)))
    add("evidence", sa.Column("place_reason", sa.String(12)), sa.Column("store_code", sa.String(200)))
    add("signatures", sa.Column("refused", sa.String(300)))
    add("surveys", *added())
    op.execute("UPDATE evidence SET place_reason = '', store_code = ''")
    op.execute("UPDATE signatures SET refused = ''")
    write_documents()
    with rebuilt("evidence", kind=EVIDENCE) as batch:
        must(batch, "place_reason", "store_code")
    with rebuilt("signatures", side=SIDE, refused="refused = '' OR side = 'store'") as batch:
        must(batch, "refused")
    with rebuilt("reviews", outcome="outcome IN ('approved','returned','set_aside')") as batch:
        batch.alter_column("outcome", existing_type=sa.String(8), type_=sa.String(12), existing_nullable=False)
    with rebuilt("surveys", scored_when_submitted=SCORED) as batch:
        must(batch, "document", "manifest")
        widen(batch, 18, 28)
        for name, table in (("device_id", "devices"), ("moved_from_id", "surveys"), ("twin_of_id", "surveys")):
            batch.create_foreign_key(op.f(f"fk_surveys_{name}"), table, [name], ["id"])
        for column in head():
            batch.drop_column(column.name)
    with rebuilt("visits", nature="nature IN ('planned','certification','surveillance','complaint','follow_up')"
                 ) as batch:
        batch.create_foreign_key(op.f("fk_visits_follows_id"), "surveys", ["follows_id"], ["id"])
    triggers.make(guards())


def downgrade():
    triggers.drop(guards())
    op.execute("UPDATE visits SET nature = 'planned' WHERE nature = 'follow_up'")
    op.execute("UPDATE reviews SET outcome = 'returned' WHERE outcome = 'set_aside'")
    add("surveys", *head())
    write_heads()
    with rebuilt("visits", nature="nature IN ('planned','certification','surveillance','complaint')") as batch:
        batch.drop_column("follows_id")
    with rebuilt("surveys", scored_when_submitted=SCORED, period=PERIOD) as batch:
        must(batch, "counted_by", "remarks", "store_remarks")
        widen(batch, 28, 18)
        for column in added():
            batch.drop_column(column.name)
    with rebuilt("reviews", outcome="outcome IN ('approved','returned')") as batch:
        batch.alter_column("outcome", existing_type=sa.String(12), type_=sa.String(8), existing_nullable=False)
    with rebuilt("signatures", side=SIDE) as batch:
        batch.drop_column("refused")
    with rebuilt("evidence", kind=EVIDENCE) as batch:
        batch.drop_column("place_reason")
        batch.drop_column("store_code")
    op.drop_index("ix_devices_user_id", "devices")
    op.drop_table("devices")
    triggers.make(first.guards())


def make_devices():
    """What a tablet signs in with and last said of its queue."""
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False), sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False), sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False), sa.Column("secret", sa.String(43), nullable=False),
        sa.Column("created_at", moment(), nullable=False), sa.Column("last_seen_at", moment(), nullable=False),
        sa.Column("revoked_at", moment()), sa.Column("app_version", sa.String(40), nullable=False),
        sa.Column("skew_ms", sa.BigInteger()), sa.Column("queue_count", sa.Integer(), nullable=False),
        sa.Column("queue_files", sa.Integer(), nullable=False),
        sa.Column("queue_bytes", sa.BigInteger(), nullable=False), sa.Column("queue_oldest_at", moment()),
        sa.Column("drafts", sa.Integer(), nullable=False), sa.Column("storage_persisted", sa.Boolean()),
        sa.Column("storage_free", sa.BigInteger()),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")))
    op.create_index(op.f("ix_devices_user_id"), "devices", ["user_id"])


@contextmanager
def rebuilt(table, **checks):
    """Alter a table, which then has just these CHECKs."""
    with op.batch_alter_table(table) as batch:
        for found in sa.inspect(op.get_bind()).get_check_constraints(table):
            batch.drop_constraint(op.f(found["name"]), type_="check")
        yield batch
        for name, condition in checks.items():
            batch.create_check_constraint(op.f(f"ck_{table}_{name}"), condition)


def add(table, *columns):
    """Add columns that may be empty."""
    for column in columns:
        op.add_column(table, column)


def must(batch, *names):
    """From now on these columns are filled."""
    for name in names:
        batch.alter_column(name, nullable=False)


def widen(batch, before, after):
    """The digits of sums of weights."""
    for name in ("replaced_grams", "used_grams"):
        batch.alter_column(name, existing_type=exact(before), type_=exact(after), existing_nullable=True)


def write_documents():
    """Each survey's document and manifest, from its rows; then the rows of drafts go."""
    bind, surveys = op.get_bind(), table_of("surveys")
    codes = {name: {row.id: row for row in rows_of(table_of(name))} for name in ("criteria", "packaging_categories")}
    groups = {row.id: row.position for row in rows_of(table_of("criteria_groups"))}
    tables = {name: table_of(name) for name in (*ROWS, "evidence")}
    for survey in rows_of(surveys):
        rows = {name: rows_of(table, survey.id) for name, table in tables.items()}
        bind.execute(surveys.update().where(surveys.c.id == survey.id).values(
            document=document_from(survey, rows, groups, **codes), manifest=manifest_from(rows["evidence"], **codes)))
    for name in ROWS:
        op.execute(f"DELETE FROM {name} WHERE survey_id IN (SELECT id FROM surveys WHERE submitted_at IS NULL)")
    op.execute("UPDATE surveys SET delivered_at = submitted_at")
    op.execute("UPDATE surveys SET observed_at = NULL, period_to = NULL WHERE submitted_at IS NULL")


def write_heads():
    """Back into the columns: the head of each document."""
    bind, surveys = op.get_bind(), table_of("surveys")
    for survey in bind.execute(sa.select(surveys.c.id, surveys.c.document)).all():
        document, tally = survey.document, survey.document["tally"] or {}
        bind.execute(surveys.update().where(surveys.c.id == survey.id).values(
            observed_at=document["observed_at"] and datetime.fromisoformat(document["observed_at"]),
            **{name: document[name] and date.fromisoformat(document[name]) for name in ("period_from", "period_to")},
            **{name: document[name] for name in HEAD}, **{f"tally_{side}": tally.get(side) for side in SIDES_OF_TALLY}))


def table_of(name):
    """A table as it stands now."""
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)


def rows_of(table, survey_id=None):
    """All rows, or those of a survey."""
    wanted = sa.select(table) if survey_id is None else sa.select(table).where(table.c.survey_id == survey_id)
    return op.get_bind().execute(wanted).all()


def document_from(survey, rows, groups, criteria, packaging_categories):
    """The canonical document, as 0.1.0 gave it to its form."""
    lines = sorted(rows["packaging_lines"], key=lambda line: (
        packaging_categories[line.category_id].position, CLASSES.index(line.material_class)))
    answers = sorted(((criteria[answer.criterion_id], answer_from(answer)) for answer in rows["answers"]),
                     key=lambda pair: (groups[pair[0].group_id], pair[0].position))
    tally = {side: getattr(survey, f"tally_{side}") for side in SIDES_OF_TALLY}
    counted = any(figure is not None for figure in tally.values())
    return {
        "observed_at": instant(survey.observed_at), "period_from": day(survey.period_from),
        "period_to": day(survey.period_to), **{name: getattr(survey, name) for name in HEAD},
        "tally": {side: figure or 0 for side, figure in tally.items()} if counted else None,
        "answers": {criterion.code: said for criterion, said in answers if said},
        "lines": [line_from(line, packaging_categories[line.category_id].code) for line in lines],
        "bags": [bag_from(bag) for bag in sorted(rows["bag_samples"], key=lambda bag: bag.position)],
        "signatures": {signed.side: {"title": signed.title, "strokes": signed.strokes,
                                     "signed_at": instant(signed.signed_at)} for signed in rows["signatures"]},
    }


def answer_from(answer):
    """Only what was said."""
    said = {"yes": answer.yes, "step": answer.step, "numerator": plain(answer.numerator),
            "denominator": plain(answer.denominator), "number": answer.number, "na": answer.not_applicable or None,
            "na_reason": answer.na_reason or None, "note": answer.note or None}
    return {name: value for name, value in said.items() if value is not None}


def line_from(line, code):
    """A line with all its parts."""
    return {
        "category": code, "class": line.material_class,
        **{name: plain(getattr(line, name)) for name in ("opening", "purchased", "closing", "returned")},
        "proof_number": line.proof_number, "proof_holder": line.proof_holder,
        "proof_expires_on": day(line.proof_expires_on), "has_statement": line.has_statement, "note": line.note}


def bag_from(bag):
    """A bag with its five readings."""
    return {"label": bag.label, "width_cm": plain(bag.width_cm), "height_cm": plain(bag.height_cm),
            "readings_um": [*bag.readings_um, None, None, None, None, None][:5],
            "hard_to_degrade": bag.hard_to_degrade, "prepack": bag.prepack}


def manifest_from(files, criteria, packaging_categories):
    """What the files are that were not struck out; `size` is that of the stored bytes: the one sent was not kept."""
    return [{
        "id": file.id, "sha256": file.received_sha256, "size": file.size, "media_type": file.media_type,
        "kind": file.kind, "criterion": file.criterion_id and criteria[file.criterion_id].code,
        "category": file.category_id and packaging_categories[file.category_id].code, "caption": file.caption,
        "taken_at": instant(file.taken_at), "lat": plain(file.lat), "lon": plain(file.lon),
        "accuracy": plain(file.accuracy_m), "place_reason": "", "store_code": "",
    } for file in sorted(files, key=lambda file: (file.received_at, file.id)) if file.removed_at is None]


def plain(figure):
    """A figure as text without idle zeros."""
    return None if figure is None else format(Decimal(figure).normalize(), "f")


def day(value):
    """2026-11-24."""
    return value and value.isoformat()


def instant(value):
    """2026-11-24T02:10:00Z; SQLite keeps UTC without saying so."""
    if value is None:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")

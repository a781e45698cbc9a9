"""A record that was taken back on its tablet names the survey that goes on from it.

The guards of 0003 hold on: what a sealed record says stays unchangeable, that it was taken back is said beside it. Going
down, which survey goes on from which is lost; both stay, the first as one whose files are arriving.
"""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

from migrations import guards as triggers

revision = "0004"
down_revision = "0003"

before = import_module("migrations.versions.0003_tablets")


def upgrade():
    triggers.drop(before.guards())
    with before.rebuilt("surveys", scored_when_submitted=before.SCORED) as batch:
        batch.add_column(sa.Column("taken_back_by_id", sa.String(36)))
        batch.create_foreign_key(op.f("fk_surveys_taken_back_by_id"), "surveys", ["taken_back_by_id"], ["id"])
    triggers.make(before.guards())


def downgrade():
    triggers.drop(before.guards())
    with before.rebuilt("surveys", scored_when_submitted=before.SCORED) as batch:
        batch.drop_constraint(op.f("fk_surveys_taken_back_by_id"), type_="foreignkey")
        batch.drop_column("taken_back_by_id")
    triggers.make(before.guards())

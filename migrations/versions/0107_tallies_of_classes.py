"""Keep what each class comes to beside its records, for counting"""

import sqlalchemy as sa
from alembic import op

from club.statistics.tallies.marking import leave_changes, mark_changes

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("run_tally",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("run_id", sa.Integer(), nullable=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("topic_key", sa.String(), nullable=False),
    sa.Column("course_code", sa.String(), nullable=False),
    sa.Column("funding", sa.Enum("science_budget", "enterprise", "other", "not_stated", name="funding", native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column("people", sa.String(), nullable=False),
    sa.Column("minutes", sa.String(), nullable=False),
    sa.Column("completed", sa.String(), nullable=False),
    sa.Column("audience", sa.String(), nullable=False),
    sa.Column("unit_id", sa.String(), nullable=False),
    sa.Column("sector", sa.String(), nullable=False),
    sa.Column("sex", sa.String(), nullable=False),
    sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_tally_run_id")),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_run_tally"))
    )
    with op.batch_alter_table("run_tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_run_tally_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_run_tally_run_id"), ["run_id"], unique=False)

    op.create_table("run_to_tally",
    sa.Column("run_id", sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_to_tally_run_id")),
    sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_to_tally"))
    )
    # The worker tallies them, a few at a time; until then they are counted from their records.
    op.execute("INSERT INTO run_to_tally (run_id) SELECT DISTINCT run_id FROM training_record")
    mark_changes(op.get_bind())


def downgrade():
    leave_changes(op.get_bind())
    op.drop_table("run_to_tally")
    with op.batch_alter_table("run_tally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_tally_run_id"))
        batch_op.drop_index(batch_op.f("ix_run_tally_day"))

    op.drop_table("run_tally")

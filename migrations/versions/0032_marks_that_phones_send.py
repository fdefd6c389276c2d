"""Marks that phones send"""

import sqlalchemy as sa
from alembic import op


revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

TABLES = ("attendance_mark", "attendance_change")


def upgrade():
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("received_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.add_column(sa.Column("said_again_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "sent_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("attendance_mark_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attendance_mark_id"],
            ["attendance_mark.id"],
            name=op.f("fk_sent_mark_attendance_mark_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_mark")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sent_mark_public_id")),
    )
    with op.batch_alter_table("sent_mark", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sent_mark_attendance_mark_id"), ["attendance_mark_id"], unique=False
        )


def downgrade():
    op.drop_table("sent_mark")
    with op.batch_alter_table("attendance_mark", schema=None) as batch_op:
        batch_op.drop_column("said_again_at")
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("received_at")

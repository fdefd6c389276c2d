"""Write down what was recalled: invitations, and requests that nobody decided"""

import sqlalchemy as sa
from alembic import op

import club.db


revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "request_recall",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", club.db.Instant(), nullable=False),
        sa.Column("at", club.db.Instant(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.CheckConstraint("requests > 0", name=op.f("ck_request_recall_requests_positive")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_request_recall_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_recall")),
        sa.UniqueConstraint(
            "run_id", "starts_at", name=op.f("uq_request_recall_run_id_starts_at")
        ),
    )
    with op.batch_alter_table("run_invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reminded_at", club.db.Instant(), nullable=True))


def downgrade():
    with op.batch_alter_table("run_invitation", schema=None) as batch_op:
        batch_op.drop_column("reminded_at")
    op.drop_table("request_recall")

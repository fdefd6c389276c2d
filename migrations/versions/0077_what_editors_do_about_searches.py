"""Count searches in vain, and let editors put answers first"""

import sqlalchemy as sa
from alembic import op


revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "unanswered_search",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times >= 1", name=op.f("ck_unanswered_search_times_counted")),
        sa.PrimaryKeyConstraint("day", "words", name=op.f("pk_unanswered_search")),
    )
    op.create_table(
        "promoted_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("till_day", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "till_day IS NULL OR from_day <= till_day", name=op.f("ck_promoted_answer_days_in_order")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)",
            name=op.f("ck_promoted_answer_ended_by_whom"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_promoted_answer_made_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_promoted_answer_ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promoted_answer")),
        sa.UniqueConstraint("public_id", name=op.f("uq_promoted_answer_public_id")),
    )
    op.create_index("ix_promoted_answer_asked", "promoted_answer", ["asked", "ended_at"])
    op.create_index(op.f("ix_promoted_answer_made_by_id"), "promoted_answer", ["made_by_id"])
    op.create_index(op.f("ix_promoted_answer_ended_by_id"), "promoted_answer", ["ended_by_id"])


def downgrade():
    op.drop_table("promoted_answer")
    op.drop_table("unanswered_search")

"""Lists signed on paper"""

import sqlalchemy as sa
from alembic import op


revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "paper_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_paper_list_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["stored_file.id"], name=op.f("fk_paper_list_scan_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_paper_list_entered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_list")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_list_public_id")),
    )
    with op.batch_alter_table("paper_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_paper_list_session_id"), ["session_id"], unique=False
        )


def downgrade():
    op.drop_table("paper_list")

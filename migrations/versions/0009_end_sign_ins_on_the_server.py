"""End sign-ins on the server"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "sign_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_out")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_out_key_hash")),
    )
    op.create_index(op.f("ix_sign_out_at"), "sign_out", ["at"])


def downgrade():
    op.drop_table("sign_out")

"""Write down which invited people were told of a change"""

import sqlalchemy as sa
from alembic import op


revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("run_telling_reader", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_run_telling_reader_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_run_telling_reader_invitation_id"),
            "run_invitation", ["invitation_id"], ["id"],
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_run_telling_reader_telling_id_invitation_id"),
            ["telling_id", "invitation_id"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_run_telling_reader_somebody"),
            "person_id IS NOT NULL OR invitation_id IS NOT NULL",
        )


def downgrade():
    # Who was told as an invited address alone cannot be kept without it.
    op.execute("DELETE FROM run_telling_reader WHERE person_id IS NULL")
    with op.batch_alter_table("run_telling_reader", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_run_telling_reader_somebody"), type_="check")
        batch_op.drop_constraint(
            batch_op.f("uq_run_telling_reader_telling_id_invitation_id"), type_="unique"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_run_telling_reader_invitation_id"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_run_telling_reader_invitation_id"))
        batch_op.drop_column("invitation_id")
        batch_op.alter_column("person_id", existing_type=sa.Integer(), nullable=False)

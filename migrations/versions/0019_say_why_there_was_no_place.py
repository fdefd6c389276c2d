"""Say why there was no place"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

_WHY = ("all_taken", "kept_for_groups", "organisation_at_its_most")


def upgrade():
    listed = ", ".join(f"'{why}'" for why in _WHY)
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("no_room", sa.String(length=32), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f("ck_registration_step_noroom"), sa.text(f"no_room IN ({listed})")
        )


def downgrade():
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_registration_step_noroom"), type_="check")
        batch_op.drop_column("no_room")

"""Targets know the day of the plan, from which progress is measured"""

import sqlalchemy as sa
from alembic import op


revision = '0099'
down_revision = '0098'
branch_labels = None
depends_on = None

#: The day of the only plan that has been brought in.
PLAN_OF = '2021-11-18'


def upgrade():
    with op.batch_alter_table('plan_target') as table:
        table.add_column(sa.Column('begins_on', sa.Date(), nullable=False, server_default=PLAN_OF))
    with op.batch_alter_table('plan_target') as table:
        table.alter_column('begins_on', existing_type=sa.Date(), server_default=None)


def downgrade():
    with op.batch_alter_table('plan_target') as table:
        table.drop_column('begins_on')

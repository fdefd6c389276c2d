"""All mistakes of a list of earlier years"""

import sqlalchemy as sa
from alembic import op


revision = '0109'
down_revision = '0108'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('earlier_batch', sa.Column('mistakes', sa.JSON(), nullable=True))


def downgrade():
    with op.batch_alter_table('earlier_batch') as batch_op:
        batch_op.drop_column('mistakes')

"""Try unprintable certificates less often"""

import sqlalchemy as sa
from alembic import op


revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('completion_certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('failed_prints', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('next_print_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table('completion_certificate', schema=None) as batch_op:
        batch_op.drop_column('next_print_at')
        batch_op.drop_column('failed_prints')

"""Say what each measure is about"""

import sqlalchemy as sa
from alembic import op


revision = '0064'
down_revision = '0063'
branch_labels = None
depends_on = None

KINDS = (
    'productivity', 'output', 'lead_time', 'cycle_time', 'value_time', 'changeover', 'oee', 'downtime', 'defects',
    'good_share', 'stock', 'space', 'labour', 'energy', 'materials', 'emissions', 'cost', 'savings', 'sales', 'steps',
    'service', 'accidents', 'other',
)


def upgrade():
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.Enum(*KINDS, name='measurekind', native_enum=False, create_constraint=True, length=32), nullable=False, server_default='other'))
    # What the files say comes with the next sync: each of them has changed.
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.alter_column('about', server_default=None)


def downgrade():
    with op.batch_alter_table('measure', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_measure_measurekind'), type_='check')
        batch_op.drop_column('about')

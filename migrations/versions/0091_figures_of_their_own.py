"""Source, strength, way of measuring and conflicts of each figure"""

import sqlalchemy as sa
from alembic import op


revision = '0091'
down_revision = '0090'
branch_labels = None
depends_on = None

_STRENGTH = sa.Enum('A', 'B', 'C', name='strength', native_enum=False, create_constraint=True, length=32)


def upgrade():
    with op.batch_alter_table('measure') as table:
        table.add_column(sa.Column('own_strength', _STRENGTH, nullable=True))
        table.add_column(sa.Column('how_measured', sa.String(), nullable=True))
        table.add_column(sa.Column('how_measured_en', sa.String(), nullable=True))
        table.add_column(sa.Column('source', sa.Integer(), nullable=True))
        table.add_column(sa.Column('conflicts', sa.JSON(), server_default='[]', nullable=False))
    with op.batch_alter_table('measure') as table:
        table.alter_column('conflicts', server_default=None)


def downgrade():
    with op.batch_alter_table('measure') as table:
        table.drop_constraint(op.f('ck_measure_strength'), type_='check')
        for name in ('conflicts', 'source', 'how_measured_en', 'how_measured', 'own_strength'):
            table.drop_column(name)

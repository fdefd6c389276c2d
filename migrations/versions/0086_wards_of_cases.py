"""Wards of cases"""

import sqlalchemy as sa
from alembic import op


revision = '0086'
down_revision = '0085'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('case_study') as table:
        table.add_column(sa.Column('unit_key', sa.String(), nullable=True))
        table.create_foreign_key(op.f('fk_case_study_unit_key'), 'unit', ['unit_key'], ['key'])
        table.create_index(op.f('ix_case_study_unit_key'), ['unit_key'])


def downgrade():
    with op.batch_alter_table('case_study') as table:
        table.drop_index(op.f('ix_case_study_unit_key'))
        table.drop_constraint(op.f('fk_case_study_unit_key'), type_='foreignkey')
        table.drop_column('unit_key')

"""Copies of lost files of certificates still count"""

import sqlalchemy as sa
from alembic import op


revision = '0092'
down_revision = '0091'
branch_labels = None
depends_on = None

_TABLES = ('completion_certificate', 'award_certificate')


def upgrade():
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column('lost_sha256', sa.String(), nullable=True))
            table.create_index(op.f(f'ix_{name}_lost_sha256'), ['lost_sha256'])


def downgrade():
    for name in _TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_index(op.f(f'ix_{name}_lost_sha256'))
            table.drop_column('lost_sha256')

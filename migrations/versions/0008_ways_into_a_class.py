"""Say how people come into a class: openly, by approval, invitation or nomination"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('run_terms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('way_in', sa.Enum('open', 'approval', 'endorsed_approval', 'invitation', 'nomination', name='wayin', native_enum=False, create_constraint=True, length=32), server_default='open', nullable=False))

    # Whoever had terms before came in openly; from now on the terms say it themselves.
    with op.batch_alter_table('run_terms', schema=None) as batch_op:
        batch_op.alter_column('way_in', server_default=None)


def downgrade():
    with op.batch_alter_table('run_terms', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_run_terms_wayin'), type_='check')
        batch_op.drop_column('way_in')

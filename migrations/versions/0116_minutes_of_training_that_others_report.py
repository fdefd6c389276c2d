"""Minutes of training that others report"""

import sqlalchemy as sa
from alembic import op


revision = '0116'
down_revision = '0115'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('reported_training', schema=None) as batch_op:
        batch_op.add_column(sa.Column('minutes', sa.BigInteger(), nullable=True))
    op.execute('UPDATE reported_training SET minutes = CAST(hours AS BIGINT) * 60')
    with op.batch_alter_table('reported_training', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_reported_training_hours_sensible'), type_='check')
        batch_op.drop_column('hours')
        batch_op.create_check_constraint(batch_op.f('ck_reported_training_minutes_sensible'), 'minutes BETWEEN 0 AND 6000000000')


def downgrade():
    """Whole hours again, the nearest."""
    with op.batch_alter_table('reported_training', schema=None) as batch_op:
        batch_op.add_column(sa.Column('hours', sa.Integer(), nullable=True))
    op.execute('UPDATE reported_training SET hours = CAST((minutes + 30) / 60 AS INTEGER)')
    with op.batch_alter_table('reported_training', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_reported_training_minutes_sensible'), type_='check')
        batch_op.drop_column('minutes')
        batch_op.create_check_constraint(batch_op.f('ck_reported_training_hours_sensible'), 'hours BETWEEN 0 AND 100000000')

"""Keep with a training record the result that decided"""

import sqlalchemy as sa
from alembic import op


revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('training_record', schema=None) as batch_op:
        for column, table in (('result_id', 'person_result'), ('scale_id', 'run_scale')):
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f'fk_training_record_{column}'), table, [column], ['id']
            )


def downgrade():
    with op.batch_alter_table('training_record', schema=None) as batch_op:
        for column in ('scale_id', 'result_id'):
            batch_op.drop_constraint(
                batch_op.f(f'fk_training_record_{column}'), type_='foreignkey'
            )
            batch_op.drop_column(column)

"""Let a file be evidence of a line of the plan"""

import sqlalchemy as sa
from alembic import op


revision = '0110'
down_revision = '0109'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('plan_proof', schema=None) as batch_op:
        batch_op.add_column(sa.Column('file_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_plan_proof_file_id'), 'stored_file', ['file_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_plan_proof_file_id'), ['file_id'], unique=False)


def downgrade():
    with op.batch_alter_table('plan_proof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_proof_file_id'))
        batch_op.drop_constraint(batch_op.f('fk_plan_proof_file_id'), type_='foreignkey')
        batch_op.drop_column('file_id')

"""What experts say of themselves"""

import sqlalchemy as sa
from alembic import op


revision = '0053'
down_revision = '0052'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('expert_field',
    sa.Column('expert_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('tool', 'topic', 'sector', 'language', 'ward', name='fieldkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['expert_id'], ['expert.id'], name=op.f('fk_expert_field_expert_id')),
    sa.PrimaryKeyConstraint('expert_id', 'kind', 'key', name=op.f('pk_expert_field'))
    )
    with op.batch_alter_table('expert_field', schema=None) as batch_op:
        batch_op.create_index('ix_expert_field_key', ['kind', 'key'], unique=False)

    with op.batch_alter_table('expert', schema=None) as batch_op:
        batch_op.add_column(sa.Column('presentation', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('welcomes_requests', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('expert', schema=None) as batch_op:
        batch_op.alter_column('welcomes_requests', server_default=None)


def downgrade():
    with op.batch_alter_table('expert', schema=None) as batch_op:
        batch_op.drop_column('welcomes_requests')
        batch_op.drop_column('presentation')

    with op.batch_alter_table('expert_field', schema=None) as batch_op:
        batch_op.drop_index('ix_expert_field_key')

    op.drop_table('expert_field')

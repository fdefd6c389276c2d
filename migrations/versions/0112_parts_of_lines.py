"""Tell parts of lines of the plan apart"""

import sqlalchemy as sa
from alembic import op


revision = '0112'
down_revision = '0111'
branch_labels = None
depends_on = None

WRITTEN = ('plan_step', 'plan_proof')


def upgrade():
    op.create_table('plan_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('english', sa.String(), nullable=True),
    sa.Column('is_target', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_plan_part_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_part')),
    sa.UniqueConstraint('id', 'item_id', name=op.f('uq_plan_part_id_item_id')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_part_key'))
    )
    op.create_index(op.f('ix_plan_part_item_id'), 'plan_part', ['item_id'], unique=False)
    for name in WRITTEN:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column('part_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{name}_part_id_item_id'), 'plan_part', ['part_id', 'item_id'], ['id', 'item_id'])
            batch_op.create_index(batch_op.f(f'ix_{name}_part_id'), ['part_id'], unique=False)


def downgrade():
    """Evidence of a part is evidence of its line. Where a part stood is not where the line stood:
    such a step is taken out, and says of what it was.
    """
    op.execute(
        "UPDATE plan_step SET taken_out_at = CURRENT_TIMESTAMP, taken_out_reason = 'Phần '"
        " || (SELECT key FROM plan_part WHERE plan_part.id = plan_step.part_id)"
        " WHERE part_id IS NOT NULL AND taken_out_at IS NULL"
    )
    for name in WRITTEN:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{name}_part_id'))
            batch_op.drop_constraint(batch_op.f(f'fk_{name}_part_id_item_id'), type_='foreignkey')
            batch_op.drop_column('part_id')
    op.drop_table('plan_part')

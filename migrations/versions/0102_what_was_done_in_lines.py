"""Where lines of the plan stand, what shows it, and who leads them by now"""

import sqlalchemy as sa
from alembic import op


revision = '0102'
down_revision = '0101'
branch_labels = None
depends_on = None

STATES = ('not_begun', 'under_way', 'done', 'recurring', 'not_measurable')
TABLES = ('plan_step', 'plan_proof', 'plan_assignment')


def written_down(name, *columns):
    """What the three tables share: who entered and who took out."""
    op.create_table(name,
    *columns,
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_out_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_out_reason', sa.String(), nullable=True),
    sa.CheckConstraint('(taken_out_at IS NULL) = (taken_out_reason IS NULL)', name=op.f(f'ck_{name}_taken_out_why')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f(f'fk_{name}_entered_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f(f'fk_{name}_item_id')),
    sa.ForeignKeyConstraint(['taken_out_by_id'], ['account.id'], name=op.f(f'fk_{name}_taken_out_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
    sa.UniqueConstraint('public_id', name=op.f(f'uq_{name}_public_id'))
    )
    op.create_index(op.f(f'ix_{name}_item_id'), name, ['item_id'], unique=False)


def upgrade():
    written_down('plan_step',
    sa.Column('state', sa.Enum(*STATES, name='saidstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    )
    written_down('plan_proof',
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    )
    written_down('plan_assignment',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_plan_assignment_unit_id')),
    )


def downgrade():
    for name in reversed(TABLES):
        op.drop_table(name)

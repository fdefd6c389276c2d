"""What is planned and spent for lines of the plan, every version of it"""

import sqlalchemy as sa
from alembic import op


revision = '0103'
down_revision = '0102'
branch_labels = None
depends_on = None

SOURCES = ('science_budget', 'enterprise', 'other')


def upgrade():
    op.create_table('plan_budget_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('source', sa.Enum(*SOURCES, name='moneysource', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('planned', sa.BigInteger(), nullable=True),
    sa.Column('spent', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('planned >= 0', name=op.f('ck_plan_budget_entry_planned_not_negative')),
    sa.CheckConstraint('spent >= 0', name=op.f('ck_plan_budget_entry_spent_not_negative')),
    sa.CheckConstraint('version >= 1 AND (version = 1) = (reason IS NULL)', name=op.f('ck_plan_budget_entry_changed_with_a_reason')),
    sa.CheckConstraint('version > 1 OR planned IS NOT NULL OR spent IS NOT NULL', name=op.f('ck_plan_budget_entry_begins_with_money')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f('fk_plan_budget_entry_entered_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_plan_budget_entry_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_budget_entry')),
    sa.UniqueConstraint('item_id', 'year', 'source', 'version', name=op.f('uq_plan_budget_entry_item_id_year_source_version'))
    )


def downgrade():
    op.drop_table('plan_budget_entry')

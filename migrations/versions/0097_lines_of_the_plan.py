"""Every line of the plan is something to do"""

import sqlalchemy as sa
from alembic import op


revision = '0097'
down_revision = '0096'
branch_labels = None
depends_on = None

KINDS = ('reference', 'objective', 'target', 'policy', 'task', 'funding', 'responsibility', 'reporting')
ROLES = ('leads', 'leads_inferred', 'supports', 'receives')


def upgrade():
    op.create_table('plan_body',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=True),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.CheckConstraint('(unit_id IS NULL) = (name IS NOT NULL)', name=op.f('ck_plan_body_unit_or_name')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_plan_body_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_body')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_body_key'))
    )
    op.create_table('plan_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='itemkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('below_id', sa.Integer(), nullable=True),
    sa.Column('by_year', sa.Integer(), nullable=True),
    sa.Column('by_note', sa.String(), nullable=True),
    sa.Column('by_note_en', sa.String(), nullable=True),
    sa.Column('how_often', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('answer_en', sa.String(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('below_id <> id', name=op.f('ck_plan_item_not_below_itself')),
    sa.ForeignKeyConstraint(['below_id'], ['plan_item.id'], name=op.f('fk_plan_item_below_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_plan_item_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_item')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_item_key'))
    )
    op.create_table('plan_role',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum(*ROLES, name='bodyrole', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['plan_body.id'], name=op.f('fk_plan_role_body_id')),
    sa.ForeignKeyConstraint(['item_id'], ['plan_item.id'], name=op.f('fk_plan_role_item_id')),
    sa.PrimaryKeyConstraint('item_id', 'body_id', 'role', name=op.f('pk_plan_role'))
    )


def downgrade():
    op.drop_table('plan_role')
    op.drop_table('plan_item')
    op.drop_table('plan_body')

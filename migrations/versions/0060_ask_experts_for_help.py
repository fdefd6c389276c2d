"""Ask experts for help"""

import sqlalchemy as sa
from alembic import op


revision = '0060'
down_revision = '0059'
branch_labels = None
depends_on = None

_STATES = ('with_expert', 'with_asker', 'declined', 'with_club', 'under_way', 'helped', 'not_helped', 'withdrawn', 'closed')
_KINDS = ('asked', 'asked_club', 'asked_back', 'answered', 'accepted', 'declined', 'handed_on', 'passed', 'expert_left', 'reminded', 'helped', 'not_helped', 'withdrawn', 'closed')
_OPEN = sa.text("expert_id IS NOT NULL AND state IN ('with_expert', 'with_asker', 'declined', 'with_club', 'under_way')")


def upgrade():
    op.create_table('help_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('expert_id', sa.Integer(), nullable=True),
    sa.Column('problem', sa.String(), nullable=False),
    sa.Column('tool_id', sa.Integer(), nullable=True),
    sa.Column('sector', sa.String(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('time', sa.String(), nullable=False),
    sa.Column('state', sa.Enum(*_STATES, name='helpstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('led_to', sa.String(), nullable=True),
    sa.CheckConstraint("state NOT IN ('with_expert', 'with_asker', 'under_way', 'helped', 'not_helped') OR expert_id IS NOT NULL", name=op.f('ck_help_request_expert_where_needed')),
    sa.ForeignKeyConstraint(['expert_id'], ['expert.id'], name=op.f('fk_help_request_expert_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_help_request_organisation_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_help_request_person_id')),
    sa.ForeignKeyConstraint(['tool_id'], ['tool.id'], name=op.f('fk_help_request_tool_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_request')),
    sa.UniqueConstraint('public_id', name=op.f('uq_help_request_public_id'))
    )
    with op.batch_alter_table('help_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_help_request_expert_id'), ['expert_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_help_request_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_help_request_person', ['person_id', 'asked_at'], unique=False)
        batch_op.create_index('ix_help_request_state', ['state', 'state_since'], unique=False)
        batch_op.create_index('uq_help_request_open', ['person_id', 'expert_id'], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN)

    op.create_table('help_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum(*_KINDS, name='helpstepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state', sa.Enum(*_STATES, name='helpstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('expert_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_help_step_by_id')),
    sa.ForeignKeyConstraint(['expert_id'], ['expert.id'], name=op.f('fk_help_step_expert_id')),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name=op.f('fk_help_step_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_step'))
    )
    with op.batch_alter_table('help_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_help_step_expert_id'), ['expert_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_help_step_request_id'), ['request_id'], unique=False)


def downgrade():
    with op.batch_alter_table('help_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_help_step_request_id'))
        batch_op.drop_index(batch_op.f('ix_help_step_expert_id'))

    op.drop_table('help_step')
    with op.batch_alter_table('help_request', schema=None) as batch_op:
        batch_op.drop_index('uq_help_request_open', sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.drop_index('ix_help_request_state')
        batch_op.drop_index('ix_help_request_person')
        batch_op.drop_index(batch_op.f('ix_help_request_organisation_id'))
        batch_op.drop_index(batch_op.f('ix_help_request_expert_id'))

    op.drop_table('help_request')

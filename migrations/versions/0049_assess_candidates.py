"""Assess candidates"""

import sqlalchemy as sa
from alembic import op


revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('assessor_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('assessor_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'done', 'given_back', 'taken_back', name='taskstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('remark', sa.String(), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name=op.f('ck_assessor_task_ended_when')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_assessor_task_asked_by_id')),
    sa.ForeignKeyConstraint(['assessor_id'], ['account.id'], name=op.f('fk_assessor_task_assessor_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_assessor_task_candidate_id')),
    sa.ForeignKeyConstraint(['round_id'], ['candidate_step.id'], name=op.f('fk_assessor_task_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessor_task')),
    sa.UniqueConstraint('public_id', name=op.f('uq_assessor_task_public_id'))
    )
    with op.batch_alter_table('assessor_task', schema=None) as batch_op:
        batch_op.create_index('ix_assessor_task_assessor', ['assessor_id', 'state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_assessor_task_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index('uq_assessor_task_standing', ['round_id', 'assessor_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'done')"), postgresql_where=sa.text("state IN ('asked', 'done')"))

    op.create_table('panel_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('voter_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.Enum('yes', 'no', 'abstain', name='choice', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_panel_vote_candidate_id')),
    sa.ForeignKeyConstraint(['round_id'], ['candidate_step.id'], name=op.f('fk_panel_vote_round_id')),
    sa.ForeignKeyConstraint(['voter_id'], ['account.id'], name=op.f('fk_panel_vote_voter_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_vote'))
    )
    with op.batch_alter_table('panel_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_panel_vote_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index('uq_panel_vote_holding', ['round_id', 'voter_id'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('assessor_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('task_id', sa.Integer(), nullable=False),
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('fulfilled', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['requirement_id'], ['scheme_requirement.id'], name=op.f('fk_assessor_finding_requirement_id')),
    sa.ForeignKeyConstraint(['task_id'], ['assessor_task.id'], name=op.f('fk_assessor_finding_task_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessor_finding'))
    )
    with op.batch_alter_table('assessor_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessor_finding_requirement_id'), ['requirement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assessor_finding_task_id'), ['task_id'], unique=False)
        batch_op.create_index('uq_assessor_finding_holding', ['task_id', 'requirement_id'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))



def downgrade():
    with op.batch_alter_table('assessor_finding', schema=None) as batch_op:
        batch_op.drop_index('uq_assessor_finding_holding', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_assessor_finding_task_id'))
        batch_op.drop_index(batch_op.f('ix_assessor_finding_requirement_id'))

    op.drop_table('assessor_finding')
    with op.batch_alter_table('panel_vote', schema=None) as batch_op:
        batch_op.drop_index('uq_panel_vote_holding', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_panel_vote_candidate_id'))

    op.drop_table('panel_vote')
    with op.batch_alter_table('assessor_task', schema=None) as batch_op:
        batch_op.drop_index('uq_assessor_task_standing', sqlite_where=sa.text("state IN ('asked', 'done')"), postgresql_where=sa.text("state IN ('asked', 'done')"))
        batch_op.drop_index(batch_op.f('ix_assessor_task_candidate_id'))
        batch_op.drop_index('ix_assessor_task_assessor')

    op.drop_table('assessor_task')

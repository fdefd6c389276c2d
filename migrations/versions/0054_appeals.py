"""Let candidates appeal against decisions"""

import sqlalchemy as sa
from alembic import op


revision = '0054'
down_revision = '0053'
branch_labels = None
depends_on = None

_CHECK = 'ck_candidate_step_stepreason'
_REASONS = (
    'applied', 'nominated_by_club', 'nominated_by_organisation', 'nomination_accepted', 'nomination_declined',
    'nomination_taken_back', 'admitted', 'not_admitted', 'evidence_begun', 'handed_in', 'sent_back', 'decided',
    'tries_again', 'moved_to_version', 'withdrawn_by_person', 'withdrawn_by_club', 'recognised', 'renewal_opened',
    'renewed', 'renewed_late', 'not_renewed', 'suspended', 'resumed', 'recognition_withdrawn', 'appeal_made',
    'appeal_granted', 'appeal_refused',
)


def _allow(reasons):
    listed = ', '.join(f"'{reason}'" for reason in reasons)
    with op.batch_alter_table('candidate_step') as table:
        table.drop_constraint(op.f(_CHECK), type_='check')
        table.create_check_constraint(op.f(_CHECK), sa.text(f'reason IN ({listed})'))


def upgrade():
    _allow((*_REASONS, 'appeal_withdrawn'))
    op.create_table(
        'appeal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.Uuid(), nullable=False),
        sa.Column('candidate_id', sa.Integer(), nullable=False),
        sa.Column('step_id', sa.Integer(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('wish', sa.String(), nullable=False),
        sa.Column('state', sa.Enum('open', 'granted', 'refused', 'withdrawn', name='appealstate', native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column('remedy', sa.Enum('admitted', 'new_round', 'set_aside', 'restored', name='remedy', native_enum=False, create_constraint=True, length=32), nullable=True),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'granted') = (remedy IS NOT NULL)", name=op.f('ck_appeal_granted_what')),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name=op.f('ck_appeal_closed_when')),
        sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_appeal_candidate_id')),
        sa.ForeignKeyConstraint(['step_id'], ['candidate_step.id'], name=op.f('fk_appeal_step_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
        sa.UniqueConstraint('public_id', name=op.f('uq_appeal_public_id')),
        sa.UniqueConstraint('step_id', name=op.f('uq_appeal_step_id')),
    )
    with op.batch_alter_table('appeal') as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index('ix_appeal_due', ['state', 'due_on'], unique=False)
    op.create_table(
        'appeal_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('appeal_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('made', 'extended', 'granted', 'refused', 'withdrawn', name='appealstepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('told', sa.String(), nullable=True),
        sa.ForeignKeyConstraint(['appeal_id'], ['appeal.id'], name=op.f('fk_appeal_step_appeal_id')),
        sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_appeal_step_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal_step')),
    )
    with op.batch_alter_table('appeal_step') as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_step_appeal_id'), ['appeal_id'], unique=False)
    op.create_table(
        'appeal_paper',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.Uuid(), nullable=False),
        sa.Column('appeal_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['appeal_id'], ['appeal.id'], name=op.f('fk_appeal_paper_appeal_id')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_appeal_paper_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal_paper')),
        sa.UniqueConstraint('public_id', name=op.f('uq_appeal_paper_public_id')),
    )
    with op.batch_alter_table('appeal_paper') as batch_op:
        batch_op.create_index(batch_op.f('ix_appeal_paper_appeal_id'), ['appeal_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appeal_paper_file_id'), ['file_id'], unique=False)


def downgrade():
    op.drop_table('appeal_paper')
    op.drop_table('appeal_step')
    op.drop_table('appeal')
    # The nearest reason that the rule before knew: the decision stands.
    op.execute("UPDATE candidate_step SET reason = 'appeal_refused' WHERE reason = 'appeal_withdrawn'")
    _allow(_REASONS)

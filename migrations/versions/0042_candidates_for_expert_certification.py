"""Candidates for expert certification"""

import sqlalchemy as sa
from alembic import op


revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('degree', 'training_certificate', 'employer_letter', 'project_report', 'examination_result', 'statement', 'reference', 'receipt', 'other', name='evidencekind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handed_in_by_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawal_reason', sa.String(), nullable=True),
    sa.CheckConstraint('(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)', name=op.f('ck_evidence_withdrawn_by_whom')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_evidence_file_id')),
    sa.ForeignKeyConstraint(['handed_in_by_id'], ['account.id'], name=op.f('fk_evidence_handed_in_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_evidence_person_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['account.id'], name=op.f('fk_evidence_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sa.UniqueConstraint('public_id', name=op.f('uq_evidence_public_id'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_file_id'), ['file_id'], unique=False)
        batch_op.create_index('ix_evidence_person', ['person_id', 'handed_in_at'], unique=False)

    op.create_table('candidate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('level_id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('level_key', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'refused', 'valid', 'renewal_due', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'appealed', name='candidatestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('nominated_by_id', sa.Integer(), nullable=True),
    sa.Column('nominated_for_id', sa.Integer(), nullable=True),
    sa.Column('motivation', sa.String(), nullable=True),
    sa.CheckConstraint('(nominated_by_id IS NOT NULL) OR (nominated_for_id IS NULL)', name=op.f('ck_candidate_nominated_by_whom')),
    sa.ForeignKeyConstraint(['level_id'], ['scheme_level.id'], name=op.f('fk_candidate_level_id')),
    sa.ForeignKeyConstraint(['nominated_by_id'], ['account.id'], name=op.f('fk_candidate_nominated_by_id')),
    sa.ForeignKeyConstraint(['nominated_for_id'], ['organisation.id'], name=op.f('fk_candidate_nominated_for_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_candidate_person_id')),
    sa.ForeignKeyConstraint(['scheme_id'], ['certification_scheme.id'], name=op.f('fk_candidate_scheme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate')),
    sa.UniqueConstraint('public_id', name=op.f('uq_candidate_public_id'))
    )
    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_candidate_level_id'), ['level_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_candidate_nominated_for_id'), ['nominated_for_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_candidate_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_candidate_scheme_id'), ['scheme_id'], unique=False)
        batch_op.create_index('ix_candidate_state', ['state', 'state_since'], unique=False)
        batch_op.create_index('uq_candidate_open', ['person_id', 'scheme_id', 'level_key'], unique=True, sqlite_where=sa.text("state IN ('nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'valid', 'renewal_due', 'renewed', 'suspended', 'appealed')"), postgresql_where=sa.text("state IN ('nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'valid', 'renewal_due', 'renewed', 'suspended', 'appealed')"))

    op.create_table('candidate_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('from_state', sa.Enum('nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'refused', 'valid', 'renewal_due', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'appealed', name='from_state', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('to_state', sa.Enum('nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'refused', 'valid', 'renewal_due', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'appealed', name='candidatestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('reason', sa.Enum('applied', 'nominated_by_club', 'nominated_by_organisation', 'nomination_accepted', 'nomination_declined', 'nomination_taken_back', 'admitted', 'not_admitted', 'evidence_begun', 'handed_in', 'sent_back', 'decided', 'tries_again', 'moved_to_version', 'withdrawn_by_person', 'withdrawn_by_club', 'recognised', 'renewal_opened', 'renewed', 'renewed_late', 'not_renewed', 'suspended', 'resumed', 'recognition_withdrawn', 'appeal_made', 'appeal_granted', 'appeal_refused', name='stepreason', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('level_id', sa.Integer(), nullable=False),
    sa.Column('remark', sa.String(), nullable=True),
    sa.Column('told', sa.String(), nullable=True),
    sa.Column('progress', sa.JSON(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_candidate_step_by_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_candidate_step_candidate_id')),
    sa.ForeignKeyConstraint(['level_id'], ['scheme_level.id'], name=op.f('fk_candidate_step_level_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate_step'))
    )
    with op.batch_alter_table('candidate_step', schema=None) as batch_op:
        batch_op.create_index('ix_candidate_step_candidate', ['candidate_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_candidate_step_level_id'), ['level_id'], unique=False)

    op.create_table('evidence_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('requirement_id', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=14, scale=2), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('to_day', sa.Date(), nullable=True),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'accepted', 'refused', 'withdrawn', name='usestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(), nullable=True),
    sa.CheckConstraint("(decided_at IS NULL) = (state = 'waiting')", name=op.f('ck_evidence_use_decided_when')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_evidence_use_amount_positive')),
    sa.CheckConstraint('day <= to_day', name=op.f('ck_evidence_use_day_first')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_evidence_use_candidate_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_evidence_use_decided_by_id')),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_use_evidence_id')),
    sa.ForeignKeyConstraint(['requirement_id'], ['scheme_requirement.id'], name=op.f('fk_evidence_use_requirement_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_use')),
    sa.UniqueConstraint('public_id', name=op.f('uq_evidence_use_public_id'))
    )
    with op.batch_alter_table('evidence_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_use_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_use_requirement_id'), ['requirement_id'], unique=False)
        batch_op.create_index('uq_evidence_use_standing', ['candidate_id', 'requirement_id', 'evidence_id'], unique=True, sqlite_where=sa.text("state <> 'withdrawn'"), postgresql_where=sa.text("state <> 'withdrawn'"))


def downgrade():
    op.drop_table('evidence_use')
    op.drop_table('candidate_step')
    op.drop_table('candidate')
    op.drop_table('evidence')

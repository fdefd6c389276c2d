"""Ask people after classes"""

import sqlalchemy as sa
from alembic import op


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('feedback_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('useful', sa.Integer(), nullable=False),
    sa.Column('clear', sa.Integer(), nullable=False),
    sa.Column('practical', sa.Integer(), nullable=False),
    sa.Column('recommended', sa.Integer(), nullable=False),
    sa.Column('better', sa.String(), nullable=True),
    sa.CheckConstraint('clear BETWEEN 1 AND 5', name=op.f('ck_feedback_answer_clear_rating')),
    sa.CheckConstraint('practical BETWEEN 1 AND 5', name=op.f('ck_feedback_answer_practical_rating')),
    sa.CheckConstraint('recommended BETWEEN 1 AND 5', name=op.f('ck_feedback_answer_recommended_rating')),
    sa.CheckConstraint('useful BETWEEN 1 AND 5', name=op.f('ck_feedback_answer_useful_rating')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_feedback_answer_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_answer')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('feedback_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feedback_answer_run_id'), ['run_id'], unique=False)

    op.create_table('inquiry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('feedback', 'after_30_days', 'after_90_days', name='inquirykind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_inquiry_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_inquiry_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry')),
    sa.UniqueConstraint('public_id', name=op.f('uq_inquiry_public_id')),
    sa.UniqueConstraint('run_id', 'person_id', 'kind', name=op.f('uq_inquiry_run_id_person_id_kind'))
    )
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_person_id'), ['person_id'], unique=False)

    op.create_table('follow_up',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('applied', sa.String(), nullable=False),
    sa.Column('changed', sa.String(), nullable=True),
    sa.Column('quantity', sa.String(), nullable=True),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('before', sa.Numeric(precision=15, scale=3), nullable=True),
    sa.Column('after', sa.Numeric(precision=15, scale=3), nullable=True),
    sa.Column('measured_how', sa.String(), nullable=True),
    sa.Column('may_become_case', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('case_candidate_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('case_candidate_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_candidate_by_id'], ['account.id'], name=op.f('fk_follow_up_case_candidate_by_id')),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_follow_up_inquiry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up')),
    sa.UniqueConstraint('inquiry_id', name=op.f('uq_follow_up_inquiry_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_follow_up_public_id'))
    )


def downgrade():
    op.drop_table('follow_up')
    op.drop_table('inquiry')
    op.drop_table('feedback_answer')

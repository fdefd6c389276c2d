"""Recognise candidates"""

import sqlalchemy as sa
from alembic import op


revision = '0051'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('award',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('level_id', sa.Integer(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('fulfilled_on', sa.Date(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('recognised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recognised_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_award_candidate_id')),
    sa.ForeignKeyConstraint(['level_id'], ['scheme_level.id'], name=op.f('fk_award_level_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_award_person_id')),
    sa.ForeignKeyConstraint(['recognised_by_id'], ['account.id'], name=op.f('fk_award_recognised_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award')),
    sa.UniqueConstraint('candidate_id', name=op.f('uq_award_candidate_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_award_public_id'))
    )
    with op.batch_alter_table('award', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_level_id'), ['level_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_person_id'), ['person_id'], unique=False)

    op.create_table('award_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('earned_on', sa.Date(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(position = 0) = (earned_on IS NULL)', name=op.f('ck_award_period_renewals_are_earned')),
    sa.CheckConstraint('position >= 0', name=op.f('ck_award_period_position_counts')),
    sa.CheckConstraint('valid_from <= valid_until', name=op.f('ck_award_period_first_day_first')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_period_award_id')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_award_period_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_period')),
    sa.UniqueConstraint('award_id', 'position', name=op.f('uq_award_period_award_id_position'))
    )


def downgrade():
    op.drop_table('award_period')
    with op.batch_alter_table('award', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_award_person_id'))
        batch_op.drop_index(batch_op.f('ix_award_level_id'))

    op.drop_table('award')

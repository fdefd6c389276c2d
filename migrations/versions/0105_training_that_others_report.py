"""Training that other units report, as sums without names"""

import sqlalchemy as sa
from alembic import op


revision = '0105'
down_revision = '0104'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('reported_training',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('audience', sa.Enum('state_agency', 'enterprise', 'other_organisation', 'individual', name='audiencekind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('turns', sa.Integer(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_reported_training_first_before_last')),
    sa.CheckConstraint('turns BETWEEN 0 AND 1000000', name=op.f('ck_reported_training_turns_sensible')),
    sa.CheckConstraint('hours BETWEEN 0 AND 100000000', name=op.f('ck_reported_training_hours_sensible')),
    sa.CheckConstraint('turns > 0 OR number > 1', name=op.f('ck_reported_training_only_corrected_to_none')),
    sa.CheckConstraint('(number = 1) = (reason IS NULL)', name=op.f('ck_reported_training_corrected_with_reason')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_reported_training_number_counts')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f('fk_reported_training_entered_by_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_reported_training_topic_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reported_training_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reported_training')),
    sa.UniqueConstraint('public_id', 'number', name=op.f('uq_reported_training_public_id_number'))
    )
    op.create_index(op.f('ix_reported_training_last_day'), 'reported_training', ['last_day'])


def downgrade():
    op.drop_table('reported_training')

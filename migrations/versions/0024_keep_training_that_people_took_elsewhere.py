"""Keep training that people took elsewhere"""

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('outside_training',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('provider', sa.String(), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=False),
    sa.Column('to_day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('evidence_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'returned', 'accepted', 'refused', 'withdrawn', name='outsidestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('from_day <= to_day', name=op.f('ck_outside_training_from_before_to')),
    sa.CheckConstraint('minutes > 0', name=op.f('ck_outside_training_minutes_positive')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_outside_training_version_positive')),
    sa.ForeignKeyConstraint(['evidence_id'], ['stored_file.id'], name=op.f('fk_outside_training_evidence_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_outside_training_person_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_outside_training_topic_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_training')),
    sa.UniqueConstraint('public_id', name=op.f('uq_outside_training_public_id'))
    )
    with op.batch_alter_table('outside_training', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_training_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index('ix_outside_training_person', ['person_id', 'to_day'], unique=False)
        batch_op.create_index('ix_outside_training_state', ['state', 'changed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outside_training_topic_id'), ['topic_id'], unique=False)

    op.create_table('outside_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('training_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'returned', 'accepted', 'refused', 'withdrawn', name='outsidestate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=True),
    sa.Column('evidence_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_outside_step_by_id')),
    sa.ForeignKeyConstraint(['evidence_id'], ['stored_file.id'], name=op.f('fk_outside_step_evidence_id')),
    sa.ForeignKeyConstraint(['training_id'], ['outside_training.id'], name=op.f('fk_outside_step_training_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_step'))
    )
    with op.batch_alter_table('outside_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outside_step_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outside_step_training_id'), ['training_id'], unique=False)



def downgrade():
    with op.batch_alter_table('outside_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_step_training_id'))
        batch_op.drop_index(batch_op.f('ix_outside_step_evidence_id'))

    op.drop_table('outside_step')
    with op.batch_alter_table('outside_training', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outside_training_topic_id'))
        batch_op.drop_index('ix_outside_training_state')
        batch_op.drop_index('ix_outside_training_person')
        batch_op.drop_index(batch_op.f('ix_outside_training_evidence_id'))

    op.drop_table('outside_training')

"""Write down results of people"""

import sqlalchemy as sa
from alembic import op


revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

CURRENT = sa.text('superseded_at IS NULL')


def upgrade():
    op.create_table('person_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pre_test', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('post_test', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('assignment', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('remark', sa.String(), nullable=True),
    sa.Column('confirmed', sa.Boolean(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('assignment >= 0', name=op.f('ck_person_result_assignment_not_negative')),
    sa.CheckConstraint('post_test >= 0', name=op.f('ck_person_result_post_test_not_negative')),
    sa.CheckConstraint('pre_test >= 0', name=op.f('ck_person_result_pre_test_not_negative')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f('fk_person_result_entered_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_result_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_person_result_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_result'))
    )
    with op.batch_alter_table('person_result', schema=None) as batch_op:
        batch_op.create_index('ix_person_result_person', ['person_id', 'run_id'], unique=False)
        batch_op.create_index('ix_person_result_run', ['run_id', 'id'], unique=False)
        batch_op.create_index('uq_person_result_current', ['run_id', 'person_id'], unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)

    op.create_table('run_scale',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('pre_test', sa.Numeric(precision=7, scale=2), nullable=False),
    sa.Column('post_test', sa.Numeric(precision=7, scale=2), nullable=False),
    sa.Column('assignment', sa.Numeric(precision=7, scale=2), nullable=True),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('stated_by_id', sa.Integer(), nullable=True),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('assignment IS NULL OR assignment > 0', name=op.f('ck_run_scale_assignment_positive')),
    sa.CheckConstraint('pre_test > 0 AND post_test > 0', name=op.f('ck_run_scale_tests_positive')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_scale_run_id')),
    sa.ForeignKeyConstraint(['stated_by_id'], ['account.id'], name=op.f('fk_run_scale_stated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run_scale'))
    )
    with op.batch_alter_table('run_scale', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_run_scale_run_id'), ['run_id'], unique=False)
        batch_op.create_index('uq_run_scale_current', ['run_id'], unique=True, sqlite_where=CURRENT, postgresql_where=CURRENT)



def downgrade():
    op.drop_table('run_scale')
    op.drop_table('person_result')

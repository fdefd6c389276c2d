"""Compose summaries and reviews from departments' reports"""

import sqlalchemy as sa
from alembic import op


revision = '0104'
down_revision = '0103'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('report_summary',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('summary', 'interim', 'final', name='summarykind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('cut', sa.Enum('calendar', 'report', name='cut', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('period_name', sa.String(), nullable=False),
    sa.Column('document_number', sa.String(), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint("(kind = 'summary') = (request_id IS NOT NULL)", name=op.f('ck_report_summary_of_one_request')),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_report_summary_first_before_last')),
    sa.CheckConstraint('revision >= 1', name=op.f('ck_report_summary_revision_counts')),
    sa.ForeignKeyConstraint(['request_id'], ['report_request.id'], name=op.f('fk_report_summary_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_summary')),
    sa.UniqueConstraint('public_id', name=op.f('uq_report_summary_public_id'))
    )
    with op.batch_alter_table('report_summary', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_summary_request_id'), ['request_id'], unique=False)

    op.create_table('report_summary_source',
    sa.Column('summary_id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('report_revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['department_report.id'], name=op.f('fk_report_summary_source_report_id')),
    sa.ForeignKeyConstraint(['summary_id'], ['report_summary.id'], name=op.f('fk_report_summary_source_summary_id')),
    sa.PrimaryKeyConstraint('summary_id', 'report_id', name=op.f('pk_report_summary_source'))
    )
    with op.batch_alter_table('report_summary_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_summary_source_report_id'), ['report_id'], unique=False)

    op.create_table('report_summary_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('summary_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('composed', 'edited', name='summarystepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_report_summary_step_by_id')),
    sa.ForeignKeyConstraint(['summary_id'], ['report_summary.id'], name=op.f('fk_report_summary_step_summary_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_summary_step'))
    )
    with op.batch_alter_table('report_summary_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_summary_step_summary_id'), ['summary_id'], unique=False)


def downgrade():
    with op.batch_alter_table('report_summary_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_summary_step_summary_id'))

    op.drop_table('report_summary_step')
    with op.batch_alter_table('report_summary_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_summary_source_report_id'))

    op.drop_table('report_summary_source')
    with op.batch_alter_table('report_summary', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_summary_request_id'))

    op.drop_table('report_summary')

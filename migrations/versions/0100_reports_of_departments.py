"""Ask departments for reports, and keep what they report"""

import sqlalchemy as sa
from alembic import op


revision = '0100'
down_revision = '0099'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('report_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('periodic', 'ad_hoc', name='requestkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('cut', sa.Enum('calendar', 'report', name='cut', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('period_name', sa.String(), nullable=False),
    sa.Column('form_version', sa.Integer(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('remind_before', sa.Integer(), nullable=False),
    sa.Column('remind_every', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_report_request_first_before_last')),
    sa.CheckConstraint('form_version >= 1', name=op.f('ck_report_request_form_counts')),
    sa.CheckConstraint('remind_before >= 0', name=op.f('ck_report_request_reminds_before')),
    sa.CheckConstraint('remind_every >= 1', name=op.f('ck_report_request_reminds_every')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_report_request_asked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_request')),
    sa.UniqueConstraint('public_id', name=op.f('uq_report_request_public_id'))
    )
    with op.batch_alter_table('report_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_request_due_on'), ['due_on'], unique=False)

    op.create_table('unit_reporter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('assigned_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_unit_reporter_account_id')),
    sa.ForeignKeyConstraint(['assigned_by_id'], ['account.id'], name=op.f('fk_unit_reporter_assigned_by_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_unit_reporter_ended_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_reporter_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_reporter'))
    )
    with op.batch_alter_table('unit_reporter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_reporter_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_reporter_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index('uq_unit_reporter_open', ['unit_id', 'account_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('department_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('asked_unit_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('asked', 'in_work', 'submitted', 'returned', 'accepted', 'closed', name='reportstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('on_paper', sa.Boolean(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.CheckConstraint('revision >= 1', name=op.f('ck_department_report_revision_counts')),
    sa.ForeignKeyConstraint(['asked_unit_id'], ['unit.id'], name=op.f('fk_department_report_asked_unit_id')),
    sa.ForeignKeyConstraint(['request_id'], ['report_request.id'], name=op.f('fk_department_report_request_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_department_report_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department_report')),
    sa.UniqueConstraint('public_id', name=op.f('uq_department_report_public_id')),
    sa.UniqueConstraint('request_id', 'asked_unit_id', name=op.f('uq_department_report_request_id_asked_unit_id'))
    )
    with op.batch_alter_table('department_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_department_report_asked_unit_id'), ['asked_unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_department_report_unit_id'), ['unit_id'], unique=False)

    op.create_table('department_report_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_department_report_file_added_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_department_report_file_file_id')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['account.id'], name=op.f('fk_department_report_file_removed_by_id')),
    sa.ForeignKeyConstraint(['report_id'], ['department_report.id'], name=op.f('fk_department_report_file_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department_report_file')),
    sa.UniqueConstraint('public_id', name=op.f('uq_department_report_file_public_id'))
    )
    with op.batch_alter_table('department_report_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_department_report_file_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_department_report_file_report_id'), ['report_id'], unique=False)

    op.create_table('department_report_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('asked', 'saved', 'submitted', 'returned', 'accepted', 'passed_on', 'closed', name='stepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('written', sa.JSON(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_department_report_step_by_id')),
    sa.ForeignKeyConstraint(['report_id'], ['department_report.id'], name=op.f('fk_department_report_step_report_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_department_report_step_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_department_report_step'))
    )
    with op.batch_alter_table('department_report_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_department_report_step_report_id'), ['report_id'], unique=False)



def downgrade():
    with op.batch_alter_table('department_report_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_department_report_step_report_id'))

    op.drop_table('department_report_step')
    with op.batch_alter_table('department_report_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_department_report_file_report_id'))
        batch_op.drop_index(batch_op.f('ix_department_report_file_file_id'))

    op.drop_table('department_report_file')
    with op.batch_alter_table('department_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_department_report_unit_id'))
        batch_op.drop_index(batch_op.f('ix_department_report_asked_unit_id'))

    op.drop_table('department_report')
    with op.batch_alter_table('unit_reporter', schema=None) as batch_op:
        batch_op.drop_index('uq_unit_reporter_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_unit_reporter_unit_id'))
        batch_op.drop_index(batch_op.f('ix_unit_reporter_account_id'))

    op.drop_table('unit_reporter')
    with op.batch_alter_table('report_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_request_due_on'))

    op.drop_table('report_request')

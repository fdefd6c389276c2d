"""Reports that are frozen"""

import sqlalchemy as sa
from alembic import op

from club.statistics.reports.guarding import guard, unguard


revision = '0088'
down_revision = '0087'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Enum('month', 'quarter', 'half_year', 'nine_months', 'year', 'days', name='reportkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('cut', sa.Enum('calendar', 'report', name='cut', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('period_name', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(kind = 'days') = (period_name = '')", name=op.f('ck_report_named_unless_days')),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_report_first_before_last')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_report_created_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_report_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('public_id', name=op.f('uq_report_public_id'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_first_day'), ['first_day'], unique=False)

    op.create_table('report_letterhead',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('superior', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=False),
    sa.Column('symbol', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('signs_for', sa.String(), nullable=False),
    sa.Column('signer_title', sa.String(), nullable=False),
    sa.Column('signer_name', sa.String(), nullable=False),
    sa.Column('recipients', sa.String(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['account.id'], name=op.f('fk_report_letterhead_changed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_letterhead'))
    )
    op.create_table('report_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'checked', 'frozen', 'discarded', name='versionstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('correction_reason', sa.String(), nullable=True),
    sa.Column('document_number', sa.String(), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(number = 1) = (correction_reason IS NULL)', name=op.f('ck_report_version_corrected_with_reason')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_report_version_number_counts')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_version_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_version')),
    sa.UniqueConstraint('report_id', 'number', name=op.f('uq_report_version_report_id_number'))
    )
    with op.batch_alter_table('report_version', schema=None) as batch_op:
        batch_op.create_index('uq_report_version_open', ['report_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'checked')"), postgresql_where=sa.text("state IN ('draft', 'checked')"))

    op.create_table('frozen_report',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('definitions', sa.String(), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('frozen_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['frozen_by_id'], ['account.id'], name=op.f('fk_frozen_report_frozen_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['report_version.id'], name=op.f('fk_frozen_report_version_id')),
    sa.PrimaryKeyConstraint('version_id', name=op.f('pk_frozen_report'))
    )
    op.create_table('report_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('drafted', 'edited', 'checked', 'returned', 'frozen', 'discarded', name='stepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('seen', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_report_step_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['report_version.id'], name=op.f('fk_report_step_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_step'))
    )
    with op.batch_alter_table('report_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_step_version_id'), ['version_id'], unique=False)
    guard(op.get_bind())


def downgrade():
    unguard(op.get_bind())
    with op.batch_alter_table('report_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_step_version_id'))

    op.drop_table('report_step')
    op.drop_table('frozen_report')
    with op.batch_alter_table('report_version', schema=None) as batch_op:
        batch_op.drop_index('uq_report_version_open', sqlite_where=sa.text("state IN ('draft', 'checked')"), postgresql_where=sa.text("state IN ('draft', 'checked')"))

    op.drop_table('report_version')
    op.drop_table('report_letterhead')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_first_day'))

    op.drop_table('report')

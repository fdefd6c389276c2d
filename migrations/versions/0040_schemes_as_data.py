"""Keep what schemes ask for as data"""

import sqlalchemy as sa
from alembic import op

from club.certification.schemes.freezing import freeze, thaw


revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('scheme_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('draft', 'published', 'closed', name='versionstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('note_en', sa.String(), nullable=True),
    sa.Column('source', sa.String(), nullable=True),
    sa.Column('proposed_by_club', sa.Boolean(), nullable=False),
    sa.Column('validity_months', sa.Integer(), nullable=True),
    sa.Column('without_end', sa.Boolean(), nullable=False),
    sa.Column('validity_from', sa.Enum('decided', 'issued', 'fulfilled', name='validfrom', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('renewed_from', sa.Enum('old_end', 'threshold', name='renewedfrom', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('grace_months', sa.Integer(), nullable=True),
    sa.Column('renewal_window_months', sa.Integer(), nullable=True),
    sa.Column('deciding', sa.Enum('one', 'panel', 'body', name='deciding', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('panel_quorum', sa.Integer(), nullable=True),
    sa.Column('panel_majority', sa.Enum('more_than_half', 'two_thirds', 'all', name='majority', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('appeal_days', sa.Integer(), nullable=True),
    sa.Column('answer_days', sa.Integer(), nullable=True),
    sa.Column('reminder_days', sa.JSON(), nullable=False),
    sa.Column('suspended_shown', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_shown', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('copied_from_id', sa.Integer(), nullable=True),
    sa.Column('content_hash', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(deciding = 'panel') = (panel_quorum IS NOT NULL) AND (deciding = 'panel') = (panel_majority IS NOT NULL)", name=op.f('ck_scheme_version_panel_whole')),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_scheme_version_closed_when')),
    sa.CheckConstraint("state = 'draft' OR (published_at IS NOT NULL AND valid_from IS NOT NULL)", name=op.f('ck_scheme_version_published_when')),
    sa.CheckConstraint('NOT (without_end AND validity_months IS NOT NULL)', name=op.f('ck_scheme_version_one_validity')),
    sa.CheckConstraint('appeal_days >= 1 AND answer_days >= 1', name=op.f('ck_scheme_version_days_count')),
    sa.CheckConstraint('grace_months >= 0', name=op.f('ck_scheme_version_grace_counts')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_scheme_version_number_counts')),
    sa.CheckConstraint('panel_quorum >= 1', name=op.f('ck_scheme_version_quorum_counts')),
    sa.CheckConstraint('renewal_window_months >= 1', name=op.f('ck_scheme_version_renewal_window_counts')),
    sa.CheckConstraint('validity_months >= 1', name=op.f('ck_scheme_version_validity_counts')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['account.id'], name=op.f('fk_scheme_version_changed_by_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['account.id'], name=op.f('fk_scheme_version_closed_by_id')),
    sa.ForeignKeyConstraint(['copied_from_id'], ['scheme_version.id'], name=op.f('fk_scheme_version_copied_from_id')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_scheme_version_created_by_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['account.id'], name=op.f('fk_scheme_version_published_by_id')),
    sa.ForeignKeyConstraint(['scheme_id'], ['certification_scheme.id'], name=op.f('fk_scheme_version_scheme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_version')),
    sa.UniqueConstraint('scheme_id', 'number', name=op.f('uq_scheme_version_scheme_id_number'))
    )
    op.create_table('scheme_level',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['scheme_version.id'], name=op.f('fk_scheme_level_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_level')),
    sa.UniqueConstraint('version_id', 'key', name=op.f('uq_scheme_level_version_id_key'))
    )
    op.create_table('scheme_requirement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('level_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('education', 'training', 'work_experience', 'project', 'examination', 'interview', 'ethics', 'references', 'fee', 'other', name='requirementkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('purpose', sa.Enum('first', 'renewal', name='purpose', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=True),
    sa.Column('group_key', sa.String(), nullable=True),
    sa.Column('together_key', sa.String(), nullable=True),
    sa.Column('minimum', sa.Numeric(precision=14, scale=2), nullable=True),
    sa.Column('unit', sa.Enum('hours', 'months', 'projects', 'percent', 'points', 'references', 'dong', 'pieces', 'done', name='unit', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('evidence_wanted', sa.String(), nullable=True),
    sa.Column('evidence_wanted_en', sa.String(), nullable=True),
    sa.Column('judged_by', sa.Enum('records', 'coordinator', 'assessor', name='judge', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('valid_months', sa.Integer(), nullable=True),
    sa.Column('proposed_by_club', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('note_en', sa.String(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint('together_key IS NULL OR group_key IS NOT NULL', name=op.f('ck_scheme_requirement_together_in_a_group')),
    sa.CheckConstraint('minimum > 0', name=op.f('ck_scheme_requirement_minimum_counts')),
    sa.CheckConstraint('valid_months >= 1', name=op.f('ck_scheme_requirement_valid_months_count')),
    sa.ForeignKeyConstraint(['level_id'], ['scheme_level.id'], name=op.f('fk_scheme_requirement_level_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_requirement')),
    sa.UniqueConstraint('level_id', 'key', name=op.f('uq_scheme_requirement_level_id_key'))
    )
    with op.batch_alter_table('certification_scheme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('awarded_by_club', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True))
    freeze(op.get_bind())


def downgrade():
    thaw(op.get_bind())
    with op.batch_alter_table('certification_scheme', schema=None) as batch_op:
        batch_op.drop_column('edited_at')
        batch_op.drop_column('awarded_by_club')

    op.drop_table('scheme_requirement')
    op.drop_table('scheme_level')
    op.drop_table('scheme_version')
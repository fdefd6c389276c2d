"""Certificates of recognitions"""

import sqlalchemy as sa
from alembic import op


revision = '0061'
down_revision = '0060'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('award_certificate',
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.Enum('first', 'renewed', 'corrected', name='occasion', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('scheme_name', sa.String(), nullable=False),
    sa.Column('scheme_name_en', sa.String(), nullable=False),
    sa.Column('version_label', sa.String(), nullable=False),
    sa.Column('level_name', sa.String(), nullable=False),
    sa.Column('level_name_en', sa.String(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('assessed', sa.JSON(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('holder_name', sa.String(), nullable=False),
    sa.Column('issuer_name', sa.String(), nullable=False),
    sa.Column('issuer_name_en', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('design_id', sa.Integer(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('signing_key_id', sa.Integer(), nullable=True),
    sa.Column('failed_prints', sa.Integer(), nullable=False),
    sa.Column('next_print_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(occasion = 'first') = (replaces_id IS NULL)", name=op.f('ck_award_certificate_replaces_another')),
    sa.CheckConstraint('valid_from <= expires_on', name=op.f('ck_award_certificate_first_day_first')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_certificate_award_id')),
    sa.ForeignKeyConstraint(['design_id'], ['certificate_design.id'], name=op.f('fk_award_certificate_design_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_award_certificate_file_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['account.id'], name=op.f('fk_award_certificate_issued_by_id')),
    sa.ForeignKeyConstraint(['period_id'], ['award_period.id'], name=op.f('fk_award_certificate_period_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_award_certificate_person_id')),
    sa.ForeignKeyConstraint(['replaces_id'], ['award_certificate.id'], name=op.f('fk_award_certificate_replaces_id')),
    sa.ForeignKeyConstraint(['signing_key_id'], ['signing_key.id'], name=op.f('fk_award_certificate_signing_key_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_award_certificate_code')),
    sa.UniqueConstraint('file_id', name=op.f('uq_award_certificate_file_id')),
    sa.UniqueConstraint('number', name=op.f('uq_award_certificate_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_award_certificate_public_id')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_award_certificate_replaces_id'))
    )
    with op.batch_alter_table('award_certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_certificate_award_id'), ['award_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_certificate_period_id'), ['period_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_award_certificate_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_award_certificate_first', ['award_id'], unique=True, sqlite_where=sa.text("occasion = 'first'"), postgresql_where=sa.text("occasion = 'first'"))



def downgrade():
    with op.batch_alter_table('award_certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_award_certificate_first', sqlite_where=sa.text("occasion = 'first'"), postgresql_where=sa.text("occasion = 'first'"))
        batch_op.drop_index(batch_op.f('ix_award_certificate_person_id'))
        batch_op.drop_index(batch_op.f('ix_award_certificate_period_id'))
        batch_op.drop_index(batch_op.f('ix_award_certificate_award_id'))

    op.drop_table('award_certificate')

"""Let coordinators word and draw certificates, in versions"""

import sqlalchemy as sa
from alembic import op


revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('certificate_design',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('language', sa.Enum('both', 'vietnamese', name='designlanguage', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=True),
    sa.Column('opening', sa.String(), nullable=False),
    sa.Column('opening_en', sa.String(), nullable=True),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.Column('sentence_en', sa.String(), nullable=True),
    sa.Column('signer_name', sa.String(), nullable=True),
    sa.Column('signer_title', sa.String(), nullable=True),
    sa.Column('signer_title_en', sa.String(), nullable=True),
    sa.Column('logo_id', sa.Integer(), nullable=True),
    sa.Column('signature_id', sa.Integer(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['kept_by_id'], ['account.id'], name=op.f('fk_certificate_design_kept_by_id')),
    sa.ForeignKeyConstraint(['logo_id'], ['stored_file.id'], name=op.f('fk_certificate_design_logo_id')),
    sa.ForeignKeyConstraint(['signature_id'], ['stored_file.id'], name=op.f('fk_certificate_design_signature_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design')),
    sa.UniqueConstraint('version', name=op.f('uq_certificate_design_version'))
    )
    with op.batch_alter_table('completion_certificate') as table:
        table.add_column(sa.Column('design_id', sa.Integer(), nullable=True))
        table.create_foreign_key(op.f('fk_completion_certificate_design_id'), 'certificate_design', ['design_id'], ['id'])


def downgrade():
    with op.batch_alter_table('completion_certificate') as table:
        table.drop_constraint(op.f('fk_completion_certificate_design_id'), type_='foreignkey')
        table.drop_column('design_id')
    op.drop_table('certificate_design')

"""Documents of the plan"""

import sqlalchemy as sa
from alembic import op


revision = '0065'
down_revision = '0064'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('decision', 'directive', 'resolution', 'conclusion', 'plan', 'official_letter', 'standard', name='documentkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('dated', sa.Date(), nullable=True),
    sa.Column('issuer', sa.String(), nullable=True),
    sa.Column('issuer_en', sa.String(), nullable=True),
    sa.Column('signer', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('title_en', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('about_en', sa.String(), nullable=False),
    sa.Column('until_year', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('unknown', 'in_force', 'no_longer', name='statedstatus', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('status_source', sa.String(), nullable=True),
    sa.Column('sources', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('note_en', sa.String(), nullable=True),
    sa.Column('content_hash', sa.String(), nullable=False),
    sa.Column('modified_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(status = 'unknown') = (status_source IS NULL)", name=op.f('ck_document_status_has_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('slug', name=op.f('uq_document_slug'))
    )
    op.create_table('document_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('line', sa.String(), nullable=False),
    sa.Column('heading', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('english', sa.String(), nullable=True),
    sa.Column('leads_to', sa.JSON(), nullable=False),
    sa.Column('followed', sa.Boolean(), nullable=False),
    sa.CheckConstraint('heading BETWEEN 0 AND 3', name=op.f('ck_document_line_heading_known')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_line_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document_line')),
    sa.UniqueConstraint('document_id', 'line', name=op.f('uq_document_line_document_id_line')),
    sa.UniqueConstraint('document_id', 'position', name=op.f('uq_document_line_document_id_position'))
    )
    op.create_table('document_relation',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('replaces', 'based_on', 'follows', name='relationkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('document_id <> other_id', name=op.f('ck_document_relation_between_two')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_relation_document_id')),
    sa.ForeignKeyConstraint(['other_id'], ['document.id'], name=op.f('fk_document_relation_other_id')),
    sa.PrimaryKeyConstraint('document_id', 'kind', 'other_id', name=op.f('pk_document_relation'))
    )
    op.create_index(op.f('ix_document_relation_other_id'), 'document_relation', ['other_id'])


def downgrade():
    op.drop_table('document_relation')
    op.drop_table('document_line')
    op.drop_table('document')

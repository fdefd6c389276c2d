"""Pictures in texts of the library"""

import sqlalchemy as sa
from alembic import op


revision = '0080'
down_revision = '0079'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'picture',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('height', sa.Integer(), nullable=False),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('width > 0 AND height > 0', name=op.f('ck_picture_has_sides')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_picture')),
        sa.UniqueConstraint('code', name=op.f('uq_picture_code')),
    )
    op.create_table(
        'picture_version',
        sa.Column('picture_id', sa.Integer(), nullable=False),
        sa.Column('width', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_picture_version_file_id')),
        sa.ForeignKeyConstraint(['picture_id'], ['picture.id'], name=op.f('fk_picture_version_picture_id')),
        sa.PrimaryKeyConstraint('picture_id', 'width', name=op.f('pk_picture_version')),
        sa.UniqueConstraint('file_id', name=op.f('uq_picture_version_file_id')),
    )
    op.create_table(
        'draft_picture',
        sa.Column('draft_id', sa.Integer(), nullable=False),
        sa.Column('picture_id', sa.Integer(), nullable=False),
        sa.Column('alt', sa.String(), nullable=True),
        sa.Column('caption', sa.String(), nullable=True),
        sa.Column('credit', sa.String(), nullable=True),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['draft_id'], ['article_draft.id'], name=op.f('fk_draft_picture_draft_id')),
        sa.ForeignKeyConstraint(['picture_id'], ['picture.id'], name=op.f('fk_draft_picture_picture_id')),
        sa.PrimaryKeyConstraint('draft_id', 'picture_id', name=op.f('pk_draft_picture')),
    )
    op.create_index(op.f('ix_draft_picture_picture_id'), 'draft_picture', ['picture_id'])
    op.create_table(
        'revision_picture',
        sa.Column('revision_id', sa.Integer(), nullable=False),
        sa.Column('picture_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['picture_id'], ['picture.id'], name=op.f('fk_revision_picture_picture_id')),
        sa.ForeignKeyConstraint(['revision_id'], ['article_revision.id'], name=op.f('fk_revision_picture_revision_id')),
        sa.PrimaryKeyConstraint('revision_id', 'picture_id', name=op.f('pk_revision_picture')),
    )
    op.create_index(op.f('ix_revision_picture_picture_id'), 'revision_picture', ['picture_id'])


def downgrade():
    op.drop_table('revision_picture')
    op.drop_table('draft_picture')
    op.drop_table('picture_version')
    op.drop_table('picture')

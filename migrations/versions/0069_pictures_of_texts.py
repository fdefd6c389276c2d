"""Pictures of texts"""

import sqlalchemy as sa
from alembic import op


revision = '0069'
down_revision = '0068'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('article_picture',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_picture_article_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_article_picture_file_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_article_picture')),
    sa.UniqueConstraint('file_id', name=op.f('uq_article_picture_file_id'))
    )


def downgrade():
    op.drop_table('article_picture')

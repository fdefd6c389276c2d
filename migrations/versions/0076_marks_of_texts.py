"""Marks of texts"""

import sqlalchemy as sa
from alembic import op


revision = '0076'
down_revision = '0075'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('article_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('kept', 'helped', name='markkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_mark_article_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_article_mark_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_mark'))
    )
    with op.batch_alter_table('article_mark', schema=None) as batch_op:
        batch_op.create_index('ix_article_mark_article', ['article_id', 'kind'], unique=False)
        batch_op.create_index('uq_article_mark', ['person_id', 'article_id', 'kind'], unique=True)


def downgrade():
    with op.batch_alter_table('article_mark', schema=None) as batch_op:
        batch_op.drop_index('uq_article_mark')
        batch_op.drop_index('ix_article_mark_article')

    op.drop_table('article_mark')

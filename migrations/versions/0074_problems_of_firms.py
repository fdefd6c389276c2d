"""What goes wrong in firms, and which texts speak of it"""

import sqlalchemy as sa
from alembic import op


revision = '0074'
down_revision = '0073'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('about', sa.JSON(), nullable=False),
    sa.Column('tools', sa.JSON(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_problem')),
    sa.UniqueConstraint('key', name=op.f('uq_problem_key'))
    )
    op.create_table('article_problem',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('problem_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_problem_article_id')),
    sa.ForeignKeyConstraint(['problem_id'], ['problem.id'], name=op.f('fk_article_problem_problem_id')),
    sa.PrimaryKeyConstraint('article_id', 'problem_id', name=op.f('pk_article_problem'))
    )
    with op.batch_alter_table('article_problem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_problem_problem_id'), ['problem_id'], unique=False)


def downgrade():
    with op.batch_alter_table('article_problem', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_article_problem_problem_id'))
    op.drop_table('article_problem')
    op.drop_table('problem')

"""Drafts of texts, with remarks and steps"""

import sqlalchemy as sa
from alembic import op


revision = '0075'
down_revision = '0074'
branch_labels = None
depends_on = None

_STATES = ('draft', 'in_review', 'returned', 'published', 'due', 'retired', 'discarded')
_IS_OPEN = sa.text("state IN ('draft', 'in_review', 'returned') AND source = 'web'")


def _state():
    return sa.Enum(*_STATES, name='textstate', native_enum=False, create_constraint=True, length=32)


def _account(table, column):
    return sa.ForeignKeyConstraint([column], ['account.id'], name=op.f(f'fk_{table}_{column}'))


def _draft(table):
    return sa.ForeignKeyConstraint(['draft_id'], ['article_draft.id'], name=op.f(f'fk_{table}_draft_id'))


def _index(table, *columns):
    with op.batch_alter_table(table) as batch:
        for column in columns:
            batch.create_index(op.f(f'ix_{table}_{column}'), [column])


def upgrade():
    with op.batch_alter_table('article') as batch:
        batch.add_column(sa.Column('reminded_of', sa.Date(), nullable=True))
    op.create_table('article_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('base_number', sa.Integer(), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('source', sa.Enum('file', 'web', name='source', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state', _state(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('modified_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('modified_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('version >= 1', name=op.f('ck_article_draft_version_counts')),
    sa.CheckConstraint("state IN ('draft', 'in_review', 'returned', 'published', 'discarded')", name=op.f('ck_article_draft_state_of_a_draft')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_draft_article_id')),
    _account('article_draft', 'author_id'),
    _account('article_draft', 'modified_by_id'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_draft')),
    sa.UniqueConstraint('public_id', name=op.f('uq_article_draft_public_id'))
    )
    _index('article_draft', 'article_id', 'author_id', 'modified_by_id')
    with op.batch_alter_table('article_draft') as batch:
        batch.create_index('uq_article_draft_open', ['article_id'], unique=True, sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN)
    op.create_table('article_draft_hand',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    _account('article_draft_hand', 'account_id'),
    _draft('article_draft_hand'),
    sa.PrimaryKeyConstraint('draft_id', 'account_id', name=op.f('pk_article_draft_hand'))
    )
    _index('article_draft_hand', 'account_id')
    op.create_table('article_draft_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    _account('article_draft_copy', 'by_id'),
    _draft('article_draft_copy'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_draft_copy')),
    sa.UniqueConstraint('draft_id', 'version', name=op.f('uq_article_draft_copy_draft_id_version'))
    )
    _index('article_draft_copy', 'by_id')
    op.create_table('article_draft_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('to_state', _state(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    _account('article_draft_step', 'by_id'),
    _draft('article_draft_step'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_draft_step'))
    )
    _index('article_draft_step', 'draft_id', 'by_id')
    op.create_table('article_draft_comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('answers_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(settled_at IS NULL) = (settled_by_id IS NULL)', name=op.f('ck_article_draft_comment_settled_by_somebody')),
    _account('article_draft_comment', 'by_id'),
    _account('article_draft_comment', 'settled_by_id'),
    _draft('article_draft_comment'),
    sa.ForeignKeyConstraint(['answers_id'], ['article_draft_comment.id'], name=op.f('fk_article_draft_comment_answers_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_draft_comment'))
    )
    _index('article_draft_comment', 'draft_id', 'answers_id', 'by_id', 'settled_by_id')


def downgrade():
    for table in ('article_draft_comment', 'article_draft_step', 'article_draft_copy', 'article_draft_hand', 'article_draft'):
        op.drop_table(table)
    with op.batch_alter_table('article') as batch:
        batch.drop_column('reminded_of')

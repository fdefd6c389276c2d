"""Questions of members"""

import sqlalchemy as sa
from alembic import op

from club.search.schema import create_index, drop_index


revision = '0078'
down_revision = '0077'
branch_labels = None
depends_on = None

#: Kind and language as one number: two for each kind.
_ARTICLE, _QUESTION = 6, 12
_FOUND = ('course', 'case', 'tool', 'article', 'expert', 'document')
_STATE = sa.Enum('asked', 'answered', 'published', 'closed', name='questionstate', native_enum=False, create_constraint=True, length=32)
_KIND = sa.Enum('asked', 'handed', 'answered', 'sent_back', 'revised', 'published', 'closed', 'taken_down', 'withdrawn', name='questionstepkind', native_enum=False, create_constraint=True, length=32)


def _let_find(kinds):
    listed = ', '.join(f"'{kind}'" for kind in kinds)
    name = op.f('ck_search_document_foundkind')
    # SQLite rebuilds the table, and the triggers that fill the index go with the old one.
    drop_index(op.get_bind())
    with op.batch_alter_table('search_document') as table:
        table.drop_constraint(name, type_='check')
        table.create_check_constraint(name, sa.text(f'kind IN ({listed})'))
    create_index(op.get_bind())


def upgrade():
    op.create_table('member_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('slug', sa.String(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('topic_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('original_title', sa.String(), nullable=False),
    sa.Column('original_words', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('words', sa.String(), nullable=True),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('drafter_id', sa.Integer(), nullable=True),
    sa.Column('state', _STATE, nullable=False),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('modified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('version >= 1', name=op.f('ck_member_question_version_counts')),
    sa.CheckConstraint("person_id IS NOT NULL OR state IN ('published', 'closed')", name=op.f('ck_member_question_somebody_waits')),
    sa.CheckConstraint("state <> 'published' OR (slug IS NOT NULL AND answer IS NOT NULL AND published_at IS NOT NULL)", name=op.f('ck_member_question_published_is_whole')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_member_question_article_id')),
    sa.ForeignKeyConstraint(['drafter_id'], ['account.id'], name=op.f('fk_member_question_drafter_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_member_question_person_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_member_question_topic_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member_question')),
    sa.UniqueConstraint('public_id', name=op.f('uq_member_question_public_id')),
    sa.UniqueConstraint('slug', name=op.f('uq_member_question_slug'))
    )
    with op.batch_alter_table('member_question') as table:
        table.create_index(op.f('ix_member_question_article_id'), ['article_id'])
        table.create_index(op.f('ix_member_question_drafter_id'), ['drafter_id'])
        table.create_index('ix_member_question_state', ['state', 'state_since'])
        table.create_index('ix_member_question_person', ['person_id', 'asked_at'])
        table.create_index('ix_member_question_published', ['topic_id', 'published_at'])

    op.create_table('member_question_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('kind', _KIND, nullable=False),
    sa.Column('state', _STATE, nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=True),
    sa.Column('drafter_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_member_question_step_by_id')),
    sa.ForeignKeyConstraint(['drafter_id'], ['account.id'], name=op.f('fk_member_question_step_drafter_id')),
    sa.ForeignKeyConstraint(['question_id'], ['member_question.id'], name=op.f('fk_member_question_step_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member_question_step'))
    )
    with op.batch_alter_table('member_question_step') as table:
        table.create_index(op.f('ix_member_question_step_question_id'), ['question_id'])
        table.create_index(op.f('ix_member_question_step_drafter_id'), ['drafter_id'])
        table.create_index(op.f('ix_member_question_step_by_id'), ['by_id'])
    _let_find((*_FOUND, 'question'))


def downgrade():
    # Found among the articles, as nothing older knows questions.
    op.execute(
        f"UPDATE search_document SET kind = 'article', code = code - {_QUESTION - _ARTICLE}"
        " WHERE kind = 'question'"
    )
    _let_find(_FOUND)
    op.drop_table('member_question_step')
    op.drop_table('member_question')

"""Revisions of texts, and when each should be looked at again"""

from datetime import date

import sqlalchemy as sa
from alembic import op


revision = '0068'
down_revision = '0067'
branch_labels = None
depends_on = None

_article = sa.table(
    'article',
    *map(sa.column, ('id', 'kind', 'slug', 'title', 'title_en', 'summary', 'summary_en', 'body', 'body_en', 'content_path', 'revision')),
    sa.column('checked_on', sa.Date()),
    sa.column('review_by', sa.Date()),
    sa.column('sources', sa.JSON()),
    sa.column('modified_at', sa.DateTime(timezone=True)),
)  # fmt: skip
_case = sa.table(
    'case_study',
    *map(sa.column, ('article_id', 'organisation', 'country', 'place', 'sector', 'size', 'size_en', 'year', 'duration', 'duration_en', 'cost', 'cost_en', 'programme', 'programme_en', 'problem', 'problem_en', 'result_kind', 'strength', 'how_measured', 'how_measured_en')),
    sa.column('name_unconfirmed', sa.Boolean()),
    sa.column('unknown', sa.JSON()),
    sa.column('unknown_en', sa.JSON()),
)  # fmt: skip
_measure = sa.table(
    'measure',
    *map(sa.column, ('article_id', 'position', 'metric', 'metric_en', 'about', 'unit', 'unit_en', 'before_text', 'after_text', 'before_number', 'after_number', 'change', 'change_en', 'direction', 'period', 'period_en', 'note', 'note_en')),
)  # fmt: skip
_revision = sa.table(
    'article_revision',
    *map(sa.column, ('article_id', 'number', 'source', 'note', 'by_id', 'reviewed_by_id')),
    sa.column('facts', sa.JSON()),
    sa.column('published_at', sa.DateTime(timezone=True)),
)  # fmt: skip
_SOURCE = sa.Enum('file', 'web', name='source', native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table('article_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('source', _SOURCE, nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('number >= 1', name=op.f('ck_article_revision_number_counts')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_revision_article_id')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_article_revision_by_id')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['account.id'], name=op.f('fk_article_revision_reviewed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article_revision')),
    sa.UniqueConstraint('article_id', 'number', name=op.f('uq_article_revision_article_id_number'))
    )
    with op.batch_alter_table('article_revision') as table:
        table.create_index(op.f('ix_article_revision_by_id'), ['by_id'])
        table.create_index(op.f('ix_article_revision_reviewed_by_id'), ['reviewed_by_id'])
    op.create_table('article_address',
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_address_article_id')),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_article_address'))
    )
    with op.batch_alter_table('article_address') as table:
        table.create_index(op.f('ix_article_address_article_id'), ['article_id'])
    with op.batch_alter_table('article') as table:
        table.add_column(sa.Column('checked_by_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('review_by', sa.Date(), nullable=True))
        table.add_column(sa.Column('rendering', sa.Integer(), nullable=False, server_default='1'))
        table.create_foreign_key(op.f('fk_article_checked_by_id'), 'account', ['checked_by_id'], ['id'])
    _fill()
    with op.batch_alter_table('article') as table:
        table.alter_column('review_by', existing_type=sa.Date(), nullable=False)
        table.alter_column('rendering', existing_type=sa.Integer(), server_default=None)
        table.create_index(op.f('ix_article_review_by'), ['review_by'])


def _fill():
    """What stands becomes the first revision that is kept, due a year after it was checked."""
    bind = op.get_bind()
    cases = {row.article_id: row for row in bind.execute(sa.select(_case))}
    measures = {}
    for row in bind.execute(sa.select(_measure).order_by(_measure.c.position)):
        measures.setdefault(row.article_id, []).append(row)
    for row in bind.execute(sa.select(_article)).all():
        facts = _text(row)
        if row.id in cases:
            facts |= _case_facts(cases[row.id], measures.get(row.id, []))
        kept = {'article_id': row.id, 'number': row.revision, 'facts': facts, 'published_at': row.modified_at}
        bind.execute(sa.insert(_revision).values(source='file' if row.content_path else 'web', **kept))
        due = {'review_by': _a_year_after(row.checked_on)}
        bind.execute(sa.update(_article).where(_article.c.id == row.id).values(due))


def _a_year_after(day):
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def _text(row):
    bind = op.get_bind()
    return {
        'slug': row.slug,
        'kind': row.kind,
        'title': {'vi': row.title, 'en': row.title_en},
        'summary': {'vi': row.summary, 'en': row.summary_en},
        'topics': list(bind.scalars(sa.text('SELECT key FROM topic JOIN article_topic ON topic_id = topic.id WHERE article_id = :id ORDER BY position'), {'id': row.id})),
        'tools': list(bind.scalars(sa.text('SELECT key FROM tool JOIN article_tool ON tool_id = tool.id WHERE article_id = :id ORDER BY article_tool.position'), {'id': row.id})),
        'courses': list(bind.scalars(sa.text('SELECT course_code FROM article_course WHERE article_id = :id ORDER BY position'), {'id': row.id})),
        'checked_on': row.checked_on.isoformat(),
        'review_by': None,
        'sources': row.sources,
        'body': row.body,
        'english': row.body_en,
    }  # fmt: skip


def _pair(row, name):
    vietnamese = getattr(row, name)
    return {'vi': vietnamese, 'en': getattr(row, f'{name}_en')} if vietnamese else None


def _case_facts(case, measures):
    return {
        'organisation': {'name': case.organisation, 'name_unconfirmed': case.name_unconfirmed},
        'country': case.country,
        'place': case.place,
        'sector': case.sector,
        'size': _pair(case, 'size'),
        'year': case.year,
        **{name: _pair(case, name) for name in ('duration', 'cost', 'programme', 'problem')},
        'result_kind': case.result_kind,
        'strength': case.strength,
        'how_measured': _pair(case, 'how_measured'),
        'unknown': {'vi': case.unknown, 'en': case.unknown_en},
        'measures': [
            {
                'metric': _pair(one, 'metric'),
                'about': one.about,
                'unit': _pair(one, 'unit'),
                'before': _number(one.before_number, one.before_text),
                'after': _number(one.after_number, one.after_text),
                'change': _pair(one, 'change'),
                'direction': one.direction,
                'period': _pair(one, 'period'),
                'note': _pair(one, 'note'),
            }
            for one in measures
        ],
    }


def _number(exact, text):
    if exact is None:
        return text
    return int(exact) if float(exact).is_integer() else exact


def downgrade():
    with op.batch_alter_table('article') as table:
        table.drop_index(op.f('ix_article_review_by'))
        table.drop_constraint(op.f('fk_article_checked_by_id'), type_='foreignkey')
        table.drop_column('rendering')
        table.drop_column('review_by')
        table.drop_column('checked_by_id')
    op.drop_table('article_address')
    op.drop_table('article_revision')

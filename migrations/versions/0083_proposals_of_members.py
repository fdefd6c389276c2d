"""Drafts that members propose, and which draft a revision was"""

import sqlalchemy as sa
from alembic import op


revision = '0083'
down_revision = '0082'
branch_labels = None
depends_on = None

_LEADING = (
    ('article_draft', 'proposer_id', 'person'),
    ('article_draft', 'organisation_id', 'organisation'),
    ('article_revision', 'draft_id', 'article_draft'),
)


def upgrade():
    with op.batch_alter_table('article_draft') as batch:
        batch.add_column(sa.Column('names_proposer', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('article_draft') as batch:
        batch.alter_column('names_proposer', server_default=None)
    for table, column, target in _LEADING:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f'fk_{table}_{column}'), target, [column], ['id'])
            batch.create_index(op.f(f'ix_{table}_{column}'), [column])
    op.execute(
        'UPDATE article_revision SET draft_id = (SELECT max(d.id) FROM article_draft d'
        " JOIN article_draft_step s ON s.draft_id = d.id AND s.to_state = 'published'"
        ' WHERE d.article_id = article_revision.article_id AND s.at = article_revision.published_at)'
    )


def downgrade():
    for table, column, _target in reversed(_LEADING):
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f'ix_{table}_{column}'))
            batch.drop_constraint(op.f(f'fk_{table}_{column}'), type_='foreignkey')
            batch.drop_column(column)
    with op.batch_alter_table('article_draft') as batch:
        batch.drop_column('proposed_at')
        batch.drop_column('names_proposer')

"""Find documents"""

import sqlalchemy as sa
from alembic import op

from club.search.schema import create_index, drop_index


revision = '0062'
down_revision = '0061'
branch_labels = None
depends_on = None

_KINDS = ('course', 'case', 'tool', 'article', 'expert')


def _allow(kinds):
    listed = ', '.join(f"'{kind}'" for kind in kinds)
    name = op.f('ck_search_document_foundkind')
    # SQLite rebuilds the table, and the triggers that fill the index go with the old one.
    drop_index(op.get_bind())
    with op.batch_alter_table('search_document') as table:
        table.drop_constraint(name, type_='check')
        table.create_check_constraint(name, sa.text(f'kind IN ({listed})'))
    create_index(op.get_bind())


def upgrade():
    _allow((*_KINDS, 'document'))


def downgrade():
    # Found among the articles, as nothing older knows documents.
    op.execute(
        "UPDATE search_document SET kind = 'article', scope = replace(scope, 'kinddocument', 'kindarticle')"
        " WHERE kind = 'document'"
    )
    _allow(_KINDS)

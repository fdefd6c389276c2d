"""Know texts by terms, alike on both engines"""

import sqlalchemy as sa
from alembic import op

from club.search.models import FoundKind, code_of
from club.search.schema import create_index, drop_index
from club.search.words import bare_word, text_terms, title_terms, words_of


revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

_OLDER = ("scope", "folded_title", "folded_body")
_NEWER = ("code", "title_terms", "terms")


def _column(name):
    kind = sa.SmallInteger() if name == "code" else sa.String()
    return sa.Column(name, kind, nullable=False, server_default="0" if name == "code" else "")


def _replace(before, after, known_of):
    """Columns by others that are worked out from each row."""
    connection = op.get_bind()
    drop_index(connection)
    with op.batch_alter_table("search_document") as table:
        for name in after:
            table.add_column(_column(name))
    setting = ", ".join(f"{name} = :{name}" for name in after)
    ids = connection.execute(sa.text("SELECT id FROM search_document")).scalars().all()
    for one in ids:
        query = sa.text("SELECT kind, ref, language, title, body FROM search_document WHERE id = :id")
        row = connection.execute(query, {"id": one}).one()
        connection.execute(
            sa.text(f"UPDATE search_document SET {setting} WHERE id = :id"),
            {"id": one, **known_of(row)},
        )
    with op.batch_alter_table("search_document") as table:
        for name in before:
            table.drop_column(name)
        for name in after:
            table.alter_column(name, server_default=None)


def upgrade():
    def known_of(row):
        names = [row.ref.partition(":")[2]] if row.kind == "course" else []
        return {
            "code": code_of(FoundKind(row.kind), row.language),
            "title_terms": title_terms(row.title, names),
            "terms": text_terms(f"{row.title} . {row.body}"),
        }

    _replace(_OLDER, _NEWER, known_of)
    create_index(op.get_bind())


def downgrade():
    def known_of(row):
        return {
            "scope": f"lang{row.language} kind{row.kind}",
            "folded_title": " ".join(map(bare_word, words_of(row.title))),
            "folded_body": " ".join(map(bare_word, words_of(row.body))),
        }

    _replace(_NEWER, _OLDER, known_of)

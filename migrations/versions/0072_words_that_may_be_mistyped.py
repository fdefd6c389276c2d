"""Offer words of the index to whoever mistypes them"""

import sqlalchemy as sa
from alembic import op

from club.search.spelling import can_be_spelled, forms_of


revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade():
    table = op.create_table(
        "search_spelling",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("form", "word", name=op.f("pk_search_spelling")),
    )
    op.create_index(op.f("ix_search_spelling_word"), "search_spelling", ["word"])
    words = set()
    for terms in op.get_bind().execute(sa.text("SELECT terms FROM search_document")).scalars():
        words |= {term for term in terms.split(" ") if can_be_spelled(term)}
    op.bulk_insert(
        table, [{"form": form, "word": word} for word in sorted(words) for form in forms_of(word)]
    )


def downgrade():
    op.drop_table("search_spelling")

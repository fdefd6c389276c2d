"""Count the documents that have the words only so far"""

from alembic import op

from club.search.schema import COUNTING_FUNCTION


revision = '0081'
down_revision = '0080'
branch_labels = None
depends_on = None

_EVERY = """
    CREATE FUNCTION search_counts(wanted tsquery)
    RETURNS TABLE (code smallint, number bigint) STABLE LANGUAGE sql
    SET enable_seqscan = off SET enable_indexscan = off AS $counts$
        SELECT code, count(*) FROM search_index WHERE texts @@ wanted GROUP BY 1
    $counts$
"""


def _replace_by(function):
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS search_counts(tsquery)")
    connection.exec_driver_sql(
        "DROP FUNCTION IF EXISTS search_counts(tsquery, smallint[], integer)"
    )
    connection.exec_driver_sql(function)


def upgrade():
    _replace_by(COUNTING_FUNCTION)


def downgrade():
    _replace_by(_EVERY)

"""The index behind ``search_document``: FTS5 on SQLite, ``tsvector`` on PostgreSQL.

On both engines it lies apart from ``search_document``, and triggers keep it in step, so
whoever changes a document cannot forget the index. Both know a document by the same two sets
of terms (see ``club.search.words``) and by its ``code``, the kind and language in one number;
both are asked by functions of ``club.search.engines``.

Tables made from the models get the index by an event; a migration calls ``create_index`` and
``drop_index``. A migration that rebuilds ``search_document`` on SQLite loses the triggers: drop the
index before it and create it again afterwards.
"""

from sqlalchemy import Connection, inspect

#: Tables with this name or prefix belong to the index, not to any model.
INDEX_NAME = "search_index"
#: On SQLite a row of the index has the number ``document * CODES + code``.
CODES = 64

# A term is whatever stands between two spaces. Nothing is kept of where it stands, nor the text
# itself. Beginnings of three to five signs are lists of their own; longer ones have few words.
_FTS5 = """
    CREATE VIRTUAL TABLE {name} USING fts5(
        terms, content='', detail='none', prefix='3 4 5', tokenize="ascii tokenchars '=_+#'"
    )
"""
_ADD = "INSERT INTO {name} (rowid, terms) VALUES ({row}.id * 64 + {row}.code, {row}.{column});"
_REMOVE = """
    INSERT INTO {name} ({name}, rowid, terms)
    VALUES ('delete', {row}.id * 64 + {row}.code, {row}.{column});
"""
_FILL = "INSERT INTO {name} (rowid, terms) SELECT id * 64 + code, {column} FROM search_document"
_FTS5_TABLES = {"search_index_titles": "title_terms", "search_index_texts": "terms"}


def _each(statement: str, row: str) -> str:
    return "".join(
        statement.format(name=name, column=column, row=row) for name, column in _FTS5_TABLES.items()
    )


_SQLITE = (
    *(_FTS5.format(name=name) for name in _FTS5_TABLES),
    f"""
    CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN
        {_each(_ADD, "new")}
    END
    """,
    f"""
    CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN
        {_each(_REMOVE, "old")}
    END
    """,
    f"""
    CREATE TRIGGER search_document_changed AFTER UPDATE OF code, title_terms, terms
    ON search_document BEGIN
        {_each(_REMOVE, "old")} {_each(_ADD, "new")}
    END
    """,
    *(_FILL.format(name=name, column=column) for name, column in _FTS5_TABLES.items()),
)

COUNTING_FUNCTION = """
    CREATE FUNCTION search_counts(wanted tsquery, codes smallint[], most integer)
    RETURNS TABLE (code smallint, number bigint) STABLE LANGUAGE sql
    SET enable_seqscan = off SET enable_indexscan = off AS $counts$
        SELECT found.code, count(*) FROM (
            SELECT one.code FROM search_index AS one
            WHERE one.texts @@ wanted AND one.code = ANY (codes) LIMIT most
        ) AS found GROUP BY 1
    $counts$
"""
# The planner does not know that looking for a term in a long text means fetching it from
# outside the row: left alone it reads every text instead of the index, a hundred times slower.
_POSTGRESQL = (
    """
    CREATE TABLE search_index (
        document_id integer PRIMARY KEY REFERENCES search_document (id) ON DELETE CASCADE,
        code smallint NOT NULL,
        titles tsvector NOT NULL,
        texts tsvector NOT NULL
    )
    """,
    """
    CREATE FUNCTION search_index_refresh() RETURNS trigger LANGUAGE plpgsql AS $refresh$
    BEGIN
        INSERT INTO search_index (document_id, code, titles, texts) VALUES (
            new.id, new.code, array_to_tsvector(string_to_array(new.title_terms, ' ')),
            array_to_tsvector(string_to_array(new.terms, ' '))
        ) ON CONFLICT (document_id) DO UPDATE
        SET code = excluded.code, titles = excluded.titles, texts = excluded.texts;
        RETURN new;
    END
    $refresh$
    """,
    """
    CREATE TRIGGER search_document_refreshed
    AFTER INSERT OR UPDATE OF code, title_terms, terms ON search_document
    FOR EACH ROW EXECUTE FUNCTION search_index_refresh()
    """,
    "UPDATE search_document SET terms = terms",
    "CREATE INDEX ix_search_index_titles ON search_index USING gin (titles)",
    "CREATE INDEX ix_search_index_texts ON search_index USING gin (texts)",
    COUNTING_FUNCTION,
    """
    CREATE FUNCTION search_tiers(
        wanted tsquery[], in_titles boolean[], codes smallint[], depth integer, need integer
    ) RETURNS TABLE (tier integer, id integer) STABLE LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_indexscan = off AS $tiers$
    DECLARE
        found integer;
    BEGIN
        FOR number IN 1 .. cardinality(wanted) LOOP
            IF in_titles[number] THEN
                RETURN QUERY SELECT number - 1, document_id FROM search_index
                    WHERE titles @@ wanted[number] AND code = ANY (codes)
                    ORDER BY document_id DESC LIMIT depth;
            ELSE
                RETURN QUERY SELECT number - 1, document_id FROM search_index
                    WHERE texts @@ wanted[number] AND code = ANY (codes)
                    ORDER BY document_id DESC LIMIT depth;
            END IF;
            GET DIAGNOSTICS found = ROW_COUNT;
            EXIT WHEN found >= need;
        END LOOP;
    END
    $tiers$
    """,
)
_DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS search_document_added",
        "DROP TRIGGER IF EXISTS search_document_removed",
        "DROP TRIGGER IF EXISTS search_document_changed",
        "DROP TABLE IF EXISTS search_index_titles",
        "DROP TABLE IF EXISTS search_index_texts",
        # What the index was before version 0071.
        "DROP TABLE IF EXISTS search_index",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS search_document_refreshed ON search_document",
        "DROP FUNCTION IF EXISTS search_index_refresh()",
        "DROP FUNCTION IF EXISTS search_counts(tsquery)",
        "DROP FUNCTION IF EXISTS search_counts(tsquery, smallint[], integer)",
        "DROP FUNCTION IF EXISTS search_tiers(tsquery[], boolean[], smallint[], integer, integer)",
        "DROP FUNCTION IF EXISTS search_words(text)",
        "DROP TABLE IF EXISTS search_index",
    ),
}
_CREATE = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def create_index(connection: Connection) -> None:
    """Make the index and fill it with the documents that are there already.

    Before migration 0071 documents had no terms, and there is nothing to make it from.
    """
    columns = {column["name"] for column in inspect(connection).get_columns("search_document")}
    if "terms" not in columns:
        return
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def drop_index(connection: Connection) -> None:
    for statement in _DROP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def belongs_to_index(table_name: str | None) -> bool:
    """Whether a table found in a database is the index's own (FTS5 keeps several)."""
    return bool(table_name) and str(table_name).startswith(INDEX_NAME)

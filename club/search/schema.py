"""The index behind ``search_document``: FTS5 on SQLite, ``tsvector`` on PostgreSQL.

On both engines it is a table of its own, ``search_index``, that triggers keep in step with
``search_document``, so whoever changes a document cannot forget the index. Tables made from
the models get it by an event; a migration calls ``create_index`` and ``drop_index``. A
migration that rebuilds ``search_document`` on SQLite loses the triggers: drop the index
before it and create it again afterwards.
"""

from sqlalchemy import Connection

#: Tables with this name or prefix belong to the index, not to any model.
INDEX_NAME = "search_index"

_SQLITE = (
    # Marks are kept in the exact columns; the folded ones have none left to remove.
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        title, body, folded_title, folded_body, scope,
        content='search_document', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='3'
    )
    """,
    """
    CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index (rowid, title, body, folded_title, folded_body, scope)
        VALUES (new.id, new.title, new.body, new.folded_title, new.folded_body, new.scope);
    END
    """,
    """
    CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index
            (search_index, rowid, title, body, folded_title, folded_body, scope)
        VALUES
            ('delete', old.id, old.title, old.body, old.folded_title, old.folded_body, old.scope);
    END
    """,
    """
    CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN
        INSERT INTO search_index
            (search_index, rowid, title, body, folded_title, folded_body, scope)
        VALUES
            ('delete', old.id, old.title, old.body, old.folded_title, old.folded_body, old.scope);
        INSERT INTO search_index (rowid, title, body, folded_title, folded_body, scope)
        VALUES (new.id, new.title, new.body, new.folded_title, new.folded_body, new.scope);
    END
    """,
)

_POSTGRESQL = (
    """
    CREATE TABLE search_index (
        document_id integer PRIMARY KEY REFERENCES search_document (id) ON DELETE CASCADE,
        exact_title tsvector NOT NULL,
        folded_title tsvector NOT NULL,
        exact tsvector NOT NULL,
        folded tsvector NOT NULL
    )
    """,
    # Titles have vectors of their own: asking a whole text for words of weight A means
    # reading it, and whole texts lie outside the row.
    "CREATE INDEX ix_search_index_exact_title ON search_index USING gin (exact_title)",
    "CREATE INDEX ix_search_index_folded_title ON search_index USING gin (folded_title)",
    "CREATE INDEX ix_search_index_exact ON search_index USING gin (exact)",
    "CREATE INDEX ix_search_index_folded ON search_index USING gin (folded)",
    # The parser reads "ISO-9001" as a word and a negative number; without punctuation it
    # finds the same words as FTS5 does. The folded texts have none left.
    """
    CREATE FUNCTION search_words(typed text) RETURNS tsvector IMMUTABLE LANGUAGE sql AS $words$
        SELECT to_tsvector('simple', regexp_replace(lower(typed), '[[:punct:]–—…]+', ' ', 'g'))
    $words$
    """,
    """
    CREATE FUNCTION search_index_refresh() RETURNS trigger LANGUAGE plpgsql AS $refresh$
    DECLARE
        scope tsvector := to_tsvector('simple', new.scope);
        exact_title tsvector := search_words(new.title);
        folded_title tsvector := to_tsvector('simple', new.folded_title);
    BEGIN
        DELETE FROM search_index WHERE document_id = new.id;
        INSERT INTO search_index (document_id, exact_title, folded_title, exact, folded) VALUES (
            new.id, exact_title || scope, folded_title || scope,
            setweight(exact_title, 'A') || setweight(search_words(new.body), 'D') || scope,
            setweight(folded_title, 'A')
            || setweight(to_tsvector('simple', new.folded_body), 'D') || scope
        );
        RETURN new;
    END
    $refresh$
    """,
    """
    CREATE TRIGGER search_document_refreshed AFTER INSERT OR UPDATE ON search_document
    FOR EACH ROW EXECUTE FUNCTION search_index_refresh()
    """,
)
_DROP = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS search_document_added",
        "DROP TRIGGER IF EXISTS search_document_removed",
        "DROP TRIGGER IF EXISTS search_document_changed",
        "DROP TABLE IF EXISTS search_index",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS search_document_refreshed ON search_document",
        "DROP FUNCTION IF EXISTS search_index_refresh()",
        "DROP FUNCTION IF EXISTS search_words(text)",
        "DROP TABLE IF EXISTS search_index",
    ),
}
_CREATE = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def create_index(connection: Connection) -> None:
    """Make the index and fill it with the documents that are there already."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    else:
        connection.exec_driver_sql("UPDATE search_document SET scope = scope")


def drop_index(connection: Connection) -> None:
    for statement in _DROP[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def belongs_to_index(table_name: str | None) -> bool:
    """Whether a table found in a database is the index's own (FTS5 keeps several)."""
    return bool(table_name) and str(table_name).startswith(INDEX_NAME)

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from club.db import transaction
from club.search.models import FoundKind, SearchDocument, SearchSpelling, code_of
from club.search.queries import is_in_a_text
from club.search.spelling import can_be_spelled, forms_of
from club.search.words import text_terms, title_terms
from club.vietnamese import tidy_line

#: PostgreSQL refuses vectors above 1 MB; nobody finds anything in the tail of such a text.
_LONGEST_BODY = 150_000
#: Neither engine likes questions with tens of thousands of words in them.
_AT_ONCE = 1000
_LEARN = "INSERT INTO search_spelling (form, word) VALUES (:form, :word) ON CONFLICT DO NOTHING"


def index_document(  # noqa: PLR0913  one thing has so many sides
    *,
    kind: FoundKind,
    ref: str,
    language: str,
    title: str,
    body: str,
    url: str,
    now: datetime,
    names: Sequence[str] = (),
    boost: float = 1.0,
) -> None:
    """Make a thing findable in one language, or bring what is known of it up to date.

    Joins the caller's transaction. ``ref`` names the thing for good, such as
    ``course:LEAN``; ``body`` is plain text; ``names`` are what else it is called,
    such as its code, and find it as its title does; among equal titles ``boost`` decides.
    """
    title, body = tidy_line(title), tidy_line(body[:_LONGEST_BODY])
    terms = text_terms(" . ".join([title, *names, body]))
    known = {
        "kind": kind,
        "code": code_of(kind, language),
        "url": url,
        "boost": boost,
        "title": title,
        "body": body,
        "title_terms": title_terms(title, names),
        "terms": terms,
    }
    with transaction() as session:
        learn(terms.split(" "), session)
        _keep(session, ref, language, known, now)


def _keep(session: Session, ref: str, language: str, known: dict[str, Any], now: datetime) -> None:
    document = _known(session, ref, language)
    if document is None:
        session.add(SearchDocument(ref=ref, language=language, updated_at=now, **known))
    elif any(getattr(document, name) != value for name, value in known.items()):
        for name, value in known.items():
            setattr(document, name, value)
        document.updated_at = now


def _known(session: Session, ref: str, language: str) -> SearchDocument | None:
    """What is waiting to be written is looked through here: to write it first, for each of a
    thousand documents, takes longer than all else.
    """
    waiting = (one for one in session.new if isinstance(one, SearchDocument))
    for document in waiting:
        if (document.ref, document.language) == (ref, language):
            return document
    query = select(SearchDocument).where(
        SearchDocument.ref == ref, SearchDocument.language == language
    )
    with session.no_autoflush:
        return session.scalars(query).one_or_none()


def learn(terms: Iterable[str], session: Session) -> None:
    """Let the words among the terms be offered to whoever mistypes them."""
    # Most words of a text were met in the one before it. What was rolled back is not known.
    met_in, met = session.info.get("search_words", (None, set()))
    if met_in is not session.get_transaction():
        met = set()
        session.info["search_words"] = (session.get_transaction(), met)
    unmet = sorted(word for word in set(terms) - met if can_be_spelled(word))
    for begin in range(0, len(unmet), _AT_ONCE):
        words = unmet[begin : begin + _AT_ONCE]
        own_form = SearchSpelling.form == SearchSpelling.word
        with session.no_autoflush:
            there = session.scalars(
                select(SearchSpelling.word).where(own_form, SearchSpelling.word.in_(words))
            ).all()
        rows = [
            {"form": form, "word": word}
            for word in sorted(set(words) - set(there))
            for form in sorted(forms_of(word))
        ]
        if rows:
            # Two writers on PostgreSQL may meet the same word at once.
            session.execute(text(_LEARN), rows)
    met.update(unmet)


def forget_words() -> int:
    """Words that no text has any more are not offered; how many there were."""
    with transaction() as session:
        own_form = SearchSpelling.form == SearchSpelling.word
        words = session.scalars(select(SearchSpelling.word).where(own_form)).all()
        gone = [word for word in words if not is_in_a_text(word)]
        for begin in range(0, len(gone), _AT_ONCE):
            some = gone[begin : begin + _AT_ONCE]
            session.execute(delete(SearchSpelling).where(SearchSpelling.word.in_(some)))
        session.info.pop("search_words", None)
        return len(gone)


def forget(ref: str) -> None:
    """Make a thing unfindable in every language. Joins the caller's transaction."""
    with transaction() as session:
        session.execute(delete(SearchDocument).where(SearchDocument.ref == ref))


def forget_others(kind: FoundKind, *, but: Collection[str]) -> None:
    """Make every thing of a kind unfindable but those named. Joins the caller's transaction."""
    with transaction() as session:
        others = SearchDocument.ref.not_in(but)
        session.execute(delete(SearchDocument).where(SearchDocument.kind == kind, others))

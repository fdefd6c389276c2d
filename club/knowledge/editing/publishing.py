"""How a text becomes what readers see: each time a revision is kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from club.files.fields import Said
from club.knowledge.editing.models import ArticleAddress, ArticleRevision, Source
from club.knowledge.evidence.problems import link_problems
from club.knowledge.facts import ArticleFacts, document_of
from club.knowledge.indexing import index_article, name_of
from club.knowledge.models import Article
from club.knowledge.pictures.keeping import note_pictures
from club.knowledge.writing import Library, describe
from club.periods import next_check
from club.search.operations import forget


@dataclass(frozen=True)
class Publication:
    """Where a revision comes from: ``by`` wrote it, ``reviewed_by`` looked it over; accounts."""

    source: Source
    note: str | None = None
    by: int | None = None
    reviewed_by: int | None = None
    #: Who compared it with its sources.
    checked_by: int | None = None
    draft_id: int | None = None


FROM_A_FILE = Publication(Source.FILE)
#: Texts whose rows are written together.
_AT_ONCE = 50


@dataclass(frozen=True)
class Newcomer:
    """A text that was not there before, and the path and the hash of the file it comes from."""

    facts: ArticleFacts
    path: str | None = None
    hash: str | None = None


def publish_new(
    library: Library, facts: ArticleFacts, publication: Publication, *, now: datetime
) -> Article:
    """A text that was not there before, in the caller's transaction."""
    (article,) = publish_many(library, [Newcomer(facts)], publication, now=now)
    return article


def publish_many(
    library: Library, newcomers: Iterable[Newcomer], publication: Publication, *, now: datetime
) -> Iterator[Article]:
    """The same for many, in fewer questions: the rows of some texts are written at once."""
    waiting = iter(newcomers)
    while some := list(islice(waiting, _AT_ONCE)):
        begun = [_begin(library, one, publication, now=now) for one in some]
        library.session.flush()
        for newcomer, (article, words) in zip(some, begun, strict=True):
            _let_find(library, article, words, now=now)
            _keep(library, article, newcomer.facts, publication, now=now)
            yield article


def _begin(
    library: Library, newcomer: Newcomer, publication: Publication, *, now: datetime
) -> tuple[Article, Said]:
    article = Article(slug=newcomer.facts.slug, revision=1, published_at=now)
    article.content_path, article.content_hash = newcomer.path, newcomer.hash
    _note_check(article, newcomer.facts, by=publication.checked_by)
    return article, _describe(library, article, newcomer.facts, now=now)


def publish_again(
    library: Library,
    article: Article,
    facts: ArticleFacts,
    publication: Publication,
    *,
    now: datetime,
) -> None:
    """The text says this from now on, in the caller's transaction."""
    said_before = _review_day_said(library.session, article)
    article.revision += 1
    _note_check(article, facts, by=publication.checked_by, said_before=said_before)
    _show(library, article, facts, now=now)
    _keep(library, article, facts, publication, now=now)


def show_again(library: Library, article: Article, facts: ArticleFacts, *, now: datetime) -> None:
    """Readers find again what was published already, drawn as the site draws it now; no revision
    is added.
    """
    _show(library, article, facts, now=now)


def rename(library: Library, article: Article, slug: str, *, now: datetime) -> None:
    """The text has another address from now on; the old one leads there for ever."""
    session = library.session
    forget(name_of(article))
    session.execute(delete(ArticleAddress).where(ArticleAddress.slug == slug))
    session.add(ArticleAddress(slug=article.slug, article_id=article.id, since=now))
    article.slug = slug
    session.flush()


def take_out(article: Article, *, now: datetime) -> None:
    """The text is kept, but no longer listed, shown or found."""
    article.retired_at = article.modified_at = now
    forget(name_of(article))


def _note_check(
    article: Article, facts: ArticleFacts, *, by: int | None, said_before: date | None = None
) -> None:
    """A check that was noted on the site is not undone by a text that says when it was checked
    before that, nor the day chosen then by one that says the same as before. ``said_before``: the
    day that the text's last revision says.
    """
    is_newer = article.checked_on is None or facts.checked_on > article.checked_on
    if is_newer:
        article.checked_on, article.checked_by_id = facts.checked_on, by
    if is_newer or facts.review_by != said_before:
        article.review_by = next_check(article.checked_on, chosen=facts.review_by)


def _review_day_said(session: Session, article: Article) -> date | None:
    """By the last revision there is."""
    query = select(ArticleRevision.facts["review_by"].as_string()).where(
        ArticleRevision.article_id == article.id, ArticleRevision.number == article.revision
    )
    said = session.scalars(query).one()
    return date.fromisoformat(said) if said else None


def _show(library: Library, article: Article, facts: ArticleFacts, *, now: datetime) -> None:
    if article in library.session and article.kind is not facts.kind:
        forget(name_of(article))
    words = _describe(library, article, facts, now=now)
    library.session.flush()
    _let_find(library, article, words, now=now)


def _describe(library: Library, article: Article, facts: ArticleFacts, *, now: datetime) -> Said:
    words = describe(library, article, facts)
    article.modified_at, article.retired_at, article.withheld = now, None, False
    article.replaced_by_id = None
    library.session.add(article)
    return words


def _let_find(library: Library, article: Article, words: Said, *, now: datetime) -> None:
    link_problems(library.session, article, library.problems)
    index_article(article, words=words, now=now)


def _keep(
    library: Library,
    article: Article,
    facts: ArticleFacts,
    publication: Publication,
    *,
    now: datetime,
) -> None:
    revision = ArticleRevision(
        article_id=article.id,
        number=article.revision,
        facts=document_of(facts),
        source=publication.source,
        note=publication.note,
        published_at=now,
        by_id=publication.by,
        reviewed_by_id=publication.reviewed_by,
        draft_id=publication.draft_id,
    )
    library.session.add(revision)
    note_pictures(library.session, revision, facts)

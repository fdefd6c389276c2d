"""Texts of files meet those of the site: neither is written over without showing both."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from club.knowledge import rendering
from club.knowledge.article_rules import facts_in
from club.knowledge.editing.models import (
    OPEN,
    ArticleAddress,
    ArticleRevision,
    Draft,
    DraftStep,
    Source,
    TextState,
)
from club.knowledge.editing.publishing import (
    FROM_A_FILE,
    Newcomer,
    publish_again,
    publish_many,
    rename,
    show_again,
    take_out,
)
from club.knowledge.editing.queries import texts_citing
from club.knowledge.facts import ArticleFacts, document_of
from club.knowledge.models import Article
from club.knowledge.writing import Library

Outcome = str


class Arrival:
    """One bringing-in of files, in the caller's transaction. ``told``: what whoever brings them in
    should look at. ``files``: the addresses that all files name, also those that said nothing new.
    """

    def __init__(
        self,
        session: Session,
        texts: Iterable[ArticleFacts],
        *,
        files: Collection[str],
        now: datetime,
    ) -> None:
        self.told: list[str] = []
        self._session, self._files, self._now = session, files, now
        self._library: Library | None = None
        self._known = self._published({one for facts in texts for one in (facts.slug, *facts.was)})

    def bring_in(self, files: Iterable[tuple[str, str, ArticleFacts]]) -> Counter[Outcome]:
        """Path, hash and facts of each; how many were ``added``, ``changed`` or ``unchanged``."""
        tally: Counter[Outcome] = Counter()
        new = []
        for path, digest, facts in files:
            if found := self._find(facts):
                article, last = found
                tally[self._bring_again(article, last, path, facts)] += 1
                article.content_path, article.content_hash = path, digest
            else:
                new.append(Newcomer(facts, path, digest))
        published = publish_many(self.library, new, FROM_A_FILE, now=self._now) if new else ()
        for newcomer, article in zip(new, published, strict=True):
            self._keep_addresses(article, newcomer.facts)
            tally["added"] += 1
        return tally

    @property
    def library(self) -> Library:
        """Looked up only where a text is written."""
        self._library = self._library or Library(self._session)
        return self._library

    def retire_missing(self, paths: Collection[str]) -> int:
        """Texts whose file is gone go with it, unless they were written on the site since."""
        listed = (
            select(Article, ArticleRevision.source)
            .join(ArticleRevision, ArticleRevision.article_id == Article.id)
            .where(
                ArticleRevision.number == Article.revision,
                Article.content_path.is_not(None),
                Article.retired_at.is_(None),
            )
        )
        retired = 0
        for article, source in self._session.execute(listed).all():
            if article.content_path in paths:
                continue
            if source is Source.WEB:
                stays = f"is gone; /knowledge/{article.slug} was changed on the site and stays"
                self._tell(article.content_path, stays)
                article.content_path = article.content_hash = None
                continue
            self._tell_citing(article)
            take_out(article, now=self._now)
            retired += 1
        return retired

    def draw_anew(self) -> None:
        """What an older ``rendering`` drew: texts of the site as well as those of files."""
        query = (
            select(Article, ArticleRevision.facts)
            .join(ArticleRevision, ArticleRevision.article_id == Article.id)
            .where(
                ArticleRevision.number == Article.revision,
                Article.rendering != rendering.VERSION,
                Article.retired_at.is_(None),
            )
        )
        for article, said in self._session.execute(query).all():
            show_again(self.library, article, facts_in(said)[0], now=self._now)

    def _find(self, facts: ArticleFacts) -> tuple[Article, ArticleRevision] | None:
        """The text at the file's address, else at one that it had before."""
        at = next((slug for slug in (facts.slug, *facts.was) if self._is_of_no_other(slug)), None)
        if at is None:
            return None
        found = self._known[at]
        if at != facts.slug:
            rename(self.library, found[0], facts.slug, now=self._now)
        self._keep_addresses(found[0], facts)
        return found

    def _is_of_no_other(self, slug: str) -> bool:
        """Whether a text has this address, or had it and has no file of its own under another."""
        if slug not in self._known:
            return False
        present = self._known[slug][0].slug
        return present == slug or present not in self._files

    def _published(self, slugs: Collection[str]) -> dict[str, tuple[Article, ArticleRevision]]:
        """The texts that have one of these addresses, or had it before, by that address."""
        if not slugs:
            return {}
        had = (
            select(ArticleAddress.slug, Article, ArticleRevision)
            .join(Article, Article.id == ArticleAddress.article_id)
            .where(ArticleAddress.slug.in_(slugs))
        )
        has = select(Article.slug, Article, ArticleRevision).where(Article.slug.in_(slugs))
        last = and_(
            ArticleRevision.article_id == Article.id, ArticleRevision.number == Article.revision
        )
        return {
            slug: (article, revision)
            for query in (had, has)
            for slug, article, revision in self._session.execute(query.join(ArticleRevision, last))
        }

    def _keep_addresses(self, article: Article, facts: ArticleFacts) -> None:
        for old in facts.was:
            if self._session.get(ArticleAddress, old) is None and old != article.slug:
                self._session.add(ArticleAddress(slug=old, article_id=article.id, since=self._now))

    def _bring_again(
        self, article: Article, last: ArticleRevision, path: str, facts: ArticleFacts
    ) -> Outcome:
        if document_of(facts) == last.facts:
            if article.retired_at is None:
                return "unchanged"
            show_again(self.library, article, facts, now=self._now)
        elif last.source is Source.WEB:
            return self._lay_beside(article, path, facts)
        else:
            publish_again(self.library, article, facts, FROM_A_FILE, now=self._now)
        return "changed"

    def _lay_beside(self, article: Article, path: str, facts: ArticleFacts) -> Outcome:
        """The site's words stay; the file's wait as a draft for editors."""
        document = document_of(facts) | {"slug": article.slug}
        if document == self._last_of_file(article):
            return "unchanged"
        draft = self._waiting_draft(article)
        if draft is None:
            draft = Draft(
                article_id=article.id,
                source=Source.FILE,
                state=TextState.IN_REVIEW,
                created_at=self._now,
            )
            self._session.add(draft)
        else:
            draft.version += 1
        draft.facts, draft.base_number = document, article.revision
        draft.note, draft.modified_at = None, self._now
        self._session.flush()
        self._session.add(DraftStep(draft_id=draft.id, to_state=draft.state, at=self._now))
        self._tell(
            path,
            f"was changed, and /knowledge/{article.slug} was changed on the site: both stand at "
            f"/office/knowledge/drafts/{draft.public_id}",
        )
        return "unchanged"

    def _last_of_file(self, article: Article) -> dict[str, object] | None:
        """What the file said last, whether it was published or laid beside."""
        drafts = (
            select(Draft.facts, Draft.modified_at.label("at"))
            .where(Draft.article_id == article.id, Draft.source == Source.FILE)
            .order_by(Draft.id.desc())
            .limit(1)
        )
        revisions = (
            select(ArticleRevision.facts, ArticleRevision.published_at.label("at"))
            .where(ArticleRevision.article_id == article.id, ArticleRevision.source == Source.FILE)
            .order_by(ArticleRevision.number.desc())
            .limit(1)
        )
        rows = [row for query in (drafts, revisions) for row in self._session.execute(query)]
        return max(rows, key=lambda row: row.at).facts if rows else None

    def _waiting_draft(self, article: Article) -> Draft | None:
        """The draft of an earlier state of the file that nobody has written on."""
        query = select(Draft).where(
            Draft.article_id == article.id,
            Draft.source == Source.FILE,
            Draft.state.in_(OPEN),
            Draft.modified_by_id.is_(None),
        )
        return self._session.scalars(query.order_by(Draft.id.desc()).limit(1)).one_or_none()

    def _tell_citing(self, article: Article) -> None:
        citing = [one.slug for one in texts_citing(article.slug)]
        if citing:
            named = ", ".join(citing)
            self._tell(article.content_path, f"is gone; these texts lead to it: {named}")

    def _tell(self, path: str | None, what: str) -> None:
        self.told.append(f"{path}: {what}")

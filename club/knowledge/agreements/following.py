"""What is public follows what firms agree to, in the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from club.files.receiving import let_go
from club.knowledge.agreements import queries
from club.knowledge.agreements.models import Agreement
from club.knowledge.agreements.rules import AgreementRefusal, names_a_firm, refusal_to_show
from club.knowledge.article_rules import facts_in
from club.knowledge.editing.models import ArticleAddress, ArticleRevision, Draft, Source
from club.knowledge.editing.publishing import Publication, publish_again, rename, take_out
from club.knowledge.editing.queries import present_facts
from club.knowledge.facts import ArticleFacts
from club.knowledge.models import Article
from club.knowledge.sharing.models import ArticlePicture
from club.knowledge.writing import Library


def refusal_to_publish(
    facts: ArticleFacts, agreements: Sequence[Agreement]
) -> AgreementRefusal | None:
    """Why a case may not be shown to everybody as it is written."""
    refusal = refusal_to_show(facts, agreements)
    if refusal is None and names_a_firm(facts, names=queries.names_of_firms(agreements)):
        return AgreementRefusal.NAMES_FIRM
    return refusal


def agreements_held(session: Session, draft: Draft) -> Sequence[Agreement]:
    """What is agreed to of a draft's case, while nobody takes it back."""
    ids = [one.id for one in queries.agreements_behind(draft)]
    query = select(Agreement).where(Agreement.id.in_(ids)).order_by(Agreement.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()


def bind_to_article(session: Session, draft: Draft, article: Article, *, now: datetime) -> None:
    """What was agreed to of a draft holds for the case that it has become."""
    session.execute(
        update(Agreement)
        .where(Agreement.draft_id == draft.id, Agreement.article_id.is_(None))
        .values(article_id=article.id)
    )
    withhold_earlier(session, article, now=now)


def follow_agreements(
    session: Session, article: Article, *, by: int, now: datetime
) -> ArticleRevision | None:
    """A case that shows more than is agreed to now is taken out or, where an earlier revision
    shows no more than that, says what that one said, which is returned.
    """
    agreements = queries.agreements_of(article.id)
    shown = facts_in(present_facts(article))[0]
    earlier = None
    if article.retired_at is None and refusal_to_show(shown, agreements):
        earlier = queries.latest_that_may_be_shown(article, agreements)
        if earlier:
            _say_again(session, article, earlier, by=by, now=now)
        else:
            take_out(article, now=now)
        _forget_picture(session, article)
    article.withheld = article.retired_at is not None and bool(
        refusal_to_show(facts_in(present_facts(article))[0], agreements)
    )
    withhold_earlier(session, article, now=now)
    return earlier


def withhold_earlier(session: Session, article: Article, *, now: datetime) -> None:
    """Revisions that show more than is agreed to now, and addresses of theirs alone: that one led
    to the present text would tell who the firm is.
    """
    query = select(ArticleRevision).where(ArticleRevision.article_id == article.id)
    kept, agreements = session.scalars(query).all(), queries.agreements_of(article.id)
    for one in kept:
        one.withheld = refusal_to_show(facts_in(one.facts)[0], agreements) is not None
    open_to_all = {article.slug, *(one.facts["slug"] for one in kept if not one.withheld)}
    telling = {one.facts["slug"] for one in kept if one.withheld} - open_to_all
    had = select(ArticleAddress).where(ArticleAddress.article_id == article.id)
    for address in session.scalars(had):
        closed_at = address.closed_at or now
        address.closed_at = closed_at if address.slug in telling else None


def _say_again(
    session: Session, article: Article, earlier: ArticleRevision, *, by: int, now: datetime
) -> None:
    library, facts = Library(session), facts_in(earlier.facts)[0]
    if facts.slug != article.slug:
        rename(library, article, facts.slug, now=now)
    publication = Publication(Source.WEB, by=earlier.by_id, reviewed_by=by)
    publish_again(library, article, facts, publication, now=now)
    session.flush()


def _forget_picture(session: Session, article: Article) -> None:
    """At once: the worker draws another one where there is still something to show."""
    picture = session.get(ArticlePicture, article.id)
    if picture:
        file = picture.file
        session.delete(picture)
        session.flush()
        if file:
            let_go(file)

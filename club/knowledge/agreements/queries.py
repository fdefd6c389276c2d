from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from club.db import db
from club.knowledge.agreements.models import Agreement, AgreementState
from club.knowledge.agreements.rules import refusal_to_show, rests_on_agreement
from club.knowledge.article_rules import facts_in
from club.knowledge.editing.models import ArticleRevision, Draft
from club.knowledge.editing.queries import present_facts
from club.knowledge.facts import ArticleFacts
from club.knowledge.models import Article
from club.people.models import Employment, Organisation
from club.people.queries import employment_holds_on, telling_words
from club.web.pages import Page

_PER_PAGE = 20
#: What somebody is who speaks for a firm, where nothing else was entered; kept as it is.
REPRESENTATIVE = "Người đại diện"


def agreement_by_public_id(public_id: UUID) -> Agreement | None:
    return db.session.scalars(_whole().where(Agreement.public_id == public_id)).one_or_none()


def agreements_of(article_id: int) -> Sequence[Agreement]:
    """All that firms ever said of a published case, the latest first."""
    return db.session.scalars(_whole().where(Agreement.article_id == article_id)).all()


def agreements_behind(draft: Draft) -> Sequence[Agreement]:
    """The same of the case that a draft is, or is a change of."""
    about = [Agreement.draft_id == draft.id]
    if draft.article_id:
        about.append(Agreement.article_id == draft.article_id)
    return db.session.scalars(_whole().where(or_(*about))).all()


def agreements_about(text: Article | Draft) -> Sequence[Agreement]:
    return agreements_of(text.id) if isinstance(text, Article) else agreements_behind(text)


def facts_of(text: Article | Draft) -> ArticleFacts:
    """As it is published, or as it is being written."""
    return facts_in(present_facts(text) if isinstance(text, Article) else text.facts)[0]


def agreements_with(organisation_id: int) -> Sequence[Agreement]:
    """All that one firm was asked or said, the latest first."""
    query = _whole().where(
        Agreement.organisation_id == organisation_id, Agreement.state != AgreementState.MISTAKEN
    )
    return db.session.scalars(query).all()


def agreements_in(state: AgreementState, *, page: int = 1) -> Page[Agreement]:
    query = _whole().where(Agreement.state == state)
    rows = db.session.scalars(query.limit(_PER_PAGE).offset((page - 1) * _PER_PAGE)).all()
    return Page(list(rows), page, _PER_PAGE, numbers_by_state().get(state, 0))


def numbers_by_state() -> dict[AgreementState, int]:
    query = select(Agreement.state, func.count()).group_by(Agreement.state)
    return dict(db.session.execute(query).all())


def latest_that_may_be_shown(
    article: Article, agreements: Sequence[Agreement]
) -> ArticleRevision | None:
    """The last revision of the case that shows no more than what is agreed to."""
    query = (
        select(ArticleRevision)
        .where(ArticleRevision.article_id == article.id)
        .order_by(ArticleRevision.number.desc())
    )
    for one in db.session.scalars(query):
        facts = facts_in(one.facts)[0]
        if rests_on_agreement(facts) and refusal_to_show(facts, agreements) is None:
            return one
    return None


def text_asked_about(agreement: Agreement) -> Article | Draft:
    """What a firm reads before it answers: the draft while it is open, else what is published."""
    draft = db.session.get(Draft, agreement.draft_id) if agreement.draft_id else None
    if draft and (draft.is_open or agreement.article_id is None):
        return draft
    return db.session.get_one(Article, agreement.article_id)


def code_of_firm(text: Article | Draft) -> str | None:
    """Of the firm that a member's proposal is about, where the member works there."""
    if not isinstance(text, Draft) or text.organisation_id is None:
        return None
    return db.session.get_one(Organisation, text.organisation_id).code


def waiting_for_answer_of(person_id: int, *, on: date) -> Sequence[Agreement]:
    """What the club asks the firms that somebody speaks for, the latest first."""
    speaks = Employment.represents & employment_holds_on(on)
    firms = select(Employment.organisation_id).where(Employment.person_id == person_id, speaks)
    query = _whole().where(
        Agreement.state == AgreementState.ASKED, Agreement.organisation_id.in_(firms)
    )
    return db.session.scalars(query).all()


def position_of(person_id: int, agreement: Agreement, *, on: date) -> str:
    """What somebody is in the firm, as it was entered there."""
    query = select(Employment.position).where(
        Employment.person_id == person_id,
        Employment.organisation_id == agreement.organisation_id,
        employment_holds_on(on),
    )
    found = db.session.scalars(query.order_by(Employment.id.desc()).limit(1)).first()
    return found or REPRESENTATIVE


def names_of_firms(agreements: Iterable[Agreement]) -> set[str]:
    """Their whole names, and what tells each from others."""
    names = {one.organisation_name for one in agreements}
    return names | {" ".join(telling_words(name)) for name in names}


def texts_of(agreements: Iterable[Agreement]) -> dict[int, Article | Draft]:
    """What each is about: the published text where there is one, else the draft."""
    given = list(agreements)
    articles = {
        text.id: text
        for text in db.session.scalars(
            select(Article).where(Article.id.in_({one.article_id for one in given}))
        )
    }
    drafts = {
        draft.id: draft
        for draft in db.session.scalars(
            select(Draft).where(Draft.id.in_({one.draft_id for one in given}))
        )
    }
    return {
        one.id: articles[one.article_id] if one.article_id else drafts[one.draft_id or 0]
        for one in given
    }


def _whole() -> Select[Agreement]:
    return (
        select(Agreement)
        .options(joinedload(Agreement.organisation), joinedload(Agreement.scan))
        .order_by(Agreement.recorded_at.desc(), Agreement.id.desc())
    )

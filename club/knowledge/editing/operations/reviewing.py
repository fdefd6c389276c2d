"""Looking a draft over: remarks, sending back, publishing. Each function is one transaction."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club.db import transaction
from club.knowledge.agreements import following
from club.knowledge.article_rules import facts_in
from club.knowledge.editing import queries
from club.knowledge.editing.letters import tell_commented, tell_published, tell_returned
from club.knowledge.editing.models import Draft, DraftComment, Source
from club.knowledge.editing.operations.holding import (
    held_article,
    held_draft,
    refuse,
    step,
    write_down,
)
from club.knowledge.editing.publishing import Publication, publish_again, publish_new, rename
from club.knowledge.editing.rules import (
    EditingRefusal,
    Step,
    refusal_to_publish,
    refusal_to_review,
)
from club.knowledge.facts import ArticleFacts
from club.knowledge.models import Article
from club.knowledge.queries import known_keys
from club.knowledge.writing import Library
from club.refusal import RefusedError


def send_back(draft_id: int, reason: str | None, *, by: int, now: datetime) -> None:
    """The author has something to change first."""
    with transaction() as session:
        draft = held_draft(session, draft_id)
        hands = queries.writers_on(draft)
        refuse(refusal_to_review(Step.RETURN, draft.state, by=by, hands=hands))
        refuse(None if reason else EditingRefusal.NO_REASON, field="reason")
        step(session, draft, Step.RETURN, by=by, now=now, reason=reason)
        write_down("knowledge.return_draft", draft, by=by, now=now)
        tell_returned(draft, reason or "", now=now)


def publish(draft_id: int, *, by: int, now: datetime) -> Article:
    """Readers see it from now on."""
    with transaction() as session:
        draft = held_draft(session, draft_id)
        article = held_article(session, draft.article_id) if draft.article_id else None
        hands = queries.writers_on(draft)
        refuse(
            refusal_to_publish(
                draft.state,
                by=by,
                hands=hands,
                base_number=draft.base_number,
                present_number=article.revision if article else None,
            )
        )
        facts, faults = facts_in(draft.facts, known_keys())
        refuse(EditingRefusal.NOT_READY if faults else None)
        taken = queries.slug_is_taken(facts.slug, by_other_than=draft.article_id)
        refuse(EditingRefusal.TAKEN if taken else None)
        agreements = following.agreements_held(session, draft)
        refuse(following.refusal_to_publish(facts, agreements))
        try:
            article = _publish(session, draft, article, facts, by=by, now=now)
        except IntegrityError as taken:  # by another draft, published at the same moment
            raise RefusedError(EditingRefusal.TAKEN) from taken
        draft.article_id = article.id
        following.bind_to_article(session, draft, article, now=now)
        step(session, draft, Step.PUBLISH, by=by, now=now)
        write_down("knowledge.publish", article, by=by, now=now, revision=article.revision)
        tell_published(draft, article, now=now)
        return article


def comment(
    draft_id: int, text: str | None, *, answers: int | None, by: int, now: datetime
) -> DraftComment:
    """``answers``: the id of the remark that it answers."""
    with transaction() as session:
        draft = held_draft(session, draft_id)
        refuse(None if draft.is_open else EditingRefusal.NOT_NOW)
        refuse(None if text else EditingRefusal.NO_COMMENT, field="text")
        remark = DraftComment(draft_id=draft.id, answers_id=answers, text=text, at=now, by_id=by)
        session.add(remark)
        session.flush()
        tell_commented(draft, remark, now=now)
        return remark


def settle(comment_id: int, *, by: int, now: datetime) -> None:
    """What was remarked is done."""
    with transaction() as session:
        remark = session.get_one(DraftComment, comment_id, with_for_update=True)
        if remark.settled_at is None:
            remark.settled_at, remark.settled_by_id = now, by


def _publish(
    session: Session,
    draft: Draft,
    article: Article | None,
    facts: ArticleFacts,
    *,
    by: int,
    now: datetime,
) -> Article:
    library = Library(session)
    # A member's name is nobody's business unless the member wishes it, and the member is no check.
    author = draft.author_id if draft.proposer_id is None else None
    publication = Publication(
        # What a file says, taken over as it stands, is still the file's.
        source=Source.WEB if queries.hands_on(draft.id) else Source.FILE,
        note=draft.note,
        by=author,
        reviewed_by=by,
        checked_by=author if draft.proposer_id is None else by,
        draft_id=draft.id,
    )
    if article is None:
        return publish_new(library, facts, publication, now=now)
    if facts.slug != article.slug:
        rename(library, article, facts.slug, now=now)
    publish_again(library, article, facts, publication, now=now)
    return article

"""Writing: beginning a draft, saving it, handing it in. Each function is one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from club import clock
from club.db import transaction
from club.knowledge.editing import queries
from club.knowledge.editing.documents import blank, problems_with
from club.knowledge.editing.letters import tell_declined, tell_handed_in
from club.knowledge.editing.models import (
    OPEN,
    ArticleRevision,
    Draft,
    DraftCopy,
    DraftHand,
    Source,
    TextState,
)
from club.knowledge.editing.operations.holding import (
    add_step,
    article_at,
    held_draft,
    refuse,
    step,
    write_down,
)
from club.knowledge.editing.rules import (
    WRITABLE,
    EditingRefusal,
    Step,
    refusal_to_step,
)
from club.knowledge.facts import Document
from club.knowledge.models import Article, ArticleKind
from club.knowledge.queries import known_keys

#: Who saves again within this time has been writing all along.
REST = timedelta(minutes=30)


def begin(kind: ArticleKind, *, by: int, now: datetime) -> Draft:
    """A new text."""
    with transaction() as session:
        document = blank(kind, today=clock.local_day(now))
        return _add(session, None, document, base=None, by=by, now=now)


@dataclass(frozen=True)
class Told:
    """A case that a member tells. ``organisation_id``: the firm it is about, if the member works
    there. ``since``: when the club was told, if it knows already.
    """

    proposer_id: int
    organisation_id: int | None
    since: datetime | None = None


def begin_told(document: Document, told: Told, *, by: int, now: datetime) -> Draft:
    """A new case of what a member tells, whoever writes it."""
    with transaction() as session:
        draft = _add(session, None, document, base=None, by=by, now=now)
        draft.proposer_id, draft.organisation_id = told.proposer_id, told.organisation_id
        draft.proposed_at = told.since
        return draft


def begin_change(slug: str, *, by: int, now: datetime) -> Draft:
    """A change of what is published. Where somebody is at it already, that draft."""
    with transaction() as session:
        article = article_at(session, slug)
        return _open_draft(session, article) or _add_of_revision(
            session, article, article.revision, by=by, now=now
        )


def begin_restoring(slug: str, number: int, *, by: int, now: datetime) -> Draft:
    """A draft that says what an earlier revision said; refused while another one is open."""
    with transaction() as session:
        article = article_at(session, slug)
        refuse(EditingRefusal.BEING_CHANGED if _open_draft(session, article) else None)
        return _add_of_revision(session, article, number, by=by, now=now)


def save(
    draft_id: int, document: Document, *, note: str | None, seen: int, by: int, now: datetime
) -> Draft:
    """Keep what was typed, right or wrong. ``seen``: the version that it was typed into; refused
    where somebody else has saved a later one.
    """
    with transaction() as session:
        draft = held_draft(session, draft_id)
        refuse(None if draft.state in WRITABLE else EditingRefusal.WRITTEN_NO_MORE)
        if (document, note) == (draft.facts, draft.note):
            return draft
        if draft.version != seen:
            refuse(EditingRefusal.CHANGED_MEANWHILE)
        if draft.modified_by_id != by:
            _keep_copy(session, draft)
        draft.facts, draft.note = document, note
        draft.version += 1
        draft.modified_at, draft.modified_by_id = now, by
        _note_hand(session, draft, by=by, now=now)
        return draft


def hand_in(draft_id: int, *, compared_with: int | None = None, by: int, now: datetime) -> None:
    """Ask for a review. ``compared_with``: the revision that the writer knows to be the published
    one; unsaid, the one that the draft began from.
    """
    with transaction() as session:
        draft = held_draft(session, draft_id)
        refuse(refusal_to_step(Step.HAND_IN, draft.state))
        _refuse_unseen(session, draft, compared_with or draft.base_number)
        refuse(None if draft.note else EditingRefusal.NO_NOTE, field="note")
        refuse(EditingRefusal.NOT_READY if problems_with(draft.facts, known=known_keys()) else None)
        taken = queries.slug_is_taken(draft.facts["slug"], by_other_than=draft.article_id)
        refuse(EditingRefusal.TAKEN if taken else None, field="slug")
        ask_for_review(session, draft, by=by, now=now)


def ask_for_review(session: Session, draft: Draft, *, by: int, now: datetime) -> None:
    """A held draft waits for a review, in the caller's transaction."""
    if draft.article_id:
        draft.base_number = session.get_one(Article, draft.article_id).revision
    if draft.proposer_id and draft.proposed_at is None:
        draft.proposed_at = now
    step(session, draft, Step.HAND_IN, by=by, now=now)
    write_down("knowledge.hand_in", draft, by=by, now=now)
    tell_handed_in(draft, by=by, now=now)


def take_back(draft_id: int, *, by: int, now: datetime) -> None:
    """Write on, instead of waiting for a review."""
    with transaction() as session:
        step(session, held_draft(session, draft_id), Step.TAKE_BACK, by=by, now=now)


def discard(draft_id: int, *, reason: str | None = None, by: int, now: datetime) -> None:
    """The draft is kept, and nothing becomes of it. The member who proposed it is told why."""
    with transaction() as session:
        draft = held_draft(session, draft_id)
        declined = draft.proposer_id is not None and queries.account_of_proposer(draft) != by
        refuse(refusal_to_step(Step.DISCARD, draft.state))
        refuse(EditingRefusal.NO_GROUND if declined and not reason else None, field="reason")
        step(session, draft, Step.DISCARD, by=by, now=now, reason=reason)
        write_down("knowledge.discard_draft", draft, by=by, now=now)
        if declined:
            tell_declined(draft, reason or "", now=now)


def _refuse_unseen(session: Session, draft: Draft, known: int | None) -> None:
    """What was published meanwhile would be written over by somebody who never saw it."""
    present = session.get_one(Article, draft.article_id).revision if draft.article_id else known
    refuse(EditingRefusal.MOVED_ON if present != known else None)


def _open_draft(session: Session, article: Article) -> Draft | None:
    query = select(Draft).where(
        Draft.article_id == article.id, Draft.source == Source.WEB, Draft.state.in_(OPEN)
    )
    return session.scalars(query).one_or_none()


def _add_of_revision(
    session: Session, article: Article, number: int, *, by: int, now: datetime
) -> Draft:
    query = select(ArticleRevision.facts).where(
        ArticleRevision.article_id == article.id, ArticleRevision.number == number
    )
    document = session.scalars(query).one() | {"slug": article.slug}
    return _add(session, article, document, base=article.revision, by=by, now=now)


def _add(
    session: Session,
    article: Article | None,
    document: Document,
    *,
    base: int | None,
    by: int,
    now: datetime,
) -> Draft:
    draft = Draft(
        article_id=article.id if article else None,
        base_number=base,
        facts=document,
        source=Source.WEB,
        state=TextState.DRAFT,
        created_at=now,
        modified_at=now,
        author_id=by,
        modified_by_id=by,
    )
    session.add(draft)
    session.flush()
    _note_hand(session, draft, by=by, now=now)
    add_step(session, draft, by=by, now=now)
    return draft


def _keep_copy(session: Session, draft: Draft) -> None:
    session.add(
        DraftCopy(
            draft_id=draft.id,
            version=draft.version,
            facts=draft.facts,
            saved_at=draft.modified_at,
            by_id=draft.modified_by_id,
        )
    )


def _note_hand(session: Session, draft: Draft, *, by: int, now: datetime) -> None:
    hand = session.get(DraftHand, (draft.id, by))
    if hand is None:
        session.add(DraftHand(draft_id=draft.id, account_id=by, since=now, saved_at=now))
        return
    if now - hand.saved_at > REST:
        hand.since = now
    hand.saved_at = now

"""Recording what firms agree to, and what they take back. Each function is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from club.audit.operations import record as write_entry
from club.clock import local_day
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.knowledge.agreements import following
from club.knowledge.agreements.letters import tell_of
from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.agreements.queries import facts_of
from club.knowledge.agreements.rules import AgreementRefusal, less_than, rests_on_agreement
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations.holding import held_article, refuse
from club.knowledge.models import Article
from club.people.queries import organisation_by_code

_S = AgreementState


@dataclass(frozen=True)
class Firm:
    """By its code on the site, or by a name alone."""

    code: str | None
    name: str | None


@dataclass(frozen=True)
class Word:
    """What somebody said for a firm."""

    extent: Extent
    words: str | None
    given_on: date | None
    given_by: str | None
    role: str | None


@dataclass(frozen=True)
class Withdrawal:
    reason: str | None
    #: What the firm still agrees to; ``None``: nothing.
    left: Extent | None = None


def record(
    text: Article | Draft,
    firm: Firm,
    word: Word,
    *,
    scan: ReceivedFile | None,
    by: int,
    now: datetime,
) -> Agreement:
    """What a firm agreed to elsewhere: on paper, by letter."""
    with transaction() as session:
        agreement = about(text, firm, by=by, now=now)
        refuse(None if word.words else AgreementRefusal.NO_WORDS, field="words")
        refuse(None if word.given_by else AgreementRefusal.NO_GIVER, field="given_by")
        refuse(None if word.role else AgreementRefusal.NO_ROLE, field="given_by_role")
        day = word.given_on if word.given_on and word.given_on <= local_day(now) else None
        refuse(None if day else AgreementRefusal.NOT_YET, field="given_on")
        agreement.state = _S.GIVEN
        agreement.named, agreement.with_figures = word.extent
        agreement.words, agreement.given_on = word.words, day
        agreement.given_by, agreement.given_by_role = word.given_by, word.role
        agreement.scan_id = id_of_file(scan, by=by, now=now) if scan else None
        session.add(agreement)
        session.flush()
        follow(session, agreement, by=by, now=now)
        write_down("knowledge.record_agreement", agreement, by=by, now=now)
        tell_of(agreement, by=by, now=now)
        return agreement


def withdraw(agreement_id: int, withdrawal: Withdrawal, *, by: int, now: datetime) -> Agreement:
    """The firm takes its word back, or a part of it: what is public follows at once."""
    with transaction() as session:
        agreement = held(session, agreement_id)
        refuse(None if agreement.state is _S.GIVEN else AgreementRefusal.OVER)
        refuse(None if withdrawal.reason else AgreementRefusal.NO_REASON, field="reason")
        left = withdrawal.left
        if left and left not in less_than(agreement.extent):
            refuse(AgreementRefusal.NOT_LESS, field="left")
        end(agreement, _S.WITHDRAWN, withdrawal.reason, by=by, now=now)
        if left:
            session.add(_lesser(agreement, left, by=by, now=now))
        session.flush()
        follow(session, agreement, by=by, now=now)
        write_down("knowledge.withdraw_agreement", agreement, by=by, now=now, left=left)
        tell_of(agreement, by=by, now=now)
        return agreement


def strike_out(agreement_id: int, reason: str | None, *, by: int, now: datetime) -> Agreement:
    """It was recorded by mistake and counts for nothing."""
    with transaction() as session:
        agreement = held(session, agreement_id)
        refuse(None if agreement.state is _S.GIVEN else AgreementRefusal.OVER)
        refuse(None if reason else AgreementRefusal.NO_REASON, field="reason")
        end(agreement, _S.MISTAKEN, reason, by=by, now=now)
        session.flush()
        follow(session, agreement, by=by, now=now)
        write_down("knowledge.strike_out_agreement", agreement, by=by, now=now)
        tell_of(agreement, by=by, now=now)
        return agreement


def held(session: Session, agreement_id: int) -> Agreement:
    """The agreement, while nobody else changes it or the case. The case is held first, as it is
    where somebody publishes it.
    """
    article_id = session.get_one(Agreement, agreement_id).article_id
    if article_id:
        held_article(session, article_id)
    return session.get_one(Agreement, agreement_id, with_for_update=True, populate_existing=True)


def write_down(
    action: str, agreement: Agreement, *, by: int, now: datetime, left: Extent | None = None
) -> None:
    """An entry in the log of decisions."""
    detail: dict[str, object] = {
        "organisation": agreement.organisation_name,
        "named": agreement.named,
        "with_figures": agreement.with_figures,
        "reason": agreement.reason,
    }
    if left:
        detail["left"] = {"named": left.named, "with_figures": left.figures}
    write_entry(
        action,
        subject_kind="agreement",
        subject_id=agreement.public_id,
        by=by,
        now=now,
        detail=detail,
    )


def about(text: Article | Draft, firm: Firm, *, by: int, now: datetime) -> Agreement:
    """A new row about the text, which has to be a case that rests on an agreement."""
    refuse(None if rests_on_agreement(facts_of(text)) else AgreementRefusal.NO_CASE)
    organisation = organisation_by_code(firm.code) if firm.code else None
    if firm.code and organisation is None:
        refuse(AgreementRefusal.UNKNOWN_CODE, field="code")
    name = organisation.name if organisation else firm.name
    refuse(None if name else AgreementRefusal.NO_FIRM, field="name")
    article_id = text.id if isinstance(text, Article) else text.article_id
    return Agreement(
        article_id=article_id,
        draft_id=text.id if isinstance(text, Draft) else None,
        organisation_id=organisation.id if organisation else None,
        organisation_name=name,
        recorded_at=now,
        recorded_by_id=by,
    )


def _lesser(agreement: Agreement, left: Extent, *, by: int, now: datetime) -> Agreement:
    return Agreement(
        article_id=agreement.article_id,
        draft_id=agreement.draft_id,
        organisation_id=agreement.organisation_id,
        organisation_name=agreement.organisation_name,
        state=_S.GIVEN,
        named=left.named,
        with_figures=left.figures,
        words=agreement.reason,
        given_on=local_day(now),
        given_by=agreement.given_by,
        given_by_role=agreement.given_by_role,
        given_by_id=agreement.given_by_id,
        recorded_at=now,
        recorded_by_id=by,
    )


def end(
    agreement: Agreement, state: AgreementState, reason: str | None, *, by: int, now: datetime
) -> None:
    agreement.state, agreement.reason = state, reason
    agreement.ended_at, agreement.ended_by_id = now, by


def follow(session: Session, agreement: Agreement, *, by: int, now: datetime) -> None:
    if agreement.article_id:
        article = held_article(session, agreement.article_id)
        following.follow_agreements(session, article, by=by, now=now)

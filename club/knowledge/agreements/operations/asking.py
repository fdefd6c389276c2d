"""Asking a firm, and what it answers on the site. Each function is one transaction."""

from dataclasses import dataclass
from datetime import datetime

from club.accounts.email_address import normal_email
from club.accounts.models import Account
from club.accounts.queries import account_by_email
from club.clock import local_day
from club.db import transaction
from club.knowledge.agreements import queries
from club.knowledge.agreements.letters import tell_of
from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.agreements.operations.recording import (
    Firm,
    about,
    end,
    follow,
    held,
    write_down,
)
from club.knowledge.agreements.rules import AgreementRefusal
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations.holding import refuse
from club.knowledge.models import Article
from club.people.queries import organisations_represented_by, representatives_of

_S = AgreementState


@dataclass(frozen=True)
class Whom:
    """The firm by its code, or by the e-mail address of an account that speaks for it."""

    code: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Asked:
    extent: Extent
    #: What the club writes to the firm.
    words: str | None


def ask(text: Article | Draft, whom: Whom, asked: Asked, *, by: int, now: datetime) -> Agreement:
    """All who speak for the firm on the site are told, and answer there."""
    with transaction() as session:
        agreement = about(text, Firm(_code_of(whom, now=now), None), by=by, now=now)
        firm = agreement.organisation_id or 0
        speakers = representatives_of(firm, on=local_day(now))
        refuse(None if speakers else AgreementRefusal.NOBODY_TO_ASK, field="code")
        waits = any(
            one.state is _S.ASKED and one.organisation_id == firm
            for one in queries.agreements_about(text)
        )
        refuse(AgreementRefusal.ASKED_ALREADY if waits else None, field="code")
        agreement.state, agreement.words = _S.ASKED, asked.words
        agreement.named, agreement.with_figures = asked.extent
        session.add(agreement)
        session.flush()
        write_down("knowledge.ask_for_agreement", agreement, by=by, now=now)
        tell_of(agreement, by=by, now=now)
        return agreement


def give(
    agreement_id: int, extent: Extent, words: str | None, *, by: int, now: datetime
) -> Agreement:
    """Who speaks for the firm agrees, to as much as is chosen here."""
    with transaction() as session:
        agreement = held(session, agreement_id)
        refuse(None if agreement.state is _S.ASKED else AgreementRefusal.OVER)
        refuse(None if words else AgreementRefusal.NO_WORDS, field="words")
        person, today = session.get_one(Account, by).person, local_day(now)
        role = queries.position_of(person.id, agreement, on=today)
        agreement.state, agreement.words = _S.GIVEN, words
        agreement.named, agreement.with_figures = extent
        agreement.given_on, agreement.given_by_id = today, by
        agreement.given_by, agreement.given_by_role = person.full_name, role
        session.flush()
        follow(session, agreement, by=by, now=now)
        write_down("knowledge.give_agreement", agreement, by=by, now=now)
        tell_of(agreement, by=by, now=now)
        return agreement


def decline(agreement_id: int, reason: str | None, *, by: int, now: datetime) -> Agreement:
    with transaction() as session:
        agreement = held(session, agreement_id)
        refuse(None if agreement.state is _S.ASKED else AgreementRefusal.OVER)
        refuse(None if reason else AgreementRefusal.NO_REASON, field="reason")
        end(agreement, _S.DECLINED, reason, by=by, now=now)
        write_down("knowledge.decline_agreement", agreement, by=by, now=now)
        tell_of(agreement, by=by, now=now)
        return agreement


def _code_of(whom: Whom, *, now: datetime) -> str:
    if not whom.email:
        refuse(None if whom.code else AgreementRefusal.NO_CODE, field="code")
        return whom.code or ""
    account = account_by_email(normal_email(whom.email))
    firms = (
        organisations_represented_by(account.person_id, on=local_day(now))
        if account and account.active
        else []
    )
    codes = [firm.code for firm in firms if whom.code in {None, firm.code}]
    refuse(None if codes else AgreementRefusal.NO_SPEAKER, field="email")
    refuse(AgreementRefusal.SEVERAL_FIRMS if len(codes) > 1 else None, field="code")
    return codes[0]

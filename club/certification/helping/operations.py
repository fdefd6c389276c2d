"""Asking for help, and each step of it. Every step is a row, and written about in its
transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from club.accounts.models import Account
from club.accounts.readers import reader
from club.certification.helping import letters, queries, rules
from club.certification.helping.models import HelpRequest, HelpState, HelpStep, HelpStepKind
from club.certification.helping.parties import parties_in
from club.certification.helping.rules import Asking, HelpRefusal, Party
from club.certification.models import Expert
from club.certification.register.queries import listed_as
from club.clock import local_day
from club.db import db, transaction
from club.membership.queries import is_member
from club.people.models import Person
from club.people.queries import organisation_by_code, represents
from club.refusal import RefusedError

#: In these the expert of the request has a part in it.
_WITH_AN_EXPERT = {HelpState.WITH_EXPERT, HelpState.WITH_ASKER, HelpState.UNDER_WAY}


@dataclass(frozen=True)
class Question:
    problem: str
    place: str
    #: When, in words.
    time: str
    tool_key: str | None = None
    sector: str | None = None
    #: ``None``: for oneself, as a member.
    organisation_code: str | None = None
    #: ``None``: the club is to find somebody.
    expert_code: str | None = None


@dataclass(frozen=True)
class Taken:
    """What somebody does with a request."""

    kind: HelpStepKind
    words: str | None = None
    #: Of an outcome: the page on this site of what came of it.
    led_to: str | None = None


def ask(question: Question, *, by: int, now: datetime) -> HelpRequest:
    """Raises ``RefusedError`` with the form's field, where one can be mended."""
    with transaction() as session:
        account = session.get_one(Account, by)
        # Two requests at once of one person count each other.
        session.get_one(Person, account.person_id, with_for_update=True)
        organisation_id = _organisation(question, account, now=now)
        expert = _expert(question.expert_code) if question.expert_code else None
        counted = queries.numbers_of(account.person_id, organisation_id, now=now)
        asking = Asking(*counted) if expert is None else _asking(expert, account, counted, now=now)
        _refuse(rules.refusal_to_ask(asking), "expert" if expert else None)
        tool = queries.tool_by_key(question.tool_key) if question.tool_key else None
        kind = HelpStepKind.ASKED if expert else HelpStepKind.ASKED_CLUB
        request = HelpRequest(
            person_id=account.person_id,
            organisation_id=organisation_id,
            expert=expert,
            problem=question.problem,
            tool=tool,
            sector=question.sector,
            place=question.place,
            time=question.time,
            state=rules.TRANSITIONS[kind].after,
            state_since=now,
            asked_at=now,
        )
        session.add(request)
        session.flush()
        _write(session, request, HelpStep(kind=kind, expert=expert, by_id=by, at=now))
        return request


def take_step(request_id: int, taken: Taken, *, by: int, now: datetime) -> HelpRequest:
    """Whoever may: see ``rules.TRANSITIONS``. Of two at once the second one is refused."""
    with transaction() as session:
        request, account = _held(session, request_id), session.get_one(Account, by)
        parties = parties_in(account, request)
        refusal = rules.refusal_to_take(taken.kind, request.state, by=parties, words=taken.words)
        if refusal:
            raise RefusedError(refusal[0], field=refusal[1])
        accepts = taken.kind in {HelpStepKind.ACCEPTED, HelpStepKind.ASKED_BACK}
        if accepts and not _is_listed(account.person_id, now=now):
            raise RefusedError(HelpRefusal.ENTRY_ENDED)
        request.led_to = taken.led_to
        _go_on(session, request, taken, by=by, now=now)
        return request


def pass_to(
    request_id: int, expert_code: str, *, words: str | None, by: int, now: datetime
) -> HelpRequest:
    """The club asks an expert, in place of whoever was to answer."""
    with transaction() as session:
        request, account = _held(session, request_id), session.get_one(Account, by)
        expert = _expert(expert_code)
        refusal = rules.refusal_to_take(
            HelpStepKind.PASSED, request.state, by=parties_in(account, request), words=words
        )
        if refusal:
            raise RefusedError(refusal[0], field=refusal[1])
        asker = request.person
        asking = _asking(expert, asker, (0, 0), now=now)
        _refuse(rules.refusal_of_expert(asking), "expert")
        former = request.expert if request.state in _WITH_AN_EXPERT else None
        request.expert = expert
        try:
            with session.begin_nested():
                session.flush()
        except IntegrityError as taken:
            raise RefusedError(HelpRefusal.ASKED_ALREADY, field="expert") from taken
        step = _go_on(session, request, Taken(HelpStepKind.PASSED, words), by=by, now=now)
        if former:
            letters.tell_passed_by(request, step, former, now=now)
        return request


def take_from_those_who_left(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Requests to experts whose entry ended go to the club; returns how many."""
    gone, moved = [], 0
    for request_id, person_id in queries.with_experts():
        if not _is_listed(person_id, now=now):
            gone.append(request_id)
    db.session.rollback()
    for request_id in gone:
        if stopped():
            break
        with transaction() as session:
            request = _held(session, request_id)
            kind = HelpStepKind.EXPERT_LEFT
            if request.state in rules.TRANSITIONS[kind].before:
                _go_on(session, request, Taken(kind), by=None, now=now)
                moved += 1
    return moved


def remind(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write to whoever's turn it has been for long; returns to how many."""
    waiting, written = queries.in_one_turn_for_long(now=now), 0
    db.session.rollback()
    for request_id in waiting:
        if stopped():
            break
        with transaction() as session:
            request = _held(session, request_id)
            if rules.reminder_is_due(
                request.state,
                since=request.state_since,
                reminded_at=queries.last_reminded(request_id),
                now=now,
            ):
                step = HelpStep(kind=HelpStepKind.REMINDED, expert=request.expert, at=now)
                _keep(session, request, step)
                letters.remind(request, step, now=now)
                written += 1
    return written


def _organisation(question: Question, account: Account, *, now: datetime) -> int | None:
    """For which organisation the account may ask; ``None``: as a member, for oneself."""
    today = local_day(now)
    if question.organisation_code is None:
        if not is_member(account.person_id, on=today):
            raise RefusedError(HelpRefusal.NOT_A_MEMBER, field="organisation")
        return None
    organisation = organisation_by_code(question.organisation_code)
    if organisation is None or not represents(account.person_id, organisation.id, on=today):
        raise RefusedError(HelpRefusal.NOT_YOUR_ORGANISATION, field="organisation")
    return organisation.id


def _expert(code: str) -> Expert:
    expert = queries.expert_by_code(code)
    if expert is None:
        raise RefusedError(HelpRefusal.NOT_LISTED, field="expert")
    return expert


def _asking(
    expert: Expert, asker: Account | Person, counted: tuple[int, int], *, now: datetime
) -> Asking:
    asker_id = asker.person_id if isinstance(asker, Account) else asker.id
    person = letters.person_of(expert)
    listed = listed_as(expert.person_id, on=local_day(now))
    return Asking(
        *counted,
        is_oneself=person.id == asker_id,
        is_listed=listed is not None,
        is_welcome=listed is not None and listed.can_be_asked and reader(person.id).signs_in,
        asked_already=queries.is_asking(asker_id, expert.id),
        waiting_for_expert=queries.waiting_for(expert.id),
    )


def _is_listed(person_id: int, *, now: datetime) -> bool:
    listed = listed_as(person_id, on=local_day(now))
    return listed is not None and listed.is_valid


def _refuse(refusal: HelpRefusal | None, field: str | None) -> None:
    if refusal:
        raise RefusedError(refusal, field=field)


def _held(session: Session, request_id: int) -> HelpRequest:
    """So that nobody else takes a step before the transaction ends."""
    return session.get_one(HelpRequest, request_id, with_for_update=True, populate_existing=True)


def _go_on(
    session: Session, request: HelpRequest, taken: Taken, *, by: int | None, now: datetime
) -> HelpStep:
    before = request.state
    request.state, request.state_since = rules.TRANSITIONS[taken.kind].after, now
    concerned = request.state in _WITH_AN_EXPERT or before in _WITH_AN_EXPERT
    step = HelpStep(
        kind=taken.kind,
        expert=request.expert if concerned else None,
        words=taken.words,
        at=now,
        by_id=by,
    )
    if request.state is HelpState.WITH_CLUB:
        request.expert = None
    _write(session, request, step)
    return step


def _write(session: Session, request: HelpRequest, step: HelpStep) -> None:
    account = session.get_one(Account, step.by_id) if step.by_id else None
    by = parties_in(account, request) if account else {Party.TIME}
    _keep(session, request, step)
    letters.tell_of(request, step, by=by, now=step.at)
    if request.state is HelpState.WITH_CLUB and Party.CLUB not in by:
        letters.tell_desk(request, step, now=step.at)


def _keep(session: Session, request: HelpRequest, step: HelpStep) -> None:
    step.state = request.state
    request.steps.append(step)
    session.flush()

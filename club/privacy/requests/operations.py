"""Asking, extending and deciding. Each step is a row, an entry of the log and a letter."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from club import clock
from club.audit import operations as audit
from club.db import transaction
from club.people.models import Person
from club.privacy import letters
from club.privacy.requests import queries, rules
from club.privacy.requests.models import (
    IdentityCheck,
    PrivacyRequest,
    PrivacyRequestStep,
    RequestChannel,
    RequestKind,
    RequestState,
    RequestStep,
)
from club.privacy.requests.rules import RequestRefusal
from club.refusal import RefusedError


@dataclass(frozen=True)
class Wish:
    kind: RequestKind
    words: str
    instead: str | None = None
    #: Of an erasure.
    keeps_certificates: bool | None = None


@dataclass(frozen=True)
class Receipt:
    """How a request came that somebody of staff enters."""

    channel: RequestChannel
    identity_check: IdentityCheck
    received_on: date
    by: int


def ask(person_id: int, wish: Wish, *, now: datetime) -> PrivacyRequest:
    """The person asks on the site. Raises ``RefusedError`` while the same is being decided."""
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update=True)
        if queries.open_request(person_id, wish.kind):
            raise RefusedError(RequestRefusal.ASKED_ALREADY)
        request = _requested(session, person_id, wish, at=now, now=now)
        _note(session, request, RequestStep.ASKED, by=None, reason=None, now=now)
        return request


def enter(person_id: int, wish: Wish, receipt: Receipt, *, now: datetime) -> PrivacyRequest:
    """The person asked in another way, perhaps without an account. The days count from the day of
    receipt.

    Raises ``RefusedError`` (field ``received_on`` for a day that cannot be).
    """
    with transaction() as session:
        today = clock.local_day(now)
        refusal = rules.refusal_of_receipt(receipt.received_on, today=today)
        if refusal:
            raise RefusedError(refusal, field="received_on")
        session.get_one(Person, person_id, with_for_update=True)
        if queries.open_request(person_id, wish.kind):
            raise RefusedError(RequestRefusal.ENTERED_ALREADY)
        was_today = receipt.received_on == today
        at = now if was_today else clock.instant_of(receipt.received_on, time(12))
        request = _requested(session, person_id, wish, at=at, now=now)
        request.channel, request.entered_by_id = receipt.channel, receipt.by
        request.identity_check = receipt.identity_check
        _note(session, request, RequestStep.ASKED, by=receipt.by, reason=None, now=now)
        return request


def confirm(request_id: int, *, by: int, now: datetime) -> None:
    """Staff told the person, whom no letter reaches, that the request has come."""
    with transaction() as session:
        request = _locked(session, request_id)
        refusal = rules.refusal_to_confirm(request)
        if refusal:
            raise RefusedError(refusal)
        request.confirmed_on = clock.local_day(now)
        audit.record(
            "privacy.request_confirmed",
            subject_kind="privacy_request",
            subject_id=request.public_id,
            by=by,
            now=now,
        )


def withdraw(request_id: int, *, now: datetime) -> None:
    """The person does not want it any more."""
    with transaction() as session:
        request = _locked(session, request_id)
        _close(session, request, RequestState.WITHDRAWN, by=None, reason=None, now=now)


def extend(request_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Once, by as many days as the law gave in the first place."""
    with transaction() as session:
        request = _locked(session, request_id)
        refusal = rules.refusal_to_extend(request, today=clock.local_day(now))
        if refusal:
            raise RefusedError(refusal)
        _need_reason(reason)
        request.due_on = rules.due_on(request.kind, asked_on=request.due_on)
        _note(session, request, RequestStep.EXTENDED, by=by, reason=reason, now=now)


def grant(request_id: int, *, reason: str, by: int, now: datetime) -> None:
    """``reason``: what was done, in words for the person. Erasures are granted by ``erasing``."""
    with transaction() as session:
        refusal = rules.refusal_to_grant(_locked(session, request_id))
        if refusal:
            raise RefusedError(refusal)
        _decide(request_id, RequestState.GRANTED, reason=reason, by=by, now=now)


def refuse(request_id: int, *, reason: str, by: int, now: datetime) -> None:
    _decide(request_id, RequestState.REFUSED, reason=reason, by=by, now=now)


def _requested(
    session: Session, person_id: int, wish: Wish, *, at: datetime, now: datetime
) -> PrivacyRequest:
    request = PrivacyRequest(
        person_id=person_id,
        kind=wish.kind,
        words=wish.words,
        instead=wish.instead,
        keeps_certificates=wish.keeps_certificates,
        asked_at=at,
        due_on=rules.due_on(wish.kind, asked_on=clock.local_day(at)),
        confirmed_on=clock.local_day(now) if letters.reaches(person_id) else None,
    )
    session.add(request)
    return request


def _decide(request_id: int, state: RequestState, *, reason: str, by: int, now: datetime) -> None:
    with transaction() as session:
        request = _locked(session, request_id)
        _need_reason(reason, unless=rules.refusal_to_close(request))
        _close(session, request, state, by=by, reason=reason, now=now)


def _close(
    session: Session,
    request: PrivacyRequest,
    state: RequestState,
    *,
    by: int | None,
    reason: str | None,
    now: datetime,
) -> None:
    refusal = rules.refusal_to_close(request)
    if refusal:
        raise RefusedError(refusal)
    request.state, request.closed_at = state, now
    _note(session, request, RequestStep(state.value), by=by, reason=reason, now=now)


def _note(
    session: Session,
    request: PrivacyRequest,
    step: RequestStep,
    *,
    by: int | None,
    reason: str | None,
    now: datetime,
) -> None:
    session.add(PrivacyRequestStep(request=request, step=step, at=now, by_id=by, reason=reason))
    session.flush()
    letters.say_step(request, step, reason=reason, now=now)
    if by is not None:
        audit.record(
            f"privacy.request_{step.value}",
            subject_kind="privacy_request",
            subject_id=request.public_id,
            by=by,
            now=now,
        )


def _need_reason(reason: str, *, unless: RequestRefusal | None = None) -> None:
    refusal = rules.refusal_of_reason(reason) if unless is None else None
    if refusal:
        raise RefusedError(refusal, field="reason")


def _locked(session: Session, request_id: int) -> PrivacyRequest:
    return session.get_one(PrivacyRequest, request_id, with_for_update=True, populate_existing=True)

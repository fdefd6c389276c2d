"""Erasing somebody's data: every room empties what it keeps, in one transaction, once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, null, or_, select, update
from sqlalchemy.orm import Session

from club.accounts.models import Account
from club.accounts.readers import reader
from club.audit import operations as audit
from club.audit.models import AuditEntry
from club.db import db, transaction
from club.people.models import Person
from club.privacy import letters, queries
from club.privacy.requests import rules
from club.privacy.requests.models import (
    PrivacyRequest,
    PrivacyRequestStep,
    RequestState,
    RequestStep,
)
from club.refusal import RefusedError
from club.web.personal_data import Erasure, PersonalPart, Whose, personal_parts


@dataclass(frozen=True)
class RoomLoss:
    """What one room keeps of somebody now."""

    part: PersonalPart
    rows: int


def losses(somebody: Whose) -> list[RoomLoss]:
    """What an erasure reaches, room by room; rooms that know nothing of the person are left out."""
    found = [
        RoomLoss(
            part,
            sum(
                _number_of(part, table, entry)
                for entry in queries.entries_of(somebody)
                for table in part.rows
            ),
        )
        for part in personal_parts()
        if part.kept
    ]
    return [loss for loss in found if loss.rows]


def hindrances(somebody: Whose) -> list[StrEnum]:
    """What has to be seen to before, in the words of the rooms."""
    return list(_hindrances(somebody))


def erase(request_id: int, *, by: int, now: datetime) -> None:
    """Grant a request for erasure by doing it. Doing it twice is refused, since it is closed then.

    Raises ``RefusedError`` while a room cannot let go. Nothing about the person goes into the log.
    """
    with transaction() as session:
        request = session.get_one(
            PrivacyRequest, request_id, with_for_update=True, populate_existing=True
        )
        refusal = rules.refusal_to_erase(request)
        if refusal:
            raise RefusedError(refusal)
        person = session.get_one(Person, request.person_id, with_for_update=True)
        somebody = queries.whose(person.id)
        for hindrance in _hindrances(somebody):
            raise RefusedError(hindrance)
        last_reader = reader(person.id)
        for entry in queries.entries_of(somebody):
            _empty(session, entry, request, by=by, now=now)
        letters.say_erased(last_reader, request, now=now)
        _close(session, request, by=by, now=now)


def _empty(
    session: Session, entry: Whose, request: PrivacyRequest, *, by: int, now: datetime
) -> None:
    person = session.get_one(Person, entry.person_id, with_for_update=True)
    _forget_in_the_log(session, person, entry)
    erasure = _erasure(session, person, request, entry, by=by, now=now)
    for part in reversed(personal_parts()):
        part.erase(erasure)


def _erasure(
    session: Session,
    person: Person,
    request: PrivacyRequest,
    somebody: Whose,
    *,
    by: int,
    now: datetime,
) -> Erasure:
    account = session.get(Account, somebody.account_id) if somebody.account_id else None
    addresses = {person.email, account.email if account else None} - {None}
    return Erasure(
        somebody,
        full_name=person.full_name,
        addresses=[address for address in addresses if address],
        keeps_certificates=bool(request.keeps_certificates),
        by=by,
        now=now,
    )


def _hindrances(somebody: Whose) -> Iterator[StrEnum]:
    for entry in queries.entries_of(somebody):
        for part in personal_parts():
            hindrance = part.hinders(entry)
            if hindrance:
                yield hindrance


def _number_of(part: PersonalPart, table: str, somebody: Whose) -> int:
    rows = part.rows[table](somebody).order_by(None)
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _forget_in_the_log(session: Session, person: Person, somebody: Whose) -> None:
    """Who decided when stays; reasons and what else was written there about the person goes, also
    from entries about other things that name the person.
    """
    names_person = AuditEntry.detail["person"].as_string() == str(person.public_id)
    session.execute(
        update(AuditEntry)
        .where(or_(queries.is_about(somebody), names_person))
        .values(detail=null()),
        execution_options={"synchronize_session": False},
    )


def _close(session: Session, request: PrivacyRequest, *, by: int, now: datetime) -> None:
    session.refresh(request)
    request.state, request.closed_at = RequestState.GRANTED, now
    session.add(
        PrivacyRequestStep(request_id=request.id, step=RequestStep.GRANTED, at=now, by_id=by)
    )
    session.flush()
    audit.record(
        "privacy.erase",
        subject_kind="privacy_request",
        subject_id=request.public_id,
        by=by,
        now=now,
    )

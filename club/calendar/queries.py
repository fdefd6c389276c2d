"""The addresses: whose they are, and whether they still work."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Row,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import joinedload

from club import clock
from club.accounts.models import AccessEnd, Account, RoleName
from club.calendar.models import CalendarFeed, FeedKind
from club.calendar.rules import FeedLife, feed_answers
from club.db import db
from club.membership.models import Membership, MembershipEvent, MembershipEventKind
from club.people.models import Employment, Organisation


@dataclass(frozen=True)
class Address:
    """What answering under an address needs to know of it."""

    id: int
    kind: FeedKind
    person_id: int
    organisation_id: int | None
    organisation: str | None
    language: str


def _goes_on(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """An end that was decided counts from its last day on, as for memberships."""
    return or_(Employment.to_day.is_(None), Employment.to_day > today)


_TODAY: BindParameter[date] = bindparam("today", type_=Date())
#: The role that an address needs; none for a person's own.
_ROLE = case(
    (CalendarFeed.kind == FeedKind.TEACHING, literal(RoleName.TRAINER.value)),
    (CalendarFeed.kind == FeedKind.ORGANISATION, literal(RoleName.REPRESENTATIVE.value)),
)
_ACCESS_ENDED_AT = (
    select(func.max(AccessEnd.at))
    .where(
        AccessEnd.account_id == Account.id, or_(AccessEnd.role.is_(None), AccessEnd.role == _ROLE)
    )
    .correlate(Account, CalendarFeed)
    .scalar_subquery()
)
#: Of the person, or of the organisation that the address is about.
_ENDED_MEMBERSHIPS = and_(
    or_(
        Membership.person_id == CalendarFeed.person_id,
        Membership.organisation_id == Employment.organisation_id,
    ),
    Membership.to_day <= _TODAY,
)
_MEMBERSHIP_ENDED_ON = (
    select(func.max(Membership.to_day))
    .where(_ENDED_MEMBERSHIPS)
    .correlate(CalendarFeed, Employment)
    .scalar_subquery()
)
_END_DECIDED_AT = (
    select(func.max(MembershipEvent.at))
    .join(Membership, Membership.id == MembershipEvent.membership_id)
    .where(_ENDED_MEMBERSHIPS, MembershipEvent.kind == MembershipEventKind.ENDED)
    .correlate(CalendarFeed, Employment)
    .scalar_subquery()
)
_MANDATE_GOES_ON = and_(Employment.represents, _goes_on(_TODAY))
#: Addresses, each with all that can have ended it, in one statement.
_LIVES: Select[*tuple[Any, ...]] = (
    select(
        CalendarFeed.id, CalendarFeed.kind, CalendarFeed.person_id, Employment.organisation_id,
        Organisation.name.label("organisation"), CalendarFeed.language, CalendarFeed.created_at,
        CalendarFeed.revoked_at, Account.active, _ACCESS_ENDED_AT.label("access_ended_at"),
        _MEMBERSHIP_ENDED_ON.label("membership_ended_on"),
        _END_DECIDED_AT.label("membership_end_decided_at"),
        func.coalesce(_MANDATE_GOES_ON, false()).label("mandate_goes_on"),
    )
    .select_from(CalendarFeed)
    .join(Account, Account.person_id == CalendarFeed.person_id)
    .outerjoin(Employment, Employment.id == CalendarFeed.employment_id)
    .outerjoin(Organisation, Organisation.id == Employment.organisation_id)
)  # fmt: skip
#: Of one secret address; ``address_of`` reads its row.
BY_TOKEN = _LIVES.where(CalendarFeed.token_hash == bindparam("token_hash"))
_OF_PERSON = _LIVES.where(
    CalendarFeed.person_id == bindparam("person"), CalendarFeed.revoked_at.is_(None)
)


def address_of(row: Row[Any]) -> Address | None:
    """The address that a row is about, if it still works."""
    if not _answers(row):
        return None
    return Address(
        row.id, row.kind, row.person_id, row.organisation_id, row.organisation, row.language
    )


def working_feeds_of(person_id: int, *, today: date) -> list[CalendarFeed]:
    """Those of a person's addresses that still work, in the order in which they were made."""
    rows = db.session.execute(_OF_PERSON, {"person": person_id, "today": today})
    ids = [row.id for row in rows if _answers(row)]
    query = (
        select(CalendarFeed)
        .where(CalendarFeed.id.in_(ids))
        .order_by(CalendarFeed.id)
        .options(joinedload(CalendarFeed.employment).joinedload(Employment.organisation))
    )
    return list(db.session.scalars(query))


def feed_of_person(feed_id: int, person_id: int) -> CalendarFeed | None:
    query = select(CalendarFeed).where(
        CalendarFeed.id == feed_id, CalendarFeed.person_id == person_id
    )
    return db.session.scalars(query).one_or_none()


def mandate_of(person_id: int, organisation_id: int, *, today: date) -> Employment | None:
    """The work under which somebody speaks for an organisation, beyond today."""
    query = (
        select(Employment)
        .where(
            Employment.person_id == person_id,
            Employment.organisation_id == organisation_id,
            Employment.represents,
            Employment.from_day <= today,
            _goes_on(today),
        )
        .order_by(Employment.from_day.desc(), Employment.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def is_trainer(person_id: int) -> bool:
    account = db.session.scalars(
        select(Account).where(Account.person_id == person_id)
    ).one_or_none()
    return account is not None and account.holds(RoleName.TRAINER)


def _answers(row: Row[Any]) -> bool:
    created_at: datetime = row.created_at
    return feed_answers(
        FeedLife(
            kind=row.kind,
            created_at=created_at,
            created_on=clock.local_day(created_at),
            revoked_at=row.revoked_at,
            account_is_active=row.active,
            access_ended_at=row.access_ended_at,
            membership_ended_on=row.membership_ended_on,
            membership_end_decided_at=row.membership_end_decided_at,
            mandate_goes_on=row.mandate_goes_on,
        )
    )

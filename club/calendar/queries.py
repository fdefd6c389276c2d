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


def _lives() -> Select[*tuple[Any, ...]]:
    """Addresses, each with all that can have ended it, in one statement."""
    feed, today = CalendarFeed, bindparam("today", type_=Date())
    role = case(
        (feed.kind == FeedKind.TEACHING, literal(RoleName.TRAINER.value)),
        (feed.kind == FeedKind.ORGANISATION, literal(RoleName.REPRESENTATIVE.value)),
    )
    access = (
        select(func.max(AccessEnd.at))
        .where(
            AccessEnd.account_id == Account.id,
            or_(AccessEnd.role.is_(None), AccessEnd.role == role),
        )
        .correlate(Account, feed)
        .scalar_subquery()
    )
    memberships = and_(
        or_(
            Membership.person_id == feed.person_id,
            Membership.organisation_id == Employment.organisation_id,
        ),
        Membership.to_day <= today,
    )
    last_day = (
        select(func.max(Membership.to_day))
        .where(memberships)
        .correlate(feed, Employment)
        .scalar_subquery()
    )
    decided = (
        select(func.max(MembershipEvent.at))
        .join(Membership, Membership.id == MembershipEvent.membership_id)
        .where(memberships, MembershipEvent.kind == MembershipEventKind.ENDED)
        .correlate(feed, Employment)
        .scalar_subquery()
    )
    mandate = and_(Employment.represents, _goes_on(today))
    return (
        select(
            feed.id, feed.kind, feed.person_id, Employment.organisation_id,
            Organisation.name.label("organisation"), feed.language, feed.created_at,
            feed.revoked_at, Account.active, access.label("access_ended_at"),
            last_day.label("membership_ended_on"),
            decided.label("membership_end_decided_at"),
            func.coalesce(mandate, false()).label("mandate_goes_on"),
        )
        .select_from(feed)
        .join(Account, Account.person_id == feed.person_id)
        .outerjoin(Employment, Employment.id == feed.employment_id)
        .outerjoin(Organisation, Organisation.id == Employment.organisation_id)
    )  # fmt: skip


#: Built once: programs ask the first of them day and night.
_BY_TOKEN = _lives().where(CalendarFeed.token_hash == bindparam("token_hash"))
_OF_PERSON = _lives().where(
    CalendarFeed.person_id == bindparam("person"), CalendarFeed.revoked_at.is_(None)
)


def address_by_token_hash(token_hash: str, *, today: date) -> Address | None:
    """The address, if it still works."""
    # A session would cost more than the question.
    with db.engine.connect() as connection:
        row = connection.execute(
            _BY_TOKEN, {"token_hash": token_hash, "today": today}
        ).one_or_none()
    return Address(*row[:6]) if row is not None and _answers(row) else None


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

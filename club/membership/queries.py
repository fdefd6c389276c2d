from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from club.accounts.models import Account
from club.db import db
from club.membership.models import ApplicationState, Membership, MembershipApplication
from club.people.models import Employment, Organisation, Person
from club.people.queries import employment_holds_on


def membership_holds_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """``Membership.holds_on`` as a condition: the last day counts."""
    return and_(
        Membership.from_day <= day, or_(Membership.to_day.is_(None), Membership.to_day >= day)
    )


def membership_of(person_id: int, *, on: date) -> Membership | None:
    """The person's own membership on a day."""
    query = select(Membership).where(Membership.person_id == person_id, membership_holds_on(on))
    return db.session.scalars(query.limit(1)).first()


def membership_of_organisation(organisation_id: int, *, on: date) -> Membership | None:
    query = select(Membership).where(
        Membership.organisation_id == organisation_id, membership_holds_on(on)
    )
    return db.session.scalars(query.limit(1)).first()


def is_member(person_id: int, *, on: date) -> bool:
    """Whether the person is a member on a day, personally or by working for a member."""
    return person_id in people_in_membership([person_id], on=on)


def people_in_membership(ids: Collection[int], *, on: date) -> set[int]:
    """Which of these people are members on a day, personally or by working for a member."""
    own = select(Membership.person_id).where(Membership.person_id.in_(ids), membership_holds_on(on))
    through_work = (
        select(Employment.person_id)
        .join(Membership, Membership.organisation_id == Employment.organisation_id)
        .where(
            Employment.person_id.in_(ids),
            employment_holds_on(on),
            membership_holds_on(on),
        )
    )
    return {found for found in db.session.scalars(own.union(through_work)) if found is not None}


def memberships_of(person_id: int) -> list[Membership]:
    """All of a person's own, the latest first."""
    query = select(Membership).where(Membership.person_id == person_id)
    return list(db.session.scalars(query.order_by(Membership.from_day.desc())))


def memberships_of_organisation(organisation_id: int) -> list[Membership]:
    query = select(Membership).where(Membership.organisation_id == organisation_id)
    return list(db.session.scalars(query.order_by(Membership.from_day.desc())))


def organisations_in_membership(ids: list[int], *, on: date) -> set[int]:
    """Which of these organisations are members on a day."""
    query = select(Membership.organisation_id).where(
        Membership.organisation_id.in_(ids), membership_holds_on(on)
    )
    return {found for found in db.session.scalars(query) if found is not None}


def membership_by_id(membership_id: int) -> Membership | None:
    query = select(Membership).where(Membership.id == membership_id)
    return db.session.scalars(
        query.options(
            joinedload(Membership.person),
            joinedload(Membership.organisation),
            selectinload(Membership.events),
        )
    ).one_or_none()


def application_by_public_id(public_id: UUID) -> MembershipApplication | None:
    query = select(MembershipApplication).where(MembershipApplication.public_id == public_id)
    return db.session.scalars(
        query.options(
            joinedload(MembershipApplication.person).joinedload(Person.ward),
            joinedload(MembershipApplication.organisation).joinedload(Organisation.ward),
        )
    ).one_or_none()


def applications_by(person_id: int) -> list[MembershipApplication]:
    """What somebody applied for, for themselves and for organisations, the latest first."""
    query = (
        select(MembershipApplication)
        .where(MembershipApplication.person_id == person_id)
        .order_by(MembershipApplication.applied_at.desc(), MembershipApplication.id.desc())
        .options(joinedload(MembershipApplication.organisation))
    )
    return list(db.session.scalars(query))


def pending_of_person(person_id: int) -> MembershipApplication | None:
    query = select(MembershipApplication).where(
        MembershipApplication.person_id == person_id,
        MembershipApplication.organisation_id.is_(None),
        MembershipApplication.state == ApplicationState.PENDING,
    )
    return db.session.scalars(query).one_or_none()


def pending_of_organisation(organisation_id: int) -> MembershipApplication | None:
    query = select(MembershipApplication).where(
        MembershipApplication.organisation_id == organisation_id,
        MembershipApplication.state == ApplicationState.PENDING,
    )
    return db.session.scalars(query).one_or_none()


def waiting_applications() -> int:
    query = select(func.count(MembershipApplication.id)).where(
        MembershipApplication.state == ApplicationState.PENDING
    )
    return db.session.scalars(query).one()


def account_of_person(person_id: int) -> Account | None:
    return db.session.scalars(select(Account).where(Account.person_id == person_id)).one_or_none()

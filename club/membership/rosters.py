"""The coordinators' lists: who waits, who is a member. Two queries each, however long."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from club.db import db
from club.membership.models import ApplicationState, Membership, MembershipApplication
from club.people.models import AudienceKind, Organisation, Person
from club.people.queries import has_words
from club.units.models import Unit
from club.vietnamese import folded
from club.web.pages import Page

PER_PAGE = 50


class Standing(StrEnum):
    """Which memberships a list shows."""

    NOW = "now"
    ENDED = "ended"


@dataclass(frozen=True)
class ApplicationRow:
    href: str
    person: str
    organisation: str | None
    state: ApplicationState
    applied_at: datetime
    decided_at: datetime | None


@dataclass(frozen=True)
class MemberRow:
    href: str
    name: str
    ward: str | None
    ward_en: str | None
    from_day: date
    to_day: date | None
    kind: AudienceKind | None = None
    code: str | None = None


@dataclass(frozen=True)
class Filters:
    q: str = ""
    ward: str = ""
    standing: Standing = Standing.NOW
    kind: AudienceKind | None = None
    page: int = 1


def applications(state: ApplicationState, *, q: str = "", page: int = 1) -> Page[ApplicationRow]:
    """Waiting ones in the order they came, decided ones the latest first."""
    query = (
        select(
            MembershipApplication.public_id,
            Person.full_name,
            Organisation.name,
            MembershipApplication.state,
            MembershipApplication.applied_at,
            MembershipApplication.decided_at,
        )
        .join(MembershipApplication.person)
        .outerjoin(MembershipApplication.organisation)
        .where(MembershipApplication.state == state)
    )
    for word in folded(q).split():
        query = query.where(
            or_(
                Person.search_key.contains(word, autoescape=True),
                Organisation.search_key.contains(word, autoescape=True),
            )
        )
    waiting = state is ApplicationState.PENDING
    moment = MembershipApplication.applied_at
    rows, total = _part(query, [moment if waiting else moment.desc()], page)
    found = [ApplicationRow(f"/office/members/applications/{row[0]}", *row[1:]) for row in rows]
    return Page(found, page, PER_PAGE, total)


def persons(filters: Filters, *, today: date) -> Page[MemberRow]:
    """Persons who are members, by given name."""
    query = (
        select(
            Membership.id,
            Person.full_name,
            Unit.name,
            Unit.name_en,
            Membership.from_day,
            Membership.to_day,
        )
        .join(Membership.person)
        .outerjoin(Person.ward)
        .where(*_standing(filters.standing, today), *has_words(Person.search_key, filters.q))
    )
    if filters.ward:
        query = query.where(Unit.key == filters.ward)
    rows, total = _part(query, [Person.sort_key, Membership.id], filters.page)
    found = [MemberRow(f"/office/members/{row[0]}", *row[1:]) for row in rows]
    return Page(found, filters.page, PER_PAGE, total)


def organisations(filters: Filters, *, today: date) -> Page[MemberRow]:
    """Organisations that are members, in the order of the alphabet."""
    query = (
        select(
            Membership.id,
            Organisation.name,
            Unit.name,
            Unit.name_en,
            Membership.from_day,
            Membership.to_day,
            Organisation.kind,
            Organisation.code,
        )
        .join(Membership.organisation)
        .outerjoin(Organisation.ward)
        .where(*_standing(filters.standing, today), *has_words(Organisation.search_key, filters.q))
    )
    if filters.ward:
        query = query.where(Unit.key == filters.ward)
    if filters.kind:
        query = query.where(Organisation.kind == filters.kind)
    rows, total = _part(query, [Organisation.sort_key, Membership.id], filters.page)
    found = [MemberRow(f"/office/members/{row[0]}", *row[1:]) for row in rows]
    return Page(found, filters.page, PER_PAGE, total)


def _standing(standing: Standing, today: date) -> list[ColumnElement[bool]]:
    if standing is Standing.ENDED:
        return [Membership.to_day < today]
    return [or_(Membership.to_day.is_(None), Membership.to_day >= today)]


def _part(query: Any, order: list[Any], page: int) -> tuple[list[Any], int]:
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.execute(
        query.order_by(*order).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    ).all()
    return list(rows), total

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from club.certification.expiry.models import ExpiryReminder
from club.certification.models import ExpertCertificate, ExpertCertificateState
from club.certification.schemes.models import SchemeVersion, VersionState
from club.db import db
from club.people.models import Person
from club.web.pages import Page

_PER_PAGE = 50
#: The list of ends shows so many days ahead, and so many back.
AHEAD, BACK = timedelta(days=365), timedelta(days=90)


@dataclass(frozen=True)
class Ending:
    """A certificate that has an end, as the choice of reminders sees it."""

    id: int
    scheme_id: int
    expires_on: date


def ending_certificates(*, today: date, within: int) -> list[Ending]:
    """Those that end within so many days and that no other one follows, the nearest end first."""
    query = (
        select(ExpertCertificate.id, ExpertCertificate.scheme_id, ExpertCertificate.expires_on)
        .where(
            *_may_lapse(),
            ExpertCertificate.expires_on.between(today, today + timedelta(days=within)),
        )
        .order_by(ExpertCertificate.expires_on, ExpertCertificate.id)
    )
    return [
        Ending(certificate_id, scheme_id, expires_on)
        for certificate_id, scheme_id, expires_on in db.session.execute(query)
        if expires_on is not None
    ]


def still_ending(certificate_ids: Collection[int]) -> list[ExpertCertificate]:
    """Those of them that may still lapse, locked."""
    query = (
        select(ExpertCertificate)
        .where(ExpertCertificate.id.in_(certificate_ids), *_may_lapse())
        .order_by(ExpertCertificate.id)
        .with_for_update()
    )
    return list(db.session.scalars(query))


def planned_days() -> dict[int, list[int]]:
    """By scheme, how many days before the end its latest published version wants holders to be
    reminded; schemes without one are left out.
    """
    query = (
        select(SchemeVersion.scheme_id, SchemeVersion.reminder_days)
        .where(SchemeVersion.state != VersionState.DRAFT)
        .order_by(SchemeVersion.number)
    )
    return dict(db.session.execute(query).all())


def days_sent(certificate_ids: Collection[int]) -> dict[tuple[int, date], set[int]]:
    """By certificate and last day, which reminders were written."""
    query = select(
        ExpiryReminder.certificate_id, ExpiryReminder.expires_on, ExpiryReminder.days
    ).where(ExpiryReminder.certificate_id.in_(certificate_ids))
    found: dict[tuple[int, date], set[int]] = defaultdict(set)
    for certificate_id, expires_on, days in db.session.execute(query):
        found[certificate_id, expires_on].add(days)
    return found


def what_expires(*, today: date, page: int) -> Page[ExpertCertificate]:
    """What ends or has ended lately without another one that follows, the earliest end first."""
    query = select(ExpertCertificate).where(
        *_may_lapse(), ExpertCertificate.expires_on.between(today - BACK, today + AHEAD)
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.join(ExpertCertificate.person)
        .order_by(ExpertCertificate.expires_on, Person.sort_key, ExpertCertificate.id)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
        .options(joinedload(ExpertCertificate.person), joinedload(ExpertCertificate.scheme))
    ).all()
    return Page(rows, page, _PER_PAGE, total)


def last_reminded(certificate_ids: Collection[int]) -> dict[int, datetime]:
    """When the holder was last reminded of the end; who never was is left out."""
    query = (
        select(ExpiryReminder.certificate_id, func.max(ExpiryReminder.at))
        .where(ExpiryReminder.certificate_id.in_(certificate_ids))
        .group_by(ExpiryReminder.certificate_id)
    )
    return dict(db.session.execute(query).all())


def _may_lapse() -> tuple[ColumnElement[bool], ...]:
    return ExpertCertificate.state == ExpertCertificateState.CHECKED, ~_is_followed()


def _is_followed() -> ColumnElement[bool]:
    """Whether the holder has a checked one of the same scheme and level that ends later."""
    later = aliased(ExpertCertificate)
    return exists().where(
        later.person_id == ExpertCertificate.person_id,
        later.scheme_id == ExpertCertificate.scheme_id,
        later.scheme_name.is_not_distinct_from(ExpertCertificate.scheme_name),
        later.level.is_not_distinct_from(ExpertCertificate.level),
        later.state == ExpertCertificateState.CHECKED,
        or_(later.expires_on.is_(None), later.expires_on > ExpertCertificate.expires_on),
    )

"""Certificates that other bodies issued: those that end and that no later one follows."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import chain

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from club.certification.expiry.models import ExpiryReminder
from club.certification.expiry.sources import Ending, Held, Source
from club.certification.models import ExpertCertificate, ExpertCertificateState
from club.certification.schemes.models import REMINDER_DAYS, SchemeVersion, VersionState
from club.certification.schemes.queries import is_latest
from club.db import db


def may_lapse() -> tuple[ColumnElement[bool], ...]:
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


def _ending(today: date) -> list[Ending]:
    """The nearest end first."""
    planned = _planned_days(today)
    furthest = max([*REMINDER_DAYS, *chain(*planned.values())])
    query = (
        select(
            ExpertCertificate.id,
            ExpertCertificate.person_id,
            ExpertCertificate.scheme_id,
            ExpertCertificate.expires_on,
        )
        .where(
            *may_lapse(),
            ExpertCertificate.expires_on.between(today, today + timedelta(days=furthest)),
        )
        .order_by(ExpertCertificate.expires_on, ExpertCertificate.id)
    )
    return [
        Ending(certificate_id, person_id, expires_on, planned.get(scheme_id, REMINDER_DAYS))
        for certificate_id, person_id, scheme_id, expires_on in db.session.execute(query)
        if expires_on is not None
    ]


def _planned_days(on: date) -> dict[int, list[int]]:
    """By scheme, as its latest published version says; schemes without one are left out."""
    query = select(SchemeVersion.scheme_id, SchemeVersion.reminder_days).where(
        is_latest(VersionState.PUBLISHED, VersionState.CLOSED, on=on)
    )
    return dict(db.session.execute(query).all())


def _still_ending(certificate_ids: Collection[int]) -> list[Held]:
    query = (
        select(ExpertCertificate)
        .where(ExpertCertificate.id.in_(certificate_ids), *may_lapse())
        .order_by(ExpertCertificate.id)
        .with_for_update()
    )
    return [
        Held(one.id, one.person_id, one.expires_on, one.public_id, {"certificate": one})
        for one in db.session.scalars(query)
        if one.expires_on is not None
    ]


CERTIFICATES = Source(
    reminders=ExpiryReminder,
    key=ExpiryReminder.certificate_id,
    letter="certification.certificate_ends",
    ending=_ending,
    still_ending=_still_ending,
)

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import joinedload

from club.certification.awards.models import Award
from club.certification.candidacy.models import Candidate, Recognition, states_where
from club.certification.expiry.certificates import CERTIFICATES, may_lapse
from club.certification.expiry.recognitions import RECOGNITIONS, last_day
from club.certification.expiry.sources import Source
from club.certification.models import ExpertCertificate
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db
from club.people.models import Person
from club.web.pages import Page

_PER_PAGE = 50
#: The list of ends shows so many days ahead, and so many back.
AHEAD, BACK = timedelta(days=365), timedelta(days=90)
_LISTED = states_where(Recognition.STANDS, Recognition.SUSPENDED, Recognition.RUN_OUT)
_CERTIFICATE, _AWARD = "certificate", "award"


@dataclass(frozen=True)
class End:
    """A line of the list of ends: a certificate, or a recognition by the club."""

    expires_on: date
    reminded_at: datetime | None
    certificate: ExpertCertificate | None = None
    award: Award | None = None


def days_sent(source: Source, ending_ids: Collection[int]) -> dict[tuple[int, date], set[int]]:
    """By what ends and its last day, which reminders were written."""
    kept = source.reminders
    query = select(source.key, kept.expires_on, kept.days).where(source.key.in_(ending_ids))
    found: dict[tuple[int, date], set[int]] = defaultdict(set)
    for ending_id, expires_on, days in db.session.execute(query):
        found[ending_id, expires_on].add(days)
    return found


def what_expires(*, today: date, page: int) -> Page[End]:
    """What ends or has ended lately without another one that follows, the earliest end first."""
    first, last = today - BACK, today + AHEAD
    ends = union_all(
        select(
            literal(_CERTIFICATE).label("kind"),
            ExpertCertificate.id.label("id"),
            ExpertCertificate.expires_on.label("expires_on"),
            Person.sort_key.label("sort_key"),
        )
        .join(ExpertCertificate.person)
        .where(*may_lapse(), ExpertCertificate.expires_on.between(first, last)),
        select(literal(_AWARD), Award.id, last_day(), Person.sort_key)
        .join(Award.person)
        .join(Award.candidate)
        .where(Candidate.state.in_(_LISTED), last_day().between(first, last)),
    ).subquery()
    total = db.session.scalar(select(func.count()).select_from(ends)) or 0
    columns = ends.c
    rows = db.session.execute(
        select(columns.kind, columns.id, columns.expires_on)
        .order_by(columns.expires_on, columns.sort_key, columns.kind, columns.id)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    ).all()
    return Page(_ends((kind, found, on) for kind, found, on in rows), page, _PER_PAGE, total)


def _ends(rows: Iterable[tuple[str, int, date]]) -> list[End]:
    lines = list(rows)
    certificates = _certificates([found for kind, found, _on in lines if kind == _CERTIFICATE])
    awards = _awards([found for kind, found, _on in lines if kind == _AWARD])
    reminded = {
        _CERTIFICATE: last_reminded(CERTIFICATES, certificates),
        _AWARD: last_reminded(RECOGNITIONS, awards),
    }
    return [
        End(
            expires_on,
            reminded[kind].get(found),
            certificate=certificates.get(found) if kind == _CERTIFICATE else None,
            award=awards.get(found) if kind == _AWARD else None,
        )
        for kind, found, expires_on in lines
    ]


def _certificates(certificate_ids: Collection[int]) -> dict[int, ExpertCertificate]:
    query = select(ExpertCertificate).where(ExpertCertificate.id.in_(certificate_ids))
    options = (joinedload(ExpertCertificate.person), joinedload(ExpertCertificate.scheme))
    return {one.id: one for one in db.session.scalars(query.options(*options))}


def _awards(award_ids: Collection[int]) -> dict[int, Award]:
    query = select(Award).where(Award.id.in_(award_ids))
    options = (
        joinedload(Award.person),
        joinedload(Award.candidate),
        joinedload(Award.level).joinedload(SchemeLevel.version).joinedload(SchemeVersion.scheme),
    )
    return {one.id: one for one in db.session.scalars(query.options(*options))}


def last_reminded(source: Source, ending_ids: Collection[int]) -> dict[int, datetime]:
    """When the holder was last reminded of the end; who never was is left out."""
    query = (
        select(source.key, func.max(source.reminders.at))
        .where(source.key.in_(ending_ids))
        .group_by(source.key)
    )
    return dict(db.session.execute(query).all())

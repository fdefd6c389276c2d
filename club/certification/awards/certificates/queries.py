from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from club.certification.awards.certificates.models import AwardCertificate
from club.certification.awards.models import Award
from club.certification.candidacy.models import Candidate
from club.certification.schemes.models import SchemeLevel
from club.db import db

_AWARD = joinedload(AwardCertificate.award)
#: Everything that a check of one says; how it stands follows from the award.
LINKS = (
    joinedload(AwardCertificate.replaces),
    joinedload(AwardCertificate.replaced_by),
    joinedload(AwardCertificate.signing_key),
    joinedload(AwardCertificate.file),
    _AWARD.joinedload(Award.level).joinedload(SchemeLevel.version),
    _AWARD.joinedload(Award.periods),
    _AWARD.joinedload(Award.suspensions),
    _AWARD.joinedload(Award.candidate).joinedload(Candidate.steps),
)


def certificate_by_public_id(public_id: UUID) -> AwardCertificate | None:
    query = _with_links().where(AwardCertificate.public_id == public_id)
    return db.session.scalars(query).unique().one_or_none()


def number_of(public_id: UUID) -> str | None:
    query = select(AwardCertificate.number).where(AwardCertificate.public_id == public_id)
    return db.session.scalar(query)


def latest_of(award_id: int) -> AwardCertificate | None:
    """The one whose place no other has taken."""
    query = _with_links().where(AwardCertificate.award_id == award_id)
    return _latest(query)


def certificates_of(person_id: int) -> Sequence[AwardCertificate]:
    """All of a person's certificates of recognitions, the latest first."""
    query = _with_links().where(AwardCertificate.person_id == person_id)
    return db.session.scalars(query.order_by(AwardCertificate.id.desc())).unique().all()


def latest_kept(_day: date) -> Sequence[AwardCertificate]:
    latest = _latest(_with_links())
    return [latest] if latest else []


def unsigned(*, due: datetime) -> Sequence[int]:
    """The ids of those without a file whose place nobody took and that are tried again by then."""
    taken = select(AwardCertificate.replaces_id).where(AwardCertificate.replaces_id.is_not(None))
    query = select(AwardCertificate.id).where(
        AwardCertificate.file_id.is_(None),
        AwardCertificate.erased_at.is_(None),
        AwardCertificate.id.not_in(taken),
        AwardCertificate.next_print_at.is_(None) | (AwardCertificate.next_print_at <= due),
    )
    return db.session.scalars(query.order_by(AwardCertificate.id)).all()


def _latest(query: Select[AwardCertificate]) -> AwardCertificate | None:
    last = query.order_by(AwardCertificate.id.desc()).limit(1)
    return db.session.scalars(last).unique().one_or_none()


def _with_links() -> Select[AwardCertificate]:
    return select(AwardCertificate).options(*LINKS)

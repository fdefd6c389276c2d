"""Certificates of other bodies, as the register shows them: checked by the club and valid, or
taken back by their body where the latest version of the scheme makes that public.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from club.certification.models import CertificationScheme, ExpertCertificate
from club.certification.queries import of_standing
from club.certification.register.facts import Holding, HoldingKind, Shown, Title, Wanted
from club.certification.rules import CertificateStanding, standing_on
from club.certification.schemes.models import SchemeVersion, VersionState
from club.certification.schemes.queries import is_latest
from club.clock import local_day
from club.db import db

_STANDINGS = {
    CertificateStanding.VALID: Shown.VALID,
    CertificateStanding.SUSPENDED: Shown.SUSPENDED,
    CertificateStanding.TAKEN_BACK: Shown.WITHDRAWN,
}


def holders(wanted: Wanted, standings: Collection[Shown], on: date) -> Select[int]:
    query = (
        select(ExpertCertificate.person_id)
        .join(ExpertCertificate.scheme)
        .where(_stands(standings, on))
    )
    if wanted.scheme:
        query = query.where(CertificationScheme.key == wanted.scheme)
    if wanted.level:
        query = query.where(ExpertCertificate.level == wanted.level)
    return query


def holdings_of(person_ids: Collection[int], on: date) -> dict[int, list[Holding]]:
    query = (
        select(ExpertCertificate)
        .where(ExpertCertificate.person_id.in_(person_ids), _stands(frozenset(Shown), on))
        .order_by(ExpertCertificate.issued_on.desc(), ExpertCertificate.id.desc())
        .options(joinedload(ExpertCertificate.scheme), selectinload(ExpertCertificate.suspensions))
    )
    found: dict[int, list[Holding]] = defaultdict(list)
    for certificate in db.session.scalars(query):
        found[certificate.person_id].append(_holding(certificate, on))
    return found


def titles(listed: Select[int], on: date) -> list[Title]:
    query = (
        select(
            CertificationScheme.key,
            CertificationScheme.name,
            CertificationScheme.name_en,
            ExpertCertificate.level,
        )
        .join(ExpertCertificate.scheme)
        .where(ExpertCertificate.person_id.in_(listed), *of_standing(CertificateStanding.VALID, on))
        .group_by(CertificationScheme.id, ExpertCertificate.level)
        .order_by(CertificationScheme.position, ExpertCertificate.level)
    )
    return [Title(*row, row.level, row.level) for row in db.session.execute(query)]


def _stands(standings: Collection[Shown], on: date) -> ColumnElement[bool]:
    ways = {
        Shown.VALID: and_(*of_standing(CertificateStanding.VALID, on)),
        Shown.SUSPENDED: and_(
            *of_standing(CertificateStanding.SUSPENDED, on),
            _makes_public(SchemeVersion.suspended_shown, on),
        ),
        Shown.WITHDRAWN: and_(
            *of_standing(CertificateStanding.TAKEN_BACK, on),
            _makes_public(SchemeVersion.withdrawn_shown, on),
        ),
    }
    return or_(*(ways[standing] for standing in standings))


def _makes_public(shown: InstrumentedAttribute[bool], on: date) -> ColumnElement[bool]:
    """Whether the version of the scheme that holds that day says that such ones are public."""
    holds = is_latest(VersionState.PUBLISHED, VersionState.CLOSED, on=on)
    return ExpertCertificate.scheme_id.in_(
        select(SchemeVersion.scheme_id).where(holds, shown.is_(true()))
    )


def _holding(certificate: ExpertCertificate, on: date) -> Holding:
    scheme, checked_at = certificate.scheme, certificate.checked_at
    return Holding(
        kind=HoldingKind.OUTSIDE,
        standing=_STANDINGS[standing_on(certificate, on)],
        scheme=certificate.scheme_name or scheme.name,
        scheme_en=certificate.scheme_name or scheme.name_en,
        standard=scheme.standard,
        level=certificate.level,
        level_en=certificate.level,
        body=certificate.body,
        issued_on=certificate.issued_on,
        valid_from=certificate.issued_on,
        expires_on=certificate.expires_on,
        scope=certificate.scope,
        checked_on=local_day(checked_at) if checked_at else None,
    )

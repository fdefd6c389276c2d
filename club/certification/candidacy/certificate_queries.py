"""Candidacies for the certificates of other bodies, and these certificates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased, joinedload

from club.certification.candidacy.following import is_followed
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.rules import FOLLOWING
from club.certification.models import (
    CertificationScheme,
    ExpertCertificate,
    ExpertCertificateState,
)
from club.certification.progress.validity import Window
from club.certification.schemes.models import SchemeLevel
from club.db import db

_LED = {CandidateState.HELD, CandidateState.EXPIRED}


def candidacies_that_follow(*, person_id: int | None = None) -> Sequence[Candidate]:
    """Those that a checked certificate takes on or ends, the latest begun first. ``person_id``:
    only this person's.
    """
    checked = select(ExpertCertificate.id).where(
        ExpertCertificate.person_id == Candidate.person_id,
        ExpertCertificate.scheme_id == Candidate.scheme_id,
        ExpertCertificate.checked_at.is_not(None),
    )
    query = (
        select(Candidate)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(
            CertificationScheme.awarded_by_club.is_(False),
            Candidate.state.in_(FOLLOWING),
            checked.exists(),
        )
        .order_by(Candidate.begun_at.desc(), Candidate.id.desc())
        .options(joinedload(Candidate.level))
    )
    if person_id is not None:
        query = query.where(Candidate.person_id == person_id)
    return db.session.scalars(query).all()


def certificates_followed(
    candidates: Collection[Candidate],
) -> Mapping[int, list[ExpertCertificate]]:
    """By candidacy, in one question; the one that ends last comes last."""
    other = aliased(SchemeLevel)
    levels = (
        select(func.count(other.id))
        .where(other.version_id == SchemeLevel.version_id)
        .correlate(SchemeLevel)
        .scalar_subquery()
    )
    query = (
        select(Candidate.id, levels, ExpertCertificate)
        .join(Candidate.level)
        .join(
            ExpertCertificate,
            and_(
                ExpertCertificate.person_id == Candidate.person_id,
                ExpertCertificate.scheme_id == Candidate.scheme_id,
            ),
        )
        .where(Candidate.id.in_([one.id for one in candidates]))
    )
    by_id = {one.id: one for one in candidates}
    found: dict[int, list[ExpertCertificate]] = {candidate_id: [] for candidate_id in by_id}
    for candidate_id, levels_there, certificate in db.session.execute(query):
        if is_followed(certificate, by_id[candidate_id], is_only_level=levels_there == 1):
            found[candidate_id].append(certificate)
    for certificates in found.values():
        certificates.sort(key=_ends)
    return found


def _ends(certificate: ExpertCertificate) -> tuple[date, int]:
    return certificate.expires_on or date.max, certificate.id


def windows_of_certificates(candidates: Collection[Candidate]) -> Mapping[int, Window]:
    """By candidacy whose certificate is held or was, in which days the body looks for what it asks
    for when it certifies again: while the certificate that ends last is valid.
    """
    led = [one for one in candidates if one.state in _LED]
    followed = certificates_followed(led) if led else {}
    return {
        candidate_id: Window(checked[-1].issued_on, checked[-1].expires_on or date.max)
        for candidate_id, certificates in followed.items()
        if (checked := [one for one in certificates if _is_checked(one)])
    }


def ends_of_certificates(candidate_ids: Collection[int]) -> dict[int, date]:
    """By candidacy whose certificate is held and ends, its last valid day."""
    held = select(Candidate).where(
        Candidate.id.in_(candidate_ids), Candidate.state == CandidateState.HELD
    )
    candidates = db.session.scalars(held.options(joinedload(Candidate.level))).all()
    windows = windows_of_certificates(candidates)
    return {key: window.last for key, window in windows.items() if window.last < date.max}


def _is_checked(certificate: ExpertCertificate) -> bool:
    return certificate.state is ExpertCertificateState.CHECKED

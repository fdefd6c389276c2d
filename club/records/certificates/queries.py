import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload

from club.courses.models import RunEvent, RunEventKind
from club.db import db
from club.records.certificates.models import (
    CertificateBatch,
    CertificateDesign,
    CertificateException,
    CertificateState,
    CompletionCertificate,
    SigningKey,
)
from club.records.certificates.states import MEANINGS, state_on
from club.records.models import TrainingRecord

_STANDING = [state for state, meaning in MEANINGS.items() if meaning.stands]


def certificates_of(person_id: int) -> list[CompletionCertificate]:
    """All of a person's certificates, latest first, whatever became of them."""
    return _certificates(CompletionCertificate.person_id == person_id)


def certificates_of_run(run_id: int) -> list[CompletionCertificate]:
    """All certificates of a run, in the order of their numbers."""
    found = _certificates(CompletionCertificate.run_id == run_id)
    return sorted(found, key=lambda certificate: certificate.number)


def _certificates(which: ColumnElement[bool]) -> list[CompletionCertificate]:
    return list(
        db.session.scalars(
            select(CompletionCertificate)
            .where(which)
            .order_by(CompletionCertificate.issued_at.desc(), CompletionCertificate.id.desc())
        )
    )


def standing_certificates(run_id: int) -> dict[int, CompletionCertificate]:
    """The certificates of a run that keep their holder's place, by person."""
    stands = CompletionCertificate.state.in_(_STANDING)
    found = db.session.scalars(
        select(CompletionCertificate)
        .where(stands, CompletionCertificate.run_id == run_id)
        .options(joinedload(CompletionCertificate.training_record))
    )
    return {certificate.person_id: certificate for certificate in found}


def certificate_by_public_id(public_id: uuid.UUID) -> CompletionCertificate | None:
    return _certificate(CompletionCertificate.public_id == public_id)


def number_of(public_id: uuid.UUID) -> str | None:
    query = select(CompletionCertificate.number)
    return db.session.scalar(query.where(CompletionCertificate.public_id == public_id))


def latest_of_each_state(day: date) -> list[CompletionCertificate]:
    """One certificate in each state that there is on a day, in the states' order."""
    certificate = CompletionCertificate
    has_expired = (certificate.state == CertificateState.VALID) & (certificate.expires_on < day)
    latest = select(func.max(certificate.id)).group_by(
        certificate.state, case((has_expired, 1), else_=0)
    )
    found = db.session.scalars(select(certificate).where(certificate.id.in_(latest)))
    order = list(CertificateState)
    return sorted(found, key=lambda it: order.index(state_on(it.state, it.expires_on, day)))


def _certificate(which: ColumnElement[bool]) -> CompletionCertificate | None:
    return db.session.scalars(_with_links().where(which)).one_or_none()


def _with_links() -> Select[CompletionCertificate]:
    """With everything that a check of it says."""
    return select(CompletionCertificate).options(
        joinedload(CompletionCertificate.replaces),
        joinedload(CompletionCertificate.replaced_by),
        joinedload(CompletionCertificate.signing_key),
        joinedload(CompletionCertificate.file),
    )


def unfinished_batches() -> list[int]:
    """The ids of the batches whose files are not all signed, the oldest first."""
    query = select(CertificateBatch.id).where(CertificateBatch.finished_at.is_(None))
    return list(db.session.scalars(query.order_by(CertificateBatch.id)))


def unsigned_of(batch_id: int, *, due: datetime | None = None) -> list[int]:
    """The ids of the certificates of a batch that stand and have no file, by number; ``due``:
    without those that are not tried again before then.
    """
    query = select(CompletionCertificate.id).where(
        CompletionCertificate.batch_id == batch_id, _has_no_file()
    )
    if due:
        next_print = CompletionCertificate.next_print_at
        query = query.where(next_print.is_(None) | (next_print <= due))
    return list(db.session.scalars(query.order_by(CompletionCertificate.number)))


def unprintable() -> list[CompletionCertificate]:
    """Those that could not be printed so far, by number, with their run."""
    query = select(CompletionCertificate).where(
        CompletionCertificate.failed_prints > 0, _has_no_file()
    )
    with_run = query.options(joinedload(CompletionCertificate.run))
    return list(db.session.scalars(with_run.order_by(CompletionCertificate.number)))


def _has_no_file() -> ColumnElement[bool]:
    standing = CompletionCertificate.state.in_(_STANDING)
    return and_(standing, CompletionCertificate.file_id.is_(None))


@dataclass(frozen=True)
class Progress:
    batch: CertificateBatch
    #: Without those that ended before they had a file.
    total: int
    signed: int
    #: Of ``total``: could not be printed so far and are tried again later.
    failing: int

    @property
    def is_under_way(self) -> bool:
        return self.signed + self.failing < self.total


def progress_of(run_id: int) -> Progress | None:
    """How far the files are of what was last issued for a run."""
    signed, waiting = CompletionCertificate.file_id.is_not(None), _has_no_file()
    found = db.session.execute(
        select(
            CertificateBatch,
            func.count().filter(signed | waiting),
            func.count().filter(signed),
            func.count().filter(waiting, CompletionCertificate.failed_prints > 0),
        )
        .join(CompletionCertificate, CompletionCertificate.batch_id == CertificateBatch.id)
        .where(CertificateBatch.run_id == run_id)
        .group_by(CertificateBatch.id)
        .order_by(CertificateBatch.id.desc())
        .limit(1)
    ).first()
    return Progress(*found) if found else None


def open_exceptions(run_id: int) -> list[CertificateException]:
    """What somebody asked for and nobody decided, the oldest first."""
    return list(
        db.session.scalars(
            select(CertificateException)
            .where(CertificateException.run_id == run_id, CertificateException.decided_at.is_(None))
            .order_by(CertificateException.id)
            .options(joinedload(CertificateException.person))
        )
    )


def exception_called(public_id: uuid.UUID) -> CertificateException | None:
    return db.session.scalars(
        select(CertificateException).where(CertificateException.public_id == public_id)
    ).one_or_none()


def record_called(public_id: uuid.UUID) -> TrainingRecord | None:
    return db.session.scalars(
        select(TrainingRecord).where(TrainingRecord.public_id == public_id)
    ).one_or_none()


def designs() -> list[CertificateDesign]:
    """All versions, the latest first."""
    return list(
        db.session.scalars(select(CertificateDesign).order_by(CertificateDesign.version.desc()))
    )


def present_design() -> CertificateDesign | None:
    """The version that certificates are issued with from now on."""
    return db.session.scalars(
        select(CertificateDesign).order_by(CertificateDesign.version.desc()).limit(1)
    ).first()


def design_called(version: int) -> CertificateDesign | None:
    return db.session.scalars(
        select(CertificateDesign).where(CertificateDesign.version == version)
    ).one_or_none()


def certificates_between(first: int, last: int, states: Collection[CertificateState]) -> list[int]:
    """The ids from ``first`` to ``last`` of certificates that are in one of these states."""
    query = select(CompletionCertificate.id).where(
        CompletionCertificate.id.between(first, last), CompletionCertificate.state.in_(states)
    )
    return list(db.session.scalars(query))


def last_certificate_id() -> int:
    return db.session.scalar(select(func.max(CompletionCertificate.id))) or 0


def signing_key(fingerprint: str) -> SigningKey | None:
    return db.session.scalars(
        select(SigningKey).where(SigningKey.fingerprint == fingerprint)
    ).one_or_none()


def signing_keys() -> list[SigningKey]:
    """All keys that certificates were ever signed with, the latest first."""
    return list(db.session.scalars(select(SigningKey).order_by(SigningKey.id.desc())))


def reason_of_last_reopening(run_id: int) -> str | None:
    return db.session.scalars(
        select(RunEvent.reason)
        .where(RunEvent.run_id == run_id, RunEvent.kind == RunEventKind.REOPENED)
        .order_by(RunEvent.id.desc())
        .limit(1)
    ).first()

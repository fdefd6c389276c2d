"""Somebody's certificates of other bodies, as the person may take them along; and what stays of
them when the person's data is erased.
"""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import Select, String, cast, literal, select, update

from club.certification.awards.models import Award
from club.certification.expiry.models import AwardReminder, ExpiryReminder
from club.certification.models import (
    CertificateSuspension,
    CertificationScheme,
    Expert,
    ExpertCertificate,
)
from club.db import db, transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.files.storage import storage
from club.people.models import Person
from club.web.personal_data import ERASED_NAME, Erasure, PersonalFile, Rows, Whose


def certificates_of(whose: Whose) -> Rows:
    return (
        select(
            ExpertCertificate.public_id.label("certificate"),
            CertificationScheme.name.label("scheme"),
            ExpertCertificate.scheme_name,
            ExpertCertificate.level,
            ExpertCertificate.body,
            ExpertCertificate.number,
            ExpertCertificate.issued_on,
            ExpertCertificate.expires_on,
            ExpertCertificate.scope,
            ExpertCertificate.evidence,
            ExpertCertificate.funded_by_plan,
            ExpertCertificate.state,
            ExpertCertificate.recorded_at,
            ExpertCertificate.checked_at,
            ExpertCertificate.withdrawal,
            ExpertCertificate.withdrawn_from,
            ExpertCertificate.withdrawn_at,
            ExpertCertificate.withdrawal_reason,
            ExpertCertificate.withdrawal_source,
            ExpertCertificate.no_file_reason,
            StoredFile.name.label("file"),
        )
        .join(CertificationScheme, CertificationScheme.id == ExpertCertificate.scheme_id)
        .outerjoin(StoredFile, StoredFile.id == ExpertCertificate.file_id)
        .where(ExpertCertificate.person_id == whose.person_id)
        .order_by(ExpertCertificate.id)
    )


def suspensions_of(whose: Whose) -> Rows:
    return (
        select(
            ExpertCertificate.public_id.label("certificate"),
            CertificateSuspension.from_on,
            CertificateSuspension.until_on,
            CertificateSuspension.source,
            CertificateSuspension.reason,
            CertificateSuspension.recorded_at,
            CertificateSuspension.lifted_from,
            CertificateSuspension.lifted_at,
        )
        .join(ExpertCertificate, ExpertCertificate.id == CertificateSuspension.certificate_id)
        .where(ExpertCertificate.person_id == whose.person_id)
        .order_by(CertificateSuspension.id)
    )


def expert_of(whose: Whose) -> Rows:
    return select(
        Expert.code, Expert.created_at, Expert.presentation, Expert.welcomes_requests
    ).where(Expert.person_id == whose.person_id)


def reminders_of(whose: Whose) -> Rows:
    return (
        select(
            ExpertCertificate.public_id.label("certificate"),
            ExpiryReminder.expires_on,
            ExpiryReminder.days,
            ExpiryReminder.at,
        )
        .join(ExpertCertificate, ExpertCertificate.id == ExpiryReminder.certificate_id)
        .where(ExpertCertificate.person_id == whose.person_id)
        .order_by(ExpiryReminder.id)
    )


def award_reminders_of(whose: Whose) -> Rows:
    return (
        select(
            Award.public_id.label("award"),
            AwardReminder.expires_on,
            AwardReminder.days,
            AwardReminder.at,
        )
        .join(Award, Award.id == AwardReminder.award_id)
        .where(Award.person_id == whose.person_id)
        .order_by(AwardReminder.id)
    )


def ids_of(whose: Whose) -> Rows:
    return select(ExpertCertificate.public_id).where(ExpertCertificate.person_id == whose.person_id)


def own_id(whose: Whose) -> Rows:
    return select(Person.public_id).where(Person.id == whose.person_id)


def erase(erasure: Erasure) -> None:
    """That there is an expert with a certificate of this scheme still counts."""
    with transaction() as session:
        files = session.scalars(_own_files(erasure.whose)).all()
        # Each number within a scheme is there once.
        number = literal("erased-").concat(cast(ExpertCertificate.id, String))
        session.execute(
            update(ExpertCertificate)
            .where(ExpertCertificate.person_id == erasure.whose.person_id)
            .values(
                number=number,
                number_key=number,
                evidence=ERASED_NAME,
                scope=None,
                withdrawal_reason=None,
                withdrawal_source=None,
                no_file_reason=None,
                file_id=None,
            )
        )
        own = select(ExpertCertificate.id).where(
            ExpertCertificate.person_id == erasure.whose.person_id
        )
        session.execute(
            update(CertificateSuspension)
            .where(CertificateSuspension.certificate_id.in_(own))
            .values(source=ERASED_NAME, reason=ERASED_NAME)
        )
        for file in files:
            let_go(file)


def files_of(whose: Whose) -> Iterator[PersonalFile]:
    for file in db.session.scalars(_own_files(whose)):
        yield PersonalFile(file.name, file.size, partial(storage().pieces, file.key))


def _own_files(whose: Whose) -> Select[StoredFile]:
    kept = select(ExpertCertificate.file_id).where(ExpertCertificate.person_id == whose.person_id)
    return select(StoredFile).where(StoredFile.id.in_(kept)).order_by(StoredFile.id)

"""Somebody's certificates of recognitions, as the person may take them along; and what stays of
them when the person's data is erased.
"""

from collections.abc import Iterator

from sqlalchemy import select

from club.certification.awards.certificates.models import AwardCertificate
from club.certification.awards.certificates.queries import certificates_of
from club.db import transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.records.certificates.personal_files import pdfs_of_certificates
from club.web.personal_data import ERASED_NAME, Erasure, PersonalFile, Rows, Whose


def rows_of(whose: Whose) -> Rows:
    kept = AwardCertificate.__table__.columns
    # What becomes of the file is the worker's business, and of nobody's data.
    workings = {"id", "failed_prints", "next_print_at", "lost_sha256"}
    told = (column for column in kept if not column.foreign_keys and column.name not in workings)
    return (
        select(*told)
        .where(AwardCertificate.person_id == whose.person_id)
        .order_by(AwardCertificate.id)
    )


def ids_of(whose: Whose) -> Rows:
    """By which the log knows the certificates that somebody looked at."""
    return select(AwardCertificate.number).where(AwardCertificate.person_id == whose.person_id)


def files_of(whose: Whose) -> Iterator[PersonalFile]:
    return pdfs_of_certificates(certificates_of(whose.person_id))


def erase(erasure: Erasure) -> None:
    """Numbers and days stay. Name and paper go where the person does not want certificates to be
    checked any more; whoever does is told that they were revoked.
    """
    if erasure.keeps_certificates:
        return
    with transaction() as session:
        for certificate in certificates_of(erasure.whose.person_id):
            paper, certificate.file_id = certificate.file_id, None
            certificate.holder_name, certificate.lost_sha256 = ERASED_NAME, None
            certificate.erased_at = erasure.now
            session.flush()
            if paper:
                let_go(session.get_one(StoredFile, paper))

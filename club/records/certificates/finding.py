"""Certificates of all kinds, found by what strangers have in their hands."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from club.db import db
from club.files.models import StoredFile
from club.records.certificates.kinds import KINDS, CertificateKind
from club.records.certificates.models import Certificate, SigningKey


def certificate_by_code(code: str) -> Certificate | None:
    """``code`` in stored form (see ``codes.typed_code``)."""
    return certificates_of_codes([code]).get(code)


def certificate_of_codes(stored: Sequence[str]) -> Certificate | None:
    """That of the first code that belongs to any."""
    found = certificates_of_codes(stored) if stored else {}
    return next((found[code] for code in stored if code in found), None)


def certificates_of_codes(stored: Collection[str]) -> dict[str, Certificate]:
    """By code, with everything that a check says, in a fixed number of questions."""
    return {
        certificate.code: certificate
        for kind in KINDS
        for certificate in _found(_with_links(kind).where(kind.model.code.in_(stored)))
    }


def certificate_by_file(sha256: str) -> Certificate | None:
    """Whose signed file hashes to this, or did before its bytes were lost."""
    kept = select(StoredFile.id).where(StoredFile.sha256 == sha256)
    for kind in KINDS:
        is_its = kind.model.file_id.in_(kept) | (kind.model.lost_sha256 == sha256)
        query = _with_links(kind).where(is_its)
        if found := _found(query.limit(1)):
            return found[0]
    return None


def files_signed_since(key: SigningKey, since: datetime) -> int:
    """How many files a key signed from a moment on, as the club itself knows."""
    return sum(
        db.session.scalar(
            select(func.count(kind.model.id))
            .join(kind.model.file)
            .where(kind.model.signing_key_id == key.id, StoredFile.uploaded_at >= since)
        )
        or 0
        for kind in KINDS
    )


def _found(query: Select[Certificate]) -> Sequence[Certificate]:
    return db.session.scalars(query).unique().all()


def _with_links(kind: CertificateKind) -> Select[Certificate]:
    return select(kind.model).options(*kind.links)

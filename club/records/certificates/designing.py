"""Keeping a new version of what certificates look like, and showing how it would look."""

from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

from sqlalchemy.exc import IntegrityError

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.files.receiving import ReceivedFile, add_file, receive
from club.records.certificates import queries
from club.records.certificates.codes import LENGTH
from club.records.certificates.designs import Design, Wording
from club.records.certificates.issuer import issuer_on
from club.records.certificates.models import CertificateDesign, CompletionCertificate
from club.records.certificates.printing import certificate_pdf
from club.records.certificates.rules import Refusal
from club.refusal import RefusedError


def keep_picture(content: bytes, *, name: str) -> ReceivedFile:
    """Put a picture into the store, before the transaction that ``keep_design`` opens.

    Raises ``RefusedError`` and ``StorageError``.
    """
    return receive(BytesIO(content), name=name)


def keep_design(
    wording: Wording,
    *,
    logo: ReceivedFile | int | None,
    signature: ReceivedFile | int | None,
    seen: int | None = None,
    by: int | None,
    now: datetime,
) -> CertificateDesign:
    """A new version, for certificates issued from now on. A picture is a new one, the id of
    the file of an earlier version, or none. ``seen``: the version that it was begun with, 0
    before the first. Raises ``RefusedError`` where somebody else kept one meanwhile.
    """
    with transaction() as database:
        present = queries.present_design()
        last = present.version if present else 0
        if seen not in (None, last):
            raise RefusedError(Refusal.OTHER_DESIGN)
        design = CertificateDesign(
            version=last + 1,
            logo_id=_file(logo, by=by, now=now),
            signature_id=_file(signature, by=by, now=now),
            kept_at=now,
            kept_by_id=by,
            **asdict(wording),
        )
        try:
            with database.begin_nested():
                database.add(design)
        except IntegrityError as taken:
            # In this very moment: only the database sees who was first.
            raise RefusedError(Refusal.OTHER_DESIGN) from taken
        record(
            "records.keep_design",
            subject_kind="certificate_design",
            subject_id=str(design.version),
            by=by,
            now=now,
        )
        return design


def sample_pdf(design: Design, *, public_url: str, now: datetime) -> bytes:
    """How a certificate looks with this design: invented, and marked as a sample."""
    today = clock.local_day(now)
    issuer, issuer_en = issuer_on(today)
    invented = CompletionCertificate(
        number=f"CN-{today.year}-000000",
        code="0" * LENGTH,
        holder_name="Nguyễn Thị Thùy Dương",
        course_title="Đo lường năng suất trong doanh nghiệp",
        course_title_en="Measuring productivity in firms",
        run_code=f"MAU-{today.year}-01",
        first_day=today - timedelta(days=2),
        last_day=today,
        attended_minutes=16 * 60,
        **_invented_scores(design.wording),
        issuer_name=issuer,
        issuer_name_en=issuer_en,
        issued_on=today,
        issued_at=now,
    )
    return certificate_pdf(invented, design, public_url=public_url, sample=True)


def _invented_scores(wording: Wording) -> dict[str, Decimal]:
    if not wording.prints_scores:
        return {}
    return {"post_test": Decimal(85), "post_test_maximum": Decimal(100), "assignment": Decimal(1)}


def _file(picture: ReceivedFile | int | None, *, by: int | None, now: datetime) -> int | None:
    if isinstance(picture, ReceivedFile):
        return add_file(picture, by=by, now=now).id
    return picture

"""Signing the files of what was issued together: by the worker, one small transaction each.

A worker that is killed in between leaves files that are whole; the next one goes on with those
that are missing.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from club.db import db, transaction
from club.documents.pdf import PdfError
from club.records.certificates import queries, rules
from club.records.certificates.models import (
    Certificate,
    CertificateBatch,
    CompletionCertificate,
)
from club.records.certificates.rules import Refusal
from club.records.certificates.signing import signed_file
from club.refusal import RefusedError

log = logging.getLogger("club.records")


def sign_batches(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Go on with every unfinished batch; returns how many files were signed."""
    made = 0
    for batch_id in queries.unfinished_batches():
        trouble: StrEnum | None = None
        for certificate_id in queries.unsigned_of(batch_id, due=now()):
            if stopped():
                return made
            try:
                signed_file(db.session.get_one(CompletionCertificate, certificate_id), now=now())
                made += 1
            except PdfError as error:
                put_off(CompletionCertificate, certificate_id, error, now=now())
            except (RefusedError, OSError) as error:
                # What stands in the way of one does so for all: later, then.
                trouble = _said_of(error, batch_id)
                break
        _note(batch_id, trouble, now=now())
    return made


def put_off(
    model: type[Certificate], certificate_id: int, error: PdfError, *, now: datetime
) -> None:
    """It holds up no other, and is tried again less and less often."""
    with transaction() as database:
        certificate = database.get_one(model, certificate_id)
        certificate.failed_prints += 1
        certificate.next_print_at = now + rules.pause_after(certificate.failed_prints)
        is_new = certificate.failed_prints == 1
        log.error(
            "certificate %s cannot be printed; next try %s",
            certificate.number,
            certificate.next_print_at.isoformat(timespec="minutes"),
            exc_info=error if is_new else None,
        )


def _said_of(error: RefusedError | OSError, batch_id: int) -> StrEnum:
    if isinstance(error, RefusedError):
        return error.refusal
    # Told once: it is tried every few seconds.
    if db.session.get_one(CertificateBatch, batch_id).trouble != Refusal.NOT_MADE.value:
        log.error("files of certificates cannot be stored", exc_info=error)
    return Refusal.NOT_MADE


def _note(batch_id: int, trouble: StrEnum | None, *, now: datetime) -> None:
    with transaction() as database:
        batch = database.get_one(CertificateBatch, batch_id)
        batch.trouble = trouble.value if trouble else None
        if trouble is None and not queries.unsigned_of(batch_id):
            batch.finished_at = now

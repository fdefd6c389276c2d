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
from club.records.certificates import queries
from club.records.certificates.models import CertificateBatch, CompletionCertificate
from club.records.certificates.rules import Refusal
from club.records.certificates.signing import signed_file
from club.refusal import RefusedError

log = logging.getLogger("club.records")


def sign_batches(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Go on with every unfinished batch; returns how many files were signed."""
    made = 0
    for batch_id in queries.unfinished_batches():
        trouble: StrEnum | None = None
        for certificate_id in queries.unsigned_of(batch_id):
            if stopped():
                return made
            try:
                signed_file(db.session.get_one(CompletionCertificate, certificate_id), now=now())
                made += 1
            except PdfError:
                log.exception("certificate %s cannot be printed", certificate_id)
                trouble = Refusal.NOT_MADE
            except (RefusedError, OSError) as error:
                # What stands in the way of one does so for all: later, then.
                trouble = _said_of(error)
                break
        _note(batch_id, trouble, now=now())
    return made


def _said_of(error: RefusedError | OSError) -> StrEnum:
    if isinstance(error, RefusedError):
        return error.refusal
    log.error("files of certificates cannot be stored", exc_info=error)
    return Refusal.NOT_MADE


def _note(batch_id: int, trouble: StrEnum | None, *, now: datetime) -> None:
    with transaction() as database:
        batch = database.get_one(CertificateBatch, batch_id)
        batch.trouble = trouble.value if trouble else None
        if trouble is None and not queries.unsigned_of(batch_id):
            batch.finished_at = now

"""Signing certificates of recognitions: by the worker, each in a transaction of its own."""

from collections.abc import Callable
from datetime import datetime

from club.certification.awards.certificates import queries
from club.certification.awards.certificates.models import AwardCertificate
from club.db import db
from club.documents.pdf import PdfError
from club.records.certificates.batches import put_off
from club.records.certificates.signing import signed_file
from club.refusal import RefusedError


def sign_files(*, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Returns how many were signed. Where no key is there or no room, whoever opens a file is told;
    it is tried again.
    """
    made = 0
    for certificate_id in queries.unsigned(due=now()):
        if stopped():
            break
        try:
            signed_file(db.session.get_one(AwardCertificate, certificate_id), now=now())
            made += 1
        except PdfError as error:
            put_off(AwardCertificate, certificate_id, error, now=now())
        except (RefusedError, OSError):
            break
    return made

"""Saying that a key may be in wrong hands, and from when on its signatures prove nothing."""

from datetime import datetime
from enum import StrEnum

from club.audit.operations import record
from club.db import transaction
from club.records.certificates import queries
from club.records.certificates.models import SigningKey
from club.refusal import RefusedError


class DistrustRefusal(StrEnum):
    UNKNOWN = "No key of the club begins with this. All of them: flask --app club certificates keys"
    AMBIGUOUS = "Several keys of the club begin with this. Give more of the fingerprint."
    IN_FUTURE = "Give a moment that has passed: the earliest at which others may have had the key."
    NO_REASON = "Give a reason. Whoever checks a certificate reads it."


def distrust_key(
    fingerprint: str, *, since: datetime, reason: str, by: int | None, now: datetime
) -> SigningKey:
    """Believe nothing that a key signs from ``since`` on; it signs nothing any more.

    ``fingerprint``: its beginning is enough. Said again with another moment or reason, the last
    holds. Raises ``RefusedError``.
    """
    if since > now:
        raise RefusedError(DistrustRefusal.IN_FUTURE)
    if not reason.strip():
        raise RefusedError(DistrustRefusal.NO_REASON)
    with transaction():
        key = _the_key(fingerprint)
        key.distrusted_from, key.distrust_reason = since, reason.strip()
        key.retired_at = key.retired_at or now
        record(
            "records.distrust_key",
            subject_kind="signing_key",
            subject_id=key.fingerprint,
            by=by,
            now=now,
            detail={"reason": key.distrust_reason, "since": since.isoformat()},
        )
        return key


def _the_key(beginning: str) -> SigningKey:
    wanted = beginning.strip().lower()
    found = [key for key in queries.signing_keys() if wanted and key.fingerprint.startswith(wanted)]
    if not found:
        raise RefusedError(DistrustRefusal.UNKNOWN)
    if len(found) > 1:
        raise RefusedError(DistrustRefusal.AMBIGUOUS)
    return found[0]

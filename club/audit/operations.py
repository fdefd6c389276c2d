"""Writing down what staff decided."""

from datetime import datetime
from typing import Any

from club.audit.models import AuditEntry
from club.db import transaction
from club.web.journal import current_request_number


def record(
    action: str,
    *,
    subject_kind: str,
    subject_id: object,
    by: int | None,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one entry, in the caller's transaction.

    ``action`` is a verb with its room (``courses.publish``); ``subject_id`` is what people
    find the thing by (a code or a public id); ``detail`` holds what JSON can hold.
    """
    with transaction() as session:
        entry = AuditEntry(
            at=now,
            account_id=by,
            action=action,
            subject_kind=subject_kind,
            subject_id=str(subject_id),
            detail=detail,
            request_number=current_request_number(),
        )
        session.add(entry)
        return entry

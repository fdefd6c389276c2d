"""Writing down what staff decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

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


def record_each(
    action: str,
    *,
    subject_kind: str,
    details: Mapping[object, dict[str, Any]],
    by: int | None,
    now: datetime,
) -> None:
    """The same about many things at once, in one statement. ``details``: by the subject's id."""
    rows = [
        {
            "at": now,
            "account_id": by,
            "action": action,
            "subject_kind": subject_kind,
            "subject_id": str(subject_id),
            "detail": detail,
            "request_number": current_request_number(),
        }
        for subject_id, detail in details.items()
    ]
    with transaction() as session:
        session.execute(insert(AuditEntry), rows)

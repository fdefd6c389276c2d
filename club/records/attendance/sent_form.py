"""What a phone sends: taps with the times of its own clock."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from club.records.attendance.models import Mark
from club.records.attendance.sent_marks import MadeMark

#: More than a phone gathers in a day of large classes.
MOST = 500


def made_marks(body: Any, *, now: datetime) -> list[MadeMark] | None:
    """The taps in ``{"sent_at": …, "marks": [{"id", "person", "mark", "made_at", "seen",
    "rest"}]}``; ``None`` for anything else. Moments are milliseconds of the phone's clock, which
    may be wrong: how far, its own ``sent_at`` tells against ``now``.
    """
    try:
        sent_at, marks = _moment(body["sent_at"]), list(body["marks"])
        if len(marks) > MOST:
            return None
        return [_made_mark(mark, slow_by=now - sent_at) for mark in marks]
    except (ArithmeticError, AttributeError, KeyError, OSError, TypeError, ValueError):
        return None


def _made_mark(given: dict[str, Any], *, slow_by: timedelta) -> MadeMark:
    return MadeMark(
        id=uuid.UUID(given["id"]),
        person=uuid.UUID(given["person"]),
        mark=Mark(given["mark"]),
        made_at=_moment(given["made_at"]) + slow_by,
        seen=Mark(given["seen"]) if given.get("seen") else None,
        is_of_the_rest=given.get("rest") is True,
    )


def _moment(milliseconds: Any) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

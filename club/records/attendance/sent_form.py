"""What a phone sends: taps with the times of its own clock."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from club.records.attendance.models import Mark
from club.records.attendance.sent_marks import MadeMark

#: More than a phone gathers in a day of large classes.
MOST = 500
#: What two readings of the same clock may differ by: a slow line, whole seconds.
_SAME_CLOCK = timedelta(minutes=2)


def made_marks(body: Any, *, now: datetime) -> list[MadeMark] | None:
    """The taps in ``{"sent_at": …, "marks": [{"id", "person", "mark", "made_at", "slow_by",
    "seen", "seen_version", "rest"}]}``; ``None`` for anything else. Moments are milliseconds of
    the phone's clock, which may be wrong: how far, its own ``sent_at`` tells against ``now``,
    and ``slow_by`` as the phone had last heard it before the tap.
    """
    try:
        sent_at, marks = _moment(body["sent_at"]), list(body["marks"])
        if len(marks) > MOST:
            return None
        return [_made_mark(mark, slow_by=now - sent_at, now=now) for mark in marks]
    except (ArithmeticError, AttributeError, KeyError, OSError, TypeError, ValueError):
        return None


def _made_mark(given: dict[str, Any], *, slow_by: timedelta, now: datetime) -> MadeMark:
    return MadeMark(
        id=uuid.UUID(given["id"]),
        person=uuid.UUID(given["person"]),
        mark=Mark(given["mark"]),
        made_at=_made_at(given, slow_by=slow_by, now=now),
        seen=Mark(given["seen"]) if given.get("seen") else None,
        seen_version=str(given.get("seen_version") or ""),
        is_of_the_rest=given.get("rest") is True,
    )


def _made_at(given: dict[str, Any], *, slow_by: timedelta, now: datetime) -> datetime:
    """By what was heard of the clock before the tap, where somebody has set it since."""
    tapped_at = _moment(given["made_at"])
    if given.get("slow_by") is not None:
        heard = timedelta(milliseconds=given["slow_by"])
        if abs(heard - slow_by) > _SAME_CLOCK and tapped_at + heard <= now:
            return tapped_at + heard
    return tapped_at + slow_by


def _moment(milliseconds: Any) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

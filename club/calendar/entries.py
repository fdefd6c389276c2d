"""Turns found sessions into calendar entries, in the feed's language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask_babel import force_locale, gettext

from club import clock
from club.calendar import queries
from club.calendar.queries import SessionKey
from club.calendar.writing import DeadlineEvent, EventStatus, SessionEvent, entry_text
from club.courses.models import RunForm, RunState, SessionState
from club.registration.models import RegistrationState
from club.web.language import said

_MOST_KEPT = 50_000
_AT_ONCE = 500
_DEADLINE_NAMES = uuid5(NAMESPACE_URL, "club:registration-deadline")


class PublicTexts:
    """The written entries of sessions, kept until their run changes, or its course.

    ``site`` is the public address without a final slash.
    """

    def __init__(self) -> None:
        #: For each site and language: the texts by what they were written of.
        self._kept: dict[tuple[str, str], dict[SessionKey, str]] = {}

    def of(self, keys: list[SessionKey], *, site: str, language: str) -> list[str]:
        kept = self._kept.setdefault((site, language), {})
        missing = {key.public_id: key for key in keys if key not in kept}
        if missing:
            if len(kept) > _MOST_KEPT:
                kept.clear()
                missing = {key.public_id: key for key in keys}
            kept |= _written(missing, site=site, language=language)
        return [kept[key] for key in keys if key in kept]


def _written(missing: dict[str, SessionKey], *, site: str, language: str) -> dict[SessionKey, str]:
    wanted, texts = list(missing), {}
    with force_locale(language):
        for start in range(0, len(wanted), _AT_ONCE):
            for row in queries.sessions_with(wanted[start : start + _AT_ONCE]):
                entry = _session_entry(row, site, EventStatus.CONFIRMED, 0, None)
                texts[_key_of(row, missing)] = entry_text(entry)
    return texts


def _key_of(row: Any, missing: dict[str, SessionKey]) -> SessionKey:
    """The database writes the id with hyphens or without."""
    return missing.get(row.public_id.hex) or missing[str(row.public_id)]


def personal_entries(
    found: Iterable[Any], *, site: str, language: str
) -> list[SessionEvent | DeadlineEvent]:
    """Entries of one person's feed: own sessions, and the deadlines of their runs.

    Each step of the person's registration changes the status of the entry, so it raises
    the entry's SEQUENCE above the session's own.
    """
    rows = list(found)
    with force_locale(language):
        sessions = [
            _session_entry(row, site, _personal_status(row), row.steps - 1, row.last_at)
            for row in rows
        ]
        deadlines = {
            row.code: _deadline_entry(row, site) for row in rows if row.registration_closes_at
        }
    return [*sessions, *deadlines.values()]


def _session_entry(
    row: Any, site: str, status: EventStatus, extra_steps: int, stepped_at: datetime | None
) -> SessionEvent:
    cancelled = row.session_state is SessionState.CANCELLED or row.run_state is RunState.CANCELLED
    title = said(row.title, row.title_en)
    moments = [row.modified_at, *([stepped_at] if stepped_at else [])]
    return SessionEvent(
        uid=str(row.public_id),
        sequence=row.sequence + extra_steps,
        created_at=row.created_at.replace(microsecond=0),
        modified_at=max(moments),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        status=EventStatus.CANCELLED if cancelled else status,
        summary=f"{title}: {row.session_title}" if row.session_title else title,
        location=_location(row),
        description=gettext("Run %(code)s. Details and changes: %(address)s",
                            code=row.code, address=f"{site}/runs/{row.code}"),
        url=f"{site}/runs/{row.code}",
        category=said(row.topic, row.topic_en),
    )  # fmt: skip


def _location(row: Any) -> str:
    if row.form is RunForm.ONLINE:
        return str(gettext("Online"))
    parts = [row.session_place or row.place, row.ward]
    return ", ".join(str(part) for part in parts if part)


def _personal_status(row: Any) -> EventStatus:
    if row.state is None or row.state is RegistrationState.CONFIRMED:
        return EventStatus.CONFIRMED
    return EventStatus.TENTATIVE if row.state.is_active else EventStatus.CANCELLED


def _deadline_entry(row: Any, site: str) -> DeadlineEvent:
    withdrawn = _personal_status(row) is EventStatus.CANCELLED
    cancelled = withdrawn or row.run_state is RunState.CANCELLED
    moments = [row.deadline_modified_at or row.created_at, *([row.last_at] if row.last_at else [])]
    return DeadlineEvent(
        uid=str(uuid5(_DEADLINE_NAMES, row.code)),
        sequence=row.deadline_sequence + row.steps - 1,
        modified_at=max(moments),
        day=clock.local_day(row.registration_closes_at),
        status=EventStatus.CANCELLED if cancelled else EventStatus.CONFIRMED,
        summary=gettext("Registration closes: %(course)s", course=said(row.title, row.title_en)),
        url=f"{site}/runs/{row.code}",
    )

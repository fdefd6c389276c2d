"""Turns found sessions into calendar entries, in the feed's language."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask_babel import force_locale, gettext, ngettext

from club import clock
from club.calendar import contents
from club.calendar.contents import SessionKey
from club.calendar.models import FeedKind
from club.calendar.queries import Address
from club.courses.calendar_entries import ONLOOKER, Standing, session_entry
from club.courses.models import RunState
from club.documents.icalendar import DeadlineEvent, EventStatus, SessionEvent, written
from club.registration.calendar_entries import Turnout, standings_of, teaching_of, turnouts_of
from club.web.language import said

_MOST_KEPT = 50_000
_AT_ONCE = 500
_DEADLINE_NAMES = uuid5(NAMESPACE_URL, "club:registration-deadline")


class PublicEntries:
    """The written entries of sessions, kept until their run changes, or its course.

    ``site`` is the public address without a final slash.
    """

    def __init__(self) -> None:
        #: For each site and language: the entries by what they were written of.
        self._kept: dict[tuple[str, str], dict[SessionKey, bytes]] = {}

    def of(self, keys: list[SessionKey], *, site: str, language: str) -> list[bytes]:
        kept = self._kept.setdefault((site, language), {})
        missing = {key.public_id: key for key in keys if key not in kept}
        if missing:
            if len(kept) > _MOST_KEPT:
                kept.clear()
                missing = {key.public_id: key for key in keys}
            kept |= _anew(missing, site=site, language=language)
        return [kept[key] for key in keys if key in kept]


def _anew(missing: dict[str, SessionKey], *, site: str, language: str) -> dict[SessionKey, bytes]:
    wanted, entries = list(missing), {}
    with force_locale(language):
        for start in range(0, len(wanted), _AT_ONCE):
            for row in contents.sessions_with(wanted[start : start + _AT_ONCE]):
                key = _key_of(row, missing)
                entry = session_entry(row, site=site, standing=key.standing or ONLOOKER)
                entries[key] = written(entry)
    return entries


def _key_of(row: Any, missing: dict[str, SessionKey]) -> SessionKey:
    """The database writes the id with hyphens or without."""
    return missing.get(row.public_id.hex) or missing[str(row.public_id)]


Entries = list[SessionEvent | DeadlineEvent]


def private_entries(address: Address, *, since: datetime, site: str) -> Entries:
    """Everything that a secret address shows, in the language of the present locale."""
    rows = contents.private_sessions(address, since=since)
    if address.kind is FeedKind.ORGANISATION:
        assert address.organisation_id
        return _organisations(rows, turnouts_of(address.organisation_id), site=site)
    if address.kind is FeedKind.TEACHING:
        return list(_sessions(rows, _by_run(teaching_of([address.person_id])), site=site))
    standings = _by_run(standings_of([address.person_id]))
    return [*_sessions(rows, standings, site=site), *_deadlines(rows, standings, site=site)]


def _by_run(standings: dict[tuple[int, int], Standing]) -> dict[int, Standing]:
    return {run_id: standing for (run_id, _person), standing in standings.items()}


def _sessions(
    rows: Iterable[Any], standings: dict[int, Standing], *, site: str
) -> Iterable[SessionEvent]:
    for row in rows:
        if row.run_id in standings:
            yield session_entry(row, site=site, standing=standings[row.run_id])


def _organisations(rows: Iterable[Any], turnouts: dict[int, Turnout], *, site: str) -> Entries:
    """How many come is said in the text: another number is no other time, place or status."""
    found: Entries = []
    for row in rows:
        turnout = turnouts.get(row.run_id)
        if turnout is None:
            continue
        entry = session_entry(row, site=site, standing=turnout.standing)
        come = ngettext(
            "%(num)s person of yours has a place.",
            "%(num)s people of yours have a place.",
            turnout.have_a_place,
        )
        if not turnout.have_a_place:
            come = gettext("None of your people has a place any more.")
        found.append(replace(entry, description=f"{come}\n{entry.description}"))
    return found


def _deadlines(
    rows: Iterable[Any], standings: dict[int, Standing], *, site: str
) -> Iterable[DeadlineEvent]:
    """One for each run, however many sessions it has; one that was taken away is cancelled."""
    runs = {row.run_id: row for row in rows if row.run_id in standings}
    dropped = contents.dropped_deadlines(
        [run_id for run_id, row in runs.items() if row.registration_closes_at is None]
    )
    for run_id, row in runs.items():
        closes_at = row.registration_closes_at or dropped.get(run_id)
        if closes_at:
            yield _deadline_entry(row, closes_at, site, standings[run_id])


def _deadline_entry(row: Any, closes_at: datetime, site: str, standing: Standing) -> DeadlineEvent:
    gone = standing.status is EventStatus.CANCELLED or row.registration_closes_at is None
    cancelled = gone or row.run_state is RunState.CANCELLED
    changed = row.deadline_modified_at or row.created_at
    return DeadlineEvent(
        uid=str(uuid5(_DEADLINE_NAMES, row.code)),
        sequence=row.deadline_sequence + standing.changes,
        modified_at=max(changed, standing.changed_at or changed),
        day=clock.local_day(closes_at),
        status=EventStatus.CANCELLED if cancelled else EventStatus.CONFIRMED,
        summary=gettext("Registration closes: %(course)s", course=said(row.title, row.title_en)),
        url=f"{site}/runs/{row.code}",
    )

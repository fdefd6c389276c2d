"""Calendar updates that go with letters (iTIP): the same entries as in the readers' own feeds.

Calendar programs ask every few hours; what changes shortly before a session has to come to them.
"""

from collections.abc import Collection
from email.utils import parseaddr
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import Row

from club.config import Settings
from club.courses.calendar_entries import session_columns, session_entry
from club.courses.models import Session
from club.db import db
from club.documents.icalendar import Mailbox, message_text
from club.outbox.telling import Reader
from club.registration.calendar_entries import standings_of


class CalendarUpdates:
    """Of one run's sessions, for several readers. Read after everything else was written."""

    def __init__(
        self, run_id: int, public_ids: Collection[str], person_ids: Collection[int]
    ) -> None:
        self._run_id = run_id
        self._rows = _rows(run_id, public_ids) if public_ids else []
        self._standings = standings_of(person_ids, run_id=run_id) if self._rows else {}
        #: By language: looked up once, however many readers there are.
        self._club: dict[str, Mailbox] = {}

    def for_reader(self, reader: Reader, public_ids: Collection[str]) -> str | None:
        """One VCALENDAR after the other, one for each of these sessions; ``None`` without any."""
        standing = self._standings.get((self._run_id, reader.person_id))
        if standing is None or reader.email is None:
            return None
        settings: Settings = current_app.extensions["club.settings"]
        attendee = Mailbox(reader.email, reader.full_name)
        with force_locale(reader.language):
            if reader.language not in self._club:
                self._club[reader.language] = _club(settings)
            texts = [
                message_text(
                    session_entry(row, site=settings.public_url, standing=standing),
                    organizer=self._club[reader.language],
                    attendee=attendee,
                )
                for row in self._rows
                if str(row.public_id) in public_ids
            ]
        return "".join(texts) or None


def _rows(run_id: int, public_ids: Collection[str]) -> list[Row[Any]]:
    query = session_columns().where(Session.run_id == run_id)
    return [row for row in db.session.execute(query) if str(row.public_id) in public_ids]


def _club(settings: Settings) -> Mailbox:
    """The sender of the letters: programs trust no other organizer."""
    name, address = parseaddr(settings.mail_from)
    return Mailbox(address, name or current_app.extensions["club.facts"]().full_name)

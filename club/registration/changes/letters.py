"""What people are told when a run changes: one letter with everything that is new to the reader."""

from datetime import datetime

from flask_babel import force_locale

from club.courses.models import Run
from club.outbox.telling import Reader, tell
from club.registration.changes.models import RunTelling
from club.registration.changes.queries import Concerned, Guest
from club.registration.changes.words import sentences
from club.registration.letters import Event, tell_of
from club.registration.links import page_for


def tell_of_change(
    one: Concerned,
    reader: Reader,
    *,
    telling: RunTelling,
    run: Run,
    calendar: str | None,
    now: datetime,
) -> None:
    """``calendar``: the calendar updates that go with the letter."""
    with force_locale(reader.language):
        changes = sentences(one.news)
    tell(
        reader,
        f"registration.{Event.RUN_CHANGED}",
        event=f"{telling.id}:{reader.person_id}",
        words={
            "run": run,
            "course": run.course,
            "path": page_for(reader, one.registration, run),
            "changes": changes,
            "is_registered": one.registration is not None,
            "has_calendar": calendar is not None,
        },
        about=run.starts_at,
        calendar=calendar,
        now=now,
    )


def tell_guest_of_change(guest: Guest, *, telling: RunTelling, run: Run, now: datetime) -> None:
    """Who was invited and has not come yet decides by what the letter said then."""
    with force_locale(guest.reader.language):
        changes = sentences(guest.news)
    tell_of(
        Event.INVITATION_CHANGED,
        guest.reader,
        registration=None,
        run=run,
        changes=changes,
        key=f"{telling.id}:{guest.invitation.public_id}",
        now=now,
    )

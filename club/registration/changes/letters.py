"""What people are told when a run changes: one letter with everything that is new to the reader."""

from datetime import datetime

from flask_babel import force_locale

from club.courses.models import Run
from club.outbox.telling import Reader, tell
from club.registration.changes.models import RunTelling
from club.registration.changes.queries import Concerned
from club.registration.changes.words import sentences
from club.registration.letters import Event
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

"""What people are told when a run changes: one letter with everything that is new to the reader."""

from datetime import datetime

from flask_babel import force_locale

from club.courses.models import Run
from club.outbox.operations import write_letter
from club.outbox.rendering import rendered
from club.registration.changes.models import RunTelling
from club.registration.changes.queries import Concerned
from club.registration.changes.words import sentences
from club.registration.letters import Event
from club.registration.registrants import Reader


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
    path = f"/registrations/{one.registration}" if one.registration else f"/runs/{run.code}"
    letter = rendered(
        f"registration/{Event.RUN_CHANGED}",
        language=reader.language,
        name=reader.full_name,
        run=run,
        course=run.course,
        path=path,
        changes=changes,
        is_registered=one.registration is not None,
        has_calendar=calendar is not None,
    )
    write_letter(
        kind=f"registration.{Event.RUN_CHANGED}",
        event_key=f"registration.{Event.RUN_CHANGED}:{telling.id}:{reader.person_id}",
        person_id=reader.person_id,
        recipient=reader.email,
        language=reader.language,
        subject=letter.subject,
        body_text=letter.text,
        body_html=letter.html,
        calendar=calendar,
        about=run.starts_at,
        now=now,
    )

"""What people are told about their registrations: one letter per event and person."""

import uuid
from datetime import datetime
from enum import StrEnum

from club.courses.models import Run
from club.courses.run_lists import RunRow
from club.outbox.operations import write_letter
from club.outbox.rendering import rendered
from club.registration.registrants import Reader


class Event(StrEnum):
    """Values are names of templates in ``templates/registration/letters``."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    PROMOTED = "promoted"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BY_STAFF = "withdrawn_by_staff"
    RUN_CANCELLED = "run_cancelled"
    #: See ``changes``: one letter for all edits that came in a row.
    RUN_CHANGED = "run_changed"


def tell(  # noqa: PLR0913  what happened to whose registration for which run, and the two facts letters add
    event: Event,
    reader: Reader,
    *,
    registration: uuid.UUID | None,
    run: Run,
    now: datetime,
    position: int | None = None,
    reason: str | None = None,
    next_run: RunRow | None = None,
    calendar: str | None = None,
) -> None:
    """Write the letter about ``event``, once. ``registration``: ``None`` for a trainer."""
    if reader.email is None:
        return
    letter = rendered(
        f"registration/{event}",
        language=reader.language,
        name=reader.full_name,
        run=run,
        course=run.course,
        path=f"/registrations/{registration}" if registration else f"/runs/{run.code}",
        position=position,
        reason=reason,
        next_run=next_run,
        is_registered=registration is not None,
    )
    write_letter(
        kind=f"registration.{event}",
        event_key=f"registration.{event}:{registration or f'{run.code}:{reader.person_id}'}",
        person_id=reader.person_id,
        recipient=reader.email,
        language=reader.language,
        subject=letter.subject,
        body_text=letter.text,
        body_html=letter.html,
        calendar=calendar,
        now=now,
    )

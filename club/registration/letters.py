"""What people are told about their registrations: one letter per event and person."""

import uuid
from datetime import datetime
from enum import StrEnum

from club.courses.models import Run
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


def tell(  # noqa: PLR0913  what happened to whose registration for which run, and the two facts letters add
    event: Event,
    reader: Reader,
    *,
    registration: uuid.UUID,
    run: Run,
    now: datetime,
    position: int | None = None,
    reason: str | None = None,
) -> None:
    """Write the letter about ``event``; a second one about the same event is not written."""
    letter = rendered(
        f"registration/{event}",
        language=reader.language,
        name=reader.full_name,
        run=run,
        course=run.course,
        path=f"/registrations/{registration}",
        position=position,
        reason=reason,
    )
    write_letter(
        kind=f"registration.{event}",
        event_key=f"registration.{event}:{registration}",
        person_id=reader.person_id,
        recipient=reader.email,
        language=reader.language,
        subject=letter.subject,
        body_text=letter.text,
        body_html=letter.html,
        about=run.starts_at,
        now=now,
    )

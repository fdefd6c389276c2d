"""What people are told about their registrations: one letter per event and person."""

import uuid
from datetime import datetime
from enum import StrEnum

from club.courses.models import Run
from club.courses.run_lists import RunRow
from club.outbox.operations import write_letter
from club.outbox.rendering import rendered
from club.registration.models import Registration
from club.registration.registrants import Reader, readers


class Event(StrEnum):
    """Values are names of templates in ``templates/registration/letters``."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    PROMOTED = "promoted"
    OFFERED = "offered"
    OFFER_DECLINED = "offer_declined"
    OFFER_LAPSED = "offer_lapsed"
    LATE_PLACE = "late_place"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BY_STAFF = "withdrawn_by_staff"
    RUN_CANCELLED = "run_cancelled"
    COURSE_PLANNED = "course_planned"
    #: See ``changes``: one letter for all edits that came in a row.
    RUN_CHANGED = "run_changed"


def tell(  # noqa: PLR0913  what happened to whose registration for which run, and the facts that letters add
    event: Event,
    reader: Reader,
    *,
    registration: uuid.UUID | None,
    run: Run,
    now: datetime,
    position: int | None = None,
    reason: str | None = None,
    until: datetime | None = None,
    key: str | None = None,
    next_run: RunRow | None = None,
    calendar: str | None = None,
) -> None:
    """Write the letter about ``event``; a second one about the same event is not written.

    ``registration`` is ``None`` for a trainer, and for who is on no list; ``key`` then tells
    events apart, where the run and the reader do not.
    """
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
        until=until,
        next_run=next_run,
        is_registered=registration is not None,
    )
    about = registration or key or f"{run.code}:{reader.person_id}"
    write_letter(
        kind=f"registration.{event}",
        event_key=f"registration.{event}:{about}",
        person_id=reader.person_id,
        recipient=reader.email,
        language=reader.language,
        subject=letter.subject,
        body_text=letter.text,
        body_html=letter.html,
        calendar=calendar,
        now=now,
    )


def tell_one(
    event: Event, registration: Registration, *, reason: str | None = None, now: datetime
) -> None:
    """The same, for a single registration whose reader is not known yet."""
    tell(
        event,
        readers([registration.id])[registration.id],
        registration=registration.public_id,
        run=registration.run,
        reason=reason,
        now=now,
    )

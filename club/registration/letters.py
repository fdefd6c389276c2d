"""What people are told about their registrations: one letter per event and person."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import TypedDict, Unpack

from club.accounts import readers
from club.courses.models import Run
from club.courses.run_lists import RunRow
from club.outbox.kinds import kind_called
from club.outbox.operations import LetterParts
from club.outbox.quiet_hours import goes_out_at
from club.outbox.telling import Reader, letter_to, tell_all
from club.registration.links import page_for
from club.registration.models import Registration


class More(TypedDict, total=False):
    """What some letters say beside the run, and what goes with them."""

    #: The place in the waiting list.
    position: int | None
    reason: str | None
    #: How long a place is held, or people may register.
    until: datetime
    #: Whether a place is free.
    has_room: bool
    #: How many requests nobody has decided, and how many of them an organisation answers first.
    undecided: int
    awaiting: int
    #: What people of a cancelled run may come to instead.
    next_run: RunRow | None
    #: A calendar update to attach.
    calendar: str | None
    #: Which organisation sent the person, and who of it, in one.
    organisation: str
    who: str
    #: By when the questions of the course are to be answered; ``None``: nothing is asked.
    answer_by: datetime | None
    #: Where the reader answers.
    desk: str
    #: Whether the letter's link works without an account.
    has_link: bool
    #: What is different now, a sentence each.
    changes: list[str]
    #: Whether the reader was only invited.
    is_guest: bool
    #: Tells events apart, where neither a registration nor the run and the reader do.
    key: str


class Event(StrEnum):
    """Values are names of templates in ``templates/registration/letters``."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    PROMOTED = "promoted"
    OFFERED = "offered"
    OFFER_REMINDER = "offer_reminder"
    OFFER_DECLINED = "offer_declined"
    OFFER_LAPSED = "offer_lapsed"
    LATE_PLACE = "late_place"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_BY_STAFF = "withdrawn_by_staff"
    RUN_CANCELLED = "run_cancelled"
    COURSE_PLANNED = "course_planned"
    #: An organisation sent the person; the letter says whether there is a place.
    NOMINATED = "nominated"
    #: Of runs where somebody decides about each request: see ``requests``.
    REQUEST_RECEIVED = "request_received"
    REQUEST_TO_ENDORSE = "request_to_endorse"
    REQUEST_ENDORSED = "request_endorsed"
    REQUEST_REFUSED = "request_refused"
    REQUESTS_UNDECIDED = "requests_undecided"
    #: The club asks somebody to come; see ``inviting``.
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    INVITATION_CHANGED = "invitation_changed"
    INVITATION_REMINDER = "invitation_reminder"
    #: The organisation sends somebody else instead.
    REPLACED = "replaced"
    #: The organisation takes back whom it nominated, and nobody comes instead.
    WITHDRAWN_BY_ORGANISATION = "withdrawn_by_organisation"
    #: See ``changes``: one letter for all edits that came in a row.
    RUN_CHANGED = "run_changed"


def tell_of(
    event: Event,
    reader: Reader,
    *,
    registration: uuid.UUID | None,
    run: Run,
    now: datetime,
    **more: Unpack[More],
) -> None:
    """Write the letter about ``event``; a second one about the same event is not written.

    ``registration`` is ``None`` for a trainer, and for who is on no list.
    """
    letter = letter_of(event, reader, registration=registration, run=run, **more)
    tell_all([letter], now=now)


def letter_of(
    event: Event,
    reader: Reader,
    *,
    registration: uuid.UUID | None,
    run: Run,
    **more: Unpack[More],
) -> LetterParts:
    """The letter that ``tell_of`` writes, for who writes many of them at once."""
    key, calendar = more.pop("key", None), more.pop("calendar", None)
    return letter_to(
        reader,
        f"registration.{event}",
        event=registration or key or f"{run.code}:{reader.person_id}",
        words={
            "run": run,
            "course": run.course,
            "path": page_for(reader, registration, run),
            "is_registered": registration is not None,
            **more,
        },
        about=run.starts_at,
        calendar=calendar,
    )


def tell_one(
    event: Event, registration: Registration, *, reason: str | None = None, now: datetime
) -> None:
    """The same, for a single registration whose reader is not known yet."""
    tell_of(
        event,
        readers.reader(registration.person_id),
        registration=registration.public_id,
        run=registration.run,
        reason=reason,
        now=now,
    )


def read_at(event: Event, run: Run, *, now: datetime) -> datetime:
    """When a letter about ``event`` goes out: at night some wait for the morning."""
    return goes_out_at(kind_called(f"registration.{event}"), about=run.starts_at, now=now)

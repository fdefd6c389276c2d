"""How a run stands at a moment, in the words of the catalogue. Pure, like the rules."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from club.courses.models import RunState


class RunStanding(StrEnum):
    """How a run stands for somebody who thinks of coming. Keys of the ``state_chip``."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    NOT_OPEN = "not_open"
    OPEN = "open"
    NEARLY_FULL = "nearly_full"
    FULL = "full"
    CLOSED = "closed"
    RUNNING = "running"
    OVER = "over"

    @property
    def takes_registrations(self) -> bool:
        """A full run still has a waiting list."""
        return self in {RunStanding.OPEN, RunStanding.NEARLY_FULL, RunStanding.FULL}


class RunTimesAndPlaces(Protocol):
    """What a run's standing follows from: a ``Run``, or a row of a list."""

    @property
    def state(self) -> RunState: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def registration_opens_at(self) -> datetime | None: ...
    @property
    def registration_closes_at(self) -> datetime | None: ...
    @property
    def seats(self) -> int: ...
    @property
    def places_taken(self) -> int: ...
    @property
    def waiting_count(self) -> int: ...


def standing_of(run: RunTimesAndPlaces, *, now: datetime) -> RunStanding:
    if run.state is RunState.CANCELLED:
        return RunStanding.CANCELLED
    if run.state is RunState.CLOSED:
        return RunStanding.OVER
    if run.state is RunState.DRAFT or run.starts_at is None or run.ends_at is None:
        return RunStanding.DRAFT
    if now >= run.starts_at:
        return RunStanding.OVER if now >= run.ends_at else RunStanding.RUNNING
    return _registration_standing(run, now=now)


def _registration_standing(run: RunTimesAndPlaces, *, now: datetime) -> RunStanding:
    if run.registration_opens_at is not None and now < run.registration_opens_at:
        return RunStanding.NOT_OPEN
    if run.registration_closes_at is not None and now >= run.registration_closes_at:
        return RunStanding.CLOSED
    free = run.seats - run.places_taken
    if free <= 0 or run.waiting_count:
        return RunStanding.FULL
    return RunStanding.NEARLY_FULL if free * 10 <= run.seats else RunStanding.OPEN

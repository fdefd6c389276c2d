"""How people and organisations stand towards runs, as their calendars show it.

Worked out from the steps of registrations, so that the same steps always give the same
SEQUENCE: it rises by one when the status that the reader sees changes, and for no other reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from club.courses.calendar_entries import Standing
from club.courses.history import TeachingStep
from club.courses.models import RunTrainer
from club.db import db
from club.documents.icalendar import EventStatus
from club.registration.models import Registration, RegistrationState, RegistrationStep

#: The best of several registrations is what counts.
_BEST_FIRST = (EventStatus.CONFIRMED, EventStatus.TENTATIVE, EventStatus.CANCELLED)


@dataclass(frozen=True)
class Step:
    """Something that happened to a registration."""

    registration_id: int
    status: EventStatus
    at: datetime


@dataclass(frozen=True)
class Turnout:
    """How many come to a run for an organisation, and how that stands in its calendar."""

    standing: Standing
    have_a_place: int


def status_of(state: RegistrationState) -> EventStatus:
    """Only a place is certain; whoever waits for one, or for an answer, may yet come."""
    if state is RegistrationState.CONFIRMED:
        return EventStatus.CONFIRMED
    return EventStatus.TENTATIVE if state.is_active else EventStatus.CANCELLED


def standing_after(steps: Iterable[Step]) -> Standing:
    """``steps`` in the order in which they were written, of one or several registrations."""
    held: dict[int, EventStatus] = {}
    shown, changes, at = None, -1, None
    for step in steps:
        held[step.registration_id] = step.status
        best = min(held.values(), key=_BEST_FIRST.index)
        if best is not shown:
            shown, changes = best, changes + 1
        at = max(at, step.at) if at else step.at
    return Standing(shown or EventStatus.CANCELLED, max(changes, 0), at)


def standings_of(
    person_ids: Collection[int], *, run_id: int | None = None
) -> dict[tuple[int, int], Standing]:
    """By run and person: everybody who is or was registered for a run, or teaches or taught it.
    Two statements, however many people.
    """
    taking_part = {
        key: standing_after(steps) for key, steps in _steps_by_person(person_ids, run_id).items()
    }
    teaching = teaching_of(person_ids, run_id=run_id)
    both = taking_part.keys() & teaching.keys()
    return {
        **taking_part,
        **teaching,
        **{key: _together(taking_part[key], teaching[key]) for key in both},
    }


def teaching_of(
    person_ids: Collection[int], *, run_id: int | None = None
) -> dict[tuple[int, int], Standing]:
    """By run and person: who teaches, and who taught once and is gone."""
    steps = (
        select(
            TeachingStep.run_id,
            TeachingStep.person_id,
            func.count().label("changes"),
            func.max(TeachingStep.at).label("at"),
        )
        .where(TeachingStep.person_id.in_(person_ids), *_of_run(TeachingStep.run_id, run_id))
        .group_by(TeachingStep.run_id, TeachingStep.person_id)
    )
    now_teaching = select(RunTrainer.run_id, RunTrainer.person_id).where(
        RunTrainer.person_id.in_(person_ids), *_of_run(RunTrainer.run_id, run_id)
    )
    teaches = {(run, person) for run, person in db.session.execute(now_teaching)}
    found = dict.fromkeys(teaches, Standing())
    for run, person, changes, at in db.session.execute(steps):
        key = (run, person)
        status = EventStatus.CONFIRMED if key in teaches else EventStatus.CANCELLED
        found[key] = Standing(status, changes, at)
    return found


def turnouts_of(organisation_id: int) -> dict[int, Turnout]:
    """By run: those in which somebody who comes for the organisation has or had a place."""
    of_runs: dict[int, list[Step]] = defaultdict(list)
    for run_id, _person, step in _steps(Registration.organisation_id == organisation_id):
        has_place = step.status is EventStatus.CONFIRMED
        # Nothing is shown before the first place was taken.
        if has_place or run_id in of_runs:
            status = EventStatus.CONFIRMED if has_place else EventStatus.CANCELLED
            of_runs[run_id].append(replace(step, status=status))
    return {run_id: _turnout(steps) for run_id, steps in of_runs.items()}


def _turnout(steps: list[Step]) -> Turnout:
    last = {step.registration_id: step.status for step in steps}
    places = sum(status is EventStatus.CONFIRMED for status in last.values())
    return Turnout(standing_after(steps), places)


def _together(one: Standing, other: Standing) -> Standing:
    best = min(one.status, other.status, key=_BEST_FIRST.index)
    moments = [at for at in (one.changed_at, other.changed_at) if at is not None]
    return Standing(best, one.changes + other.changes, max(moments, default=None))


def _steps_by_person(
    person_ids: Collection[int], run_id: int | None
) -> dict[tuple[int, int], list[Step]]:
    found: dict[tuple[int, int], list[Step]] = defaultdict(list)
    conditions = [Registration.person_id.in_(person_ids), *_of_run(Registration.run_id, run_id)]
    for run, person, step in _steps(*conditions):
        found[run, person].append(step)
    return found


def _steps(*conditions: ColumnElement[bool]) -> list[tuple[int, int, Step]]:
    """A cancelled run is said by its sessions; the step that follows from it changes nothing."""
    query = (
        select(
            Registration.run_id,
            Registration.person_id,
            Registration.id,
            RegistrationStep.to_state,
            RegistrationStep.at,
        )
        .join(RegistrationStep, RegistrationStep.registration_id == Registration.id)
        .where(*conditions, RegistrationStep.to_state != RegistrationState.CANCELLED)
        .order_by(RegistrationStep.id)
    )
    return [
        (run, person, Step(registration, status_of(state), at))
        for run, person, registration, state, at in db.session.execute(query)
    ]


def _of_run(column: InstrumentedAttribute[int], run_id: int | None) -> list[ColumnElement[bool]]:
    return [] if run_id is None else [column == run_id]

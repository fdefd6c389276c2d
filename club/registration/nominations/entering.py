"""Many people of one organisation onto a run's list at once, in the order of the organisation.

The same as ``places.enter`` for each of them, in a fixed number of statements: others wait for
the run meanwhile.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, insert

from club.outbox.telling import Reader
from club.people.queries import stay_while_written_about
from club.refusal import RefusedError
from club.registration import line
from club.registration.held import Held, seating
from club.registration.models import (
    NoRoom,
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.nominations import queries
from club.registration.places import Comes, let_the_line_go_first
from club.registration.registrants import placing_facts
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.seating import quota_of

#: Between the moments since which those of one list wait, so that decisions can put others there.
_APART = timedelta(milliseconds=1)
_REGISTRATIONS = insert(cast("Table", Registration.__table__)).returning(
    Registration.id, sort_by_parameter_order=True
)
_STEPS = insert(cast("Table", RegistrationStep.__table__))


@dataclass(frozen=True)
class Entered:
    """How somebody stands on the list after coming onto it."""

    reader: Reader
    registration_id: int
    public_id: uuid.UUID
    state: RegistrationState
    #: The place in line, for who waits.
    position: int | None


@dataclass(frozen=True)
class _Placed:
    reader: Reader
    public_id: uuid.UUID
    quota_id: int | None
    state: RegistrationState
    position: int | None
    no_room: NoRoom | None


def enter_together(
    held: Held, readers: Sequence[Reader], comes: Comes, *, by: int, now: datetime
) -> list[Entered]:
    """Places as long as there is room, then the end of the line. None of them is on the list."""
    refuse_merged(readers)
    let_the_line_go_first(held, now=now)
    placed = _place(held, readers, comes, now=now)
    if not placed:
        return []
    ids = _insert(held, placed, comes, now=now)
    steps = [
        {
            "registration_id": registration_id, "to_state": one.state, "at": now, "by_id": by,
            "reason": StepReason.NOMINATED_TO_WAIT if one.no_room else StepReason.NOMINATED,
            "no_room": one.no_room,
        }
        for registration_id, one in zip(ids, placed, strict=True)
    ]  # fmt: skip
    held.session.execute(_STEPS, steps)
    return [
        Entered(one.reader, registration_id, one.public_id, one.state, one.position)
        for registration_id, one in zip(ids, placed, strict=True)
    ]


def refuse_merged(readers: Sequence[Reader]) -> None:
    """Nobody comes onto a list as an entry that has just become part of another one."""
    if not stay_while_written_about([reader.person_id for reader in readers]):
        raise RefusedError(RegistrationRefusal.NO_SUCH_PERSON)


def _place(held: Held, readers: Sequence[Reader], comes: Comes, *, now: datetime) -> list[_Placed]:
    seats, groups = seating(held, at=now), _groups(held, readers, comes, now=now)
    by_group = bool(held.quotas) and held.terms.keep_quotas(at=now)
    lines = line.count_waiting_by_group(held.run.id)
    placed = []
    for reader in readers:
        quota_id = groups.get(reader.person_id)
        no_room = seats.lack_of_room(quota_id, comes.organisation_id)
        if no_room:
            lines[quota_id] += 1
            position = lines[quota_id] if by_group else lines.total()
            state = RegistrationState.WAITING
        else:
            seats.seat(quota_id, comes.organisation_id)
            state, position = RegistrationState.CONFIRMED, None
        held.count(None, state)
        placed.append(_Placed(reader, uuid.uuid4(), quota_id, state, position, no_room))
    return placed


def _groups(
    held: Held, readers: Sequence[Reader], comes: Comes, *, now: datetime
) -> dict[int, int | None]:
    if not held.quotas:
        return {}
    people = [reader.person_id for reader in readers]
    facts = placing_facts(people, comes.audience, comes.organisation_id, at=now)
    return {person_id: quota_of(held.quotas, facts[person_id]) for person_id in people}


def _insert(held: Held, placed: Sequence[_Placed], comes: Comes, *, now: datetime) -> Sequence[int]:
    number, line_ends_at = queries.end_of_queue(held.run.id)
    # The order of the line is that of the lock, whatever two clocks said before it was held.
    since = max(now, line_ends_at or now)
    rows = [
        {
            "public_id": one.public_id, "run_id": held.run.id,
            "person_id": one.reader.person_id, "state": one.state, "queue_number": number + n,
            "audience": comes.audience, "organisation_id": comes.organisation_id,
            "registered_at": now, "waits_since": since + (n - 1) * _APART,
            "quota_id": one.quota_id, "takes_late_place": comes.wishes.takes_late_place,
            "any_run": comes.wishes.any_run,
        }
        for n, one in enumerate(placed, start=1)
    ]  # fmt: skip
    return held.session.execute(_REGISTRATIONS, rows).scalars().all()

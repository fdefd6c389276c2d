"""A run held by its lock: who gets its places is decided and written down while it is.

Whoever changes registrations of a run holds it first, so that counting, deciding and writing
are one step for everybody else. The numbers that are kept on the run follow the steps of its
registrations and are written when the run is let go.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session, joinedload

from club.courses import run_story
from club.courses.models import Run
from club.refusal import RefusedError
from club.registration.models import (
    SEATED_STATES,
    NoRoom,
    Registration,
    RegistrationState,
    RegistrationStep,
    RunQuota,
    RunTerms,
    StepReason,
)
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.seating import Seating
from club.registration.rules.terms import USUAL, Terms, terms_of
from club.registration.states import check_step

#: Built once: it is run while others wait for the lock.
_LOCKED = (
    select(Run)
    .where(Run.id == bindparam("run"))
    .options(joinedload(Run.course, innerjoin=True))
    .with_for_update(of=Run)
    .execution_options(populate_existing=True)
)


@dataclass
class Held:
    session: Session
    run: Run
    terms: Terms
    #: In their order; none for a run without terms of its own.
    quotas: list[RunQuota]
    #: As they will be kept on the run: how many seats are taken, and how many people wait.
    taken: int
    waiting: int

    def count(self, before: RegistrationState | None, after: RegistrationState) -> None:
        """Follow one registration from state to state."""
        waits = RegistrationState.WAITING
        self.taken += after.takes_a_seat - bool(before and before.takes_a_seat)
        self.waiting += (after is waits) - (before is waits)


def locked(session: Session, run_id: int) -> Run:
    """The run and its course as they are now, kept from everybody else until the end."""
    run = session.scalars(_LOCKED, {"run": run_id}).one_or_none()
    if run is None:
        raise RefusedError(RegistrationRefusal.NOT_ANNOUNCED)
    return run


@contextmanager
def holding(session: Session, run_id: int) -> Iterator[Held]:
    """The run, locked, with all that decides who gets its places; its numbers are written at
    the end of the block.
    """
    run = locked(session, run_id)
    terms, quotas = _terms(session, run)
    held = Held(session, run, terms, quotas, run.places_taken, run.waiting_count)
    yield held
    if (held.taken, held.waiting) != (run.places_taken, run.waiting_count):
        run_story.keep_places(run, taken=held.taken, waiting=held.waiting)


def looked_at(session: Session, run: Run) -> Held:
    """How a run stands for somebody who only looks: it may have changed a moment later."""
    return Held(session, run, *_terms(session, run), run.places_taken, run.waiting_count)


def _terms(session: Session, run: Run) -> tuple[Terms, list[RunQuota]]:
    if not run.has_own_terms:
        return USUAL, []
    own = session.get(RunTerms, run.id, populate_existing=True)
    return terms_of(own), quotas_of(session, run.id)


@contextmanager
def holding_run_of(session: Session, registration_id: int) -> Iterator[tuple[Held, Registration]]:
    """The registration as it is now, and its run held."""
    with holding(session, session.get_one(Registration, registration_id).run_id) as held:
        yield held, session.get_one(Registration, registration_id, populate_existing=True)


def step(  # noqa: PLR0913  which registration goes where, why, by whom and when
    held: Held,
    registration: Registration,
    to: RegistrationState,
    reason: StepReason,
    *,
    remark: str | None = None,
    no_room: NoRoom | None = None,
    by: int | None,
    now: datetime,
) -> None:
    """Change the state and write the change down, for whoever is on the list already."""
    before = _go(held, registration, to, reason)
    held.session.add(
        RegistrationStep(
            registration=registration,
            from_state=before,
            to_state=to,
            reason=reason,
            no_room=no_room,
            remark=remark,
            at=now,
            by_id=by,
        )
    )


@dataclass(frozen=True)
class Step:
    """Which registration goes where, and why."""

    registration: Registration
    to: RegistrationState
    reason: StepReason
    no_room: NoRoom | None = None


def step_together(
    held: Held, steps: Sequence[Step], *, remark: str | None = None, by: int | None, now: datetime
) -> None:
    """The same for many, in two statements: others wait for the run meanwhile."""
    rows = [
        {
            "registration_id": one.registration.id,
            "from_state": _go(held, one.registration, one.to, one.reason),
            "to_state": one.to,
            "reason": one.reason,
            "no_room": one.no_room,
            "remark": remark,
            "at": now,
            "by_id": by,
        }
        for one in steps
    ]
    held.session.flush()
    held.session.execute(insert(RegistrationStep), rows)


def _go(
    held: Held, registration: Registration, to: RegistrationState, reason: StepReason
) -> RegistrationState:
    """Returns the state before."""
    before = registration.state
    check_step(before, to, reason)
    registration.state = to
    held.count(before, to)
    return before


def quotas_of(session: Session, run_id: int) -> list[RunQuota]:
    query = select(RunQuota).where(RunQuota.run_id == run_id).order_by(RunQuota.position)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def seating(held: Held, *, at: datetime) -> Seating:
    """How the places stand now. Counted only where more than their number matters."""
    keeps = bool(held.quotas) and held.terms.keep_quotas(at=at)
    result = Seating(
        seats=held.run.seats,
        taken=held.taken,
        kept={quota.id: quota.seats for quota in held.quotas} if keeps else {},
        most_per_organisation=held.terms.most_per_organisation,
    )
    if keeps or result.most_per_organisation is not None:
        result.of_quota, result.of_organisation = _taken(held)
    return result


def _taken(held: Held) -> tuple[Counter[int | None], Counter[int | None]]:
    query = (
        select(Registration.quota_id, Registration.organisation_id, func.count())
        .where(Registration.run_id == held.run.id, Registration.state.in_(SEATED_STATES))
        .group_by(Registration.quota_id, Registration.organisation_id)
    )
    of_quota: Counter[int | None] = Counter()
    of_organisation: Counter[int | None] = Counter()
    for quota_id, organisation_id, number in held.session.execute(query):
        of_quota[quota_id] += number
        of_organisation[organisation_id] += number
    return of_quota, of_organisation

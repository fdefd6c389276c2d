"""Registering, giving back, changing places, cancelling: each verb is one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.courses import operations as courses
from club.courses import run_story
from club.courses.models import Run
from club.db import transaction
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import cancelling, line, queries, registrants
from club.registration.eligibility import (
    refuse_unless_allowed,
    verdict_on_entry_by_staff,
    verdict_on_person,
)
from club.registration.held import Held, holding, holding_run_of, step
from club.registration.letters import Event, tell_one
from club.registration.models import (
    OfferAnswer,
    Registration,
    RegistrationState,
    StepReason,
)
from club.registration.offering import close_offer, offer_free_places
from club.registration.places import NO_WISHES, Comes, Taken, Wishes, enter, leave
from club.registration.questions.answering import (
    NO_ANSWERS,
    Answers,
    check_answers,
    keep_first_answers,
)
from club.registration.questions.queries import questions_of_run
from club.registration.registrants import Registrant
from club.registration.requests.asking import ask_for_a_place
from club.registration.rules import leaving, offers, seating
from club.registration.rules.coming import RegistrationRefusal


def register(  # noqa: PLR0913  who comes to what, as whom, with which words, by whom and when
    person_id: int,
    *,
    run_id: int,
    organisation_id: int | None,
    wishes: Wishes = NO_WISHES,
    answers: Answers = NO_ANSWERS,
    by: int,
    now: datetime,
) -> Taken:
    """Take a place, or the next number in line; where requests are decided about, ask for one.
    Twice is once.

    ``organisation_id`` is the employer the person comes for, ``None`` an individual;
    ``answers`` are those to the questions of the course.
    """
    with transaction() as session, holding(session, run_id) as held:
        registrant = _registrant(person_id, held.run)
        if registrant.registration_id is not None:
            return _as_it_stands(session, registrant.registration_id, now=now)
        way_in = held.terms.way_in
        refuse_unless_allowed(verdict_on_person(held.run, registrant, way_in=way_in, at=now))
        comes = _comes_for(person_id, organisation_id, at=now, wishes=wishes)
        asked = questions_of_run(run_id) if registrant.is_asked_something else []
        check_answers(asked, answers)
        come = ask_for_a_place if held.terms.way_in.asks_approval else enter
        taken = come(held, registrant, comes, by=by, now=now)
        keep_first_answers(session, taken.id, asked, answers, by=by, now=now)
        return taken


def register_on_behalf(
    person_id: int, *, run_id: int, organisation_id: int | None, by: int, now: datetime
) -> Taken:
    """Staff enter somebody, by the same rules but for the account, which nobody needs."""
    with transaction() as session, holding(session, run_id) as held:
        registrant = _registrant(person_id, held.run)
        way_in = held.terms.way_in
        verdict = verdict_on_entry_by_staff(held.run, registrant, way_in=way_in, at=now)
        refuse_unless_allowed(verdict)
        comes = _comes_for(person_id, organisation_id, at=now)
        taken = enter(held, registrant, comes, by=by, now=now)
        record(
            "registration.register",
            subject_kind="registration",
            subject_id=taken.public_id,
            by=by,
            now=now,
            detail={"run": held.run.code, "state": taken.state.value},
        )
        return taken


def withdraw(
    registration_id: int,
    *,
    reason: str | None = None,
    only_offer: bool = False,
    by: int | None,
    now: datetime,
) -> None:
    """Give the place, the offer or the number back; a seat goes to the next in line.

    ``reason`` is needed for a place after the cut-off. ``only_offer``: decline an offer, and
    nothing that it has become meanwhile. ``by`` is ``None`` for who answers by the link in a
    letter.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, mine):
        declines = mine.state is RegistrationState.OFFERED
        if only_offer and mine.state.is_active and not declines:
            raise RefusedError(offers.OfferRefusal.NOT_OFFERED)
        if refusal := leaving.refusal_to_withdraw(mine, held.terms, reason=reason, at=now):
            raise RefusedError(refusal, field="reason")
        why = StepReason.OFFER_DECLINED if declines else StepReason.WITHDRAWN_BY_PERSON
        leave(held, mine, reason=why, remark=reason, by=by, now=now)
        tell_one(Event.OFFER_DECLINED if declines else Event.WITHDRAWN, mine, now=now)


def withdraw_on_behalf(registration_id: int, *, reason: str, by: int, now: datetime) -> None:
    """Staff take somebody off the list and say why; the person is told."""
    with transaction() as session, holding_run_of(session, registration_id) as (held, theirs):
        why = StepReason.WITHDRAWN_BY_STAFF
        leave(held, theirs, reason=why, remark=reason, by=by, now=now)
        tell_one(Event.WITHDRAWN_BY_STAFF, theirs, reason=reason, now=now)
        record(
            "registration.withdraw",
            subject_kind="registration",
            subject_id=theirs.public_id,
            by=by,
            now=now,
            detail={"run": held.run.code, "reason": reason},
        )


def change_seats(run_id: int, *, seats: int, by: int, now: datetime) -> int:
    """Set the number of places; returns how many of the waiting list got one or an offer.

    Fewer places than are taken throw nobody out: no one moves up until enough were given back.
    """
    with transaction() as session, holding(session, run_id) as held:
        run = held.run
        if refusal := seating.refusal_to_change_seats(run, seats, quotas=held.quotas):
            raise RefusedError(refusal, field=seating.field_to_mend(refusal))
        before, run.seats = run.seats, seats
        run_story.note_seats_changed(run, before=before, by=by, now=now)
        moved = offer_free_places(held, reason=StepReason.SEATS_ADDED, by=by, now=now)
        record(
            "registration.change_seats",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={
                "before": {"seats": before},
                "after": {"seats": seats},
                "moved_up": moved,
            },
        )
        return moved


def cancel_run_with_registrations(run_id: int, *, reason: str, by: int, now: datetime) -> int:
    """Cancel the run and tell everybody who had a place or waited, and who teaches, once;
    returns how many people lost a place or a number.
    """
    with transaction() as session, holding(session, run_id) as held:
        near = cancelling.sessions_near(held.run, now=now)
        courses.cancel_run(held.run, reason=reason, by=by, now=now)
        concerned = queries.active_of(run_id)
        for registration in concerned:
            _cancel(held, registration, by=by, now=now)
        session.flush()
        cancelling.tell_everybody(held.run, concerned, near=near, reason=reason, now=now)
        return len(concerned)


def _cancel(held: Held, registration: Registration, *, by: int, now: datetime) -> None:
    close_offer(held, registration, OfferAnswer.TAKEN_BACK, now=now)
    cancelled, why = RegistrationState.CANCELLED, StepReason.RUN_CANCELLED
    step(held, registration, cancelled, why, by=by, now=now)


def _registrant(person_id: int, run: Run) -> Registrant:
    registrant = registrants.held_registrant(person_id, run_id=run.id)
    if registrant is None:
        raise RefusedError(RegistrationRefusal.NO_SUCH_PERSON)
    return registrant


def _comes_for(
    person_id: int, organisation_id: int | None, *, at: datetime, wishes: Wishes = NO_WISHES
) -> Comes:
    if organisation_id is None:
        return Comes(AudienceKind.INDIVIDUAL, None, wishes)
    for employer in registrants.employers_of(person_id, on=clock.local_day(at)):
        if employer.id == organisation_id:
            return Comes(employer.kind, employer.id, wishes)
    raise RefusedError(RegistrationRefusal.NOT_EMPLOYED_THERE, field="comes_for")


def _as_it_stands(session: Session, registration_id: int, *, now: datetime) -> Taken:
    registration = session.get_one(Registration, registration_id)
    position = line.position_of(registration, now=now)
    return Taken(
        registration_id, registration.public_id, registration.state, position, is_new=False
    )

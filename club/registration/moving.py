"""Changing places: to another run of the same course, and within a waiting list by a decision.

Each verb is one transaction.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy.orm import Session

from club.audit.operations import record
from club.db import transaction
from club.refusal import RefusedError
from club.registration import line, registrants
from club.registration.eligibility import refuse_unless_allowed, verdict_on_person
from club.registration.held import Held, holding, holding_run_of, seating, step
from club.registration.models import OfferAnswer, Registration, RegistrationState, StepReason
from club.registration.offering import close_offer, offer_free_places
from club.registration.places import Comes, Taken, Wishes, enter, group_of
from club.registration.questions.answering import carry_answers
from club.registration.rules import moving as rules

_INSTANT = timedelta(microseconds=1)


def move_to_run(registration_id: int, *, run_id: int, by: int, now: datetime) -> Taken:
    """Leave one run and come into another of the same course, in one step.

    Who has a place moves only to a place; who waits may move to another line. Whose run was
    cancelled has left it already, and comes as he was registered there.
    """
    with transaction() as session, ExitStack() as both:
        here, mine, there = _hold_both(session, both, registration_id, run_id)
        wishes = Wishes(mine.takes_late_place, mine.any_run)
        comes = Comes(mine.audience, mine.organisation_id, wishes)
        registrant = registrants.registrant(mine.person_id, run_id=run_id)
        assert registrant
        quota_id = group_of(there, mine.person_id, comes, now=now)
        refusal = rules.refusal_to_move(
            mine,
            there.run,
            way_in=there.terms.way_in,
            has_room=seating(there, at=now).has_room(quota_id, mine.organisation_id),
            at=now,
        )
        if refusal:
            raise RefusedError(refusal)
        verdict = verdict_on_person(there.run, registrant, way_in=there.terms.way_in, at=now)
        refuse_unless_allowed(verdict)
        if mine.state.is_active:
            _leave_for(there, here, mine, by=by, now=now)
        taken = enter(there, registrant, comes, by=by, now=now)
        carry_answers(session, {mine.id: taken.id}, now=now)
        return taken


def _leave_for(there: Held, here: Held, mine: Registration, *, by: int, now: datetime) -> None:
    vacancy = close_offer(here, mine, OfferAnswer.DECLINED, now=now)
    gone, why = RegistrationState.WITHDRAWN, StepReason.MOVED_AWAY
    step(here, mine, gone, why, remark=there.run.code, by=by, now=now)
    fell_free = StepReason.SEAT_FELL_FREE
    offer_free_places(here, reason=fell_free, vacancy=vacancy, by=None, now=now)


def _hold_both(
    session: Session, both: ExitStack, registration_id: int, run_id: int
) -> tuple[Held, Registration, Held]:
    """In the order of their ids, so that two who swap runs never wait for each other."""
    here_id = session.get_one(Registration, registration_id).run_id
    if here_id == run_id:
        raise RefusedError(rules.MoveRefusal.SAME_RUN)
    held = {run: both.enter_context(holding(session, run)) for run in sorted({here_id, run_id})}
    mine = session.get_one(Registration, registration_id, populate_existing=True)
    return held[here_id], mine, held[run_id]


def move_in_line(registration_id: int, *, place: int, reason: str, by: int, now: datetime) -> None:
    """Staff give somebody another place in the line, counted from 1 within the whole list, and
    say why. Everybody who is overtaken finds the same reason in the own story. Who has that
    place already keeps it.
    """
    with transaction() as session, holding_run_of(session, registration_id) as (held, moved):
        waiting = line.waiting_line(held.run.id)
        if refusal := rules.refusal_to_move_in_line(moved, place=place, waiting=len(waiting)):
            raise RefusedError(refusal, field="place")
        before = waiting.index(moved)
        if before == place - 1:
            return
        overtaken = waiting[place - 1 : before]
        others = [registration for registration in waiting if registration is not moved]
        _line_up([*others[: place - 1], moved, *others[place - 1 :]], moved)
        waits = RegistrationState.WAITING
        for registration, why in (
            (moved, StepReason.MOVED_BY_STAFF),
            *((one, StepReason.OVERTAKEN) for one in overtaken),
        ):
            step(held, registration, waits, why, remark=reason, by=by, now=now)
        record(
            "registration.move_in_line",
            subject_kind="registration",
            subject_id=moved.public_id,
            by=by,
            now=now,
            detail={
                "run": held.run.code,
                "place_before": before + 1,
                "place_after": place,
                "reason": reason,
            },
        )


def _line_up(order: Sequence[Registration], moved: Registration) -> None:
    """Give ``moved`` a moment that puts it where it stands in ``order``. Where no instant is
    free between two neighbours, those behind move on by instants and keep their order.
    """
    if order[0] is moved:
        moved.waits_since = order[1].waits_since - _INSTANT
    else:
        moved.waits_since = order[order.index(moved) - 1].waits_since + _INSTANT
    for ahead, behind in pairwise(order):
        if behind.waits_since <= ahead.waits_since:
            behind.waits_since = ahead.waits_since + _INSTANT

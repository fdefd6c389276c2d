"""What people are told whom their organisation nominated: one letter each."""

from collections.abc import Sequence
from datetime import datetime

from club.accounts import readers
from club.outbox.telling import Reader, tell_all
from club.registration import line
from club.registration.calendar_updates import CalendarUpdates
from club.registration.held import Held
from club.registration.letters import Event, letter_of, tell_of
from club.registration.models import Registration, RegistrationState
from club.registration.nominations.entering import Entered
from club.registration.questions.queries import questions_of_run
from club.registration.questions.rules import answers_due


def tell_nominees(
    people: Sequence[Entered],
    held: Held,
    *,
    organisation: str,
    nominator: str | None,
    now: datetime,
) -> None:
    """Who has no address is told by the organisation; its page says so. With a place come the
    sessions for the reader's calendar; where the course asks questions, the reader is asked.

    ``nominator``: who of the organisation sent them; ``None``: the club's staff, for it.
    """
    run, answer_by = held.run, _answer_by(held, now=now)
    who = _who(nominator, organisation)
    told = [one for one in people if one.reader.email is not None]
    seated = [one.reader.person_id for one in told if one.position is None]
    sessions = {str(session.public_id) for session in run.held_sessions} if seated else set()
    calendars = CalendarUpdates(run.id, sessions, seated)
    tell_all(
        [
            letter_of(
                Event.NOMINATED,
                one.reader,
                registration=one.public_id,
                run=run,
                position=one.position,
                organisation=organisation,
                who=who,
                has_link=not one.reader.signs_in,
                answer_by=answer_by,
                calendar=calendars.for_reader(one.reader, sessions),
            )
            for one in told
        ],
        now=now,
    )


def tell_of_substitution(
    held: Held,
    theirs: Registration,
    mine: Registration,
    reader: Reader,
    *,
    nominator: str | None,
    now: datetime,
) -> None:
    """One letter to each: who comes instead, and who does not come any more."""
    run, organisation = held.run, mine.organisation.name if mine.organisation else ""
    answer_by = _answer_by(held, now=now)
    had_place = mine.state is RegistrationState.CONFIRMED
    sessions = {str(session.public_id) for session in run.held_sessions} if had_place else set()
    calendars = CalendarUpdates(run.id, sessions, [theirs.person_id, mine.person_id])
    who, gone = _who(nominator, organisation), readers.reader(theirs.person_id)
    letters = [
        letter_of(
            Event.NOMINATED,
            reader,
            registration=mine.public_id,
            run=run,
            position=line.position_of(mine, now=now),
            organisation=organisation,
            who=who,
            has_link=not reader.signs_in,
            answer_by=answer_by,
            calendar=calendars.for_reader(reader, sessions),
        ),
        letter_of(
            Event.REPLACED,
            gone,
            registration=theirs.public_id,
            run=run,
            organisation=organisation,
            who=who,
            calendar=calendars.for_reader(gone, sessions),
        ),
    ]
    tell_all([one for one in letters if one["recipient"] is not None], now=now)


def tell_of_taking_back(
    theirs: Registration, *, had_place: bool, nominator: str, reason: str, now: datetime
) -> None:
    """One letter, with the sessions that leave the reader's calendar."""
    run, organisation = theirs.run, theirs.organisation.name if theirs.organisation else ""
    gone = readers.reader(theirs.person_id)
    sessions = {str(session.public_id) for session in run.held_sessions} if had_place else set()
    tell_of(
        Event.WITHDRAWN_BY_ORGANISATION,
        gone,
        registration=theirs.public_id,
        run=run,
        who=_who(nominator, organisation),
        reason=reason,
        calendar=CalendarUpdates(run.id, sessions, [theirs.person_id]).for_reader(gone, sessions),
        now=now,
    )


def _answer_by(held: Held, *, now: datetime) -> datetime | None:
    """By when the questions of the course are to be answered; ``None``: nothing is asked."""
    if held.run.starts_at is None or not questions_of_run(held.run.id):
        return None
    return answers_due(held.run.starts_at, held.terms, at=now)


def _who(nominator: str | None, organisation: str) -> str:
    return f"{nominator}, {organisation}" if nominator else organisation

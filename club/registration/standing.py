"""How somebody stands towards a run: what the run's page tells this one person."""

from dataclasses import dataclass, field
from datetime import datetime

from club import clock
from club.accounts.models import Account
from club.courses.queries import RunGlance
from club.registration import line, queries, registrants
from club.registration.eligibility import verdict_on_person
from club.registration.models import Offer, Registration, RegistrationState, WayIn
from club.registration.questions.models import CourseQuestion
from club.registration.questions.queries import questions_of_run
from club.registration.registrants import Employer
from club.registration.rules.coming import Verdict, verdict_on_anybody


@dataclass(frozen=True)
class PersonalStanding:
    #: The active registration, and the place in line of who waits.
    registration: Registration | None = None
    position: int | None = None
    #: The place that is held for the person, until when.
    offer: Offer | None = None
    #: Whether the person can register, and all that stands in the way. What the form asks for
    #: itself, such as a missing consent, does not hide the form.
    verdict: Verdict = field(default_factory=Verdict)
    way_in: WayIn = WayIn.OPEN
    employers: list[Employer] = field(default_factory=list)
    #: What the form asks of them.
    questions: list[CourseQuestion] = field(default_factory=list)
    needs_consent: bool = False
    needs_phone: bool = False
    #: All seats are taken, so that a newcomer waits.
    may_wait: bool = False


def standing_of_anybody(run: RunGlance, *, now: datetime) -> PersonalStanding:
    """For who has not signed in: what the run alone says."""
    return PersonalStanding(verdict=verdict_on_anybody(run, at=now))


def standing_of(account: Account, run: RunGlance, *, now: datetime) -> PersonalStanding:
    registrant = registrants.registrant(account.person_id, run_id=run.id)
    assert registrant
    if registrant.registration_id is not None:
        registration = queries.registration_of(account.person_id, run.id)
        assert registration
        return standing_with(registration, now=now)
    way_in = queries.terms_of_run(run).way_in
    verdict = verdict_on_person(run, registrant, way_in=way_in, at=now)
    if verdict.hindrances:
        return PersonalStanding(verdict=verdict)
    return PersonalStanding(
        verdict=verdict,
        way_in=way_in,
        employers=registrants.employers_of(account.person_id, on=clock.local_day(now)),
        questions=questions_of_run(run.id) if registrant.is_asked_something else [],
        needs_consent=not registrant.consents,
        needs_phone=registrant.phone is None,
        may_wait=run.places_taken >= run.seats,
    )


def standing_with(registration: Registration, *, now: datetime) -> PersonalStanding:
    """Of somebody who is on the list: only what that state needs is asked for."""
    offered = registration.state is RegistrationState.OFFERED
    return PersonalStanding(
        registration,
        line.position_of(registration, now=now),
        line.open_offer_of(registration.id) if offered else None,
    )

"""Who may come and who may leave: verdicts on facts, the same on the page and in the operation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from club.courses.models import Run, RunState
from club.courses.standing import RunTimesAndPlaces
from club.registration.models import Registration, RegistrationState


class RegistrationRefusal(StrEnum):
    NOT_ANNOUNCED = "This class has not been announced yet."
    RUN_CANCELLED = "This class has been cancelled."
    RUN_CLOSED = "This class is over."
    NO_SESSIONS = "This class has no dates yet."
    NOT_OPEN_YET = "Registration for this class has not opened yet."
    NO_LONGER_OPEN = "Registration for this class has closed."
    STARTED = "This class has already started."
    ACCOUNT_NOT_CONFIRMED = "Confirm your e-mail address first: the letter we sent you has a link."
    NO_CONSENT = "We need your agreement to keep your personal data before we can register you."
    CONSENT_NOT_ON_PAPER = "State that this person agreed to the keeping of personal data."
    ALREADY_REGISTERED = "This person is already registered for this class."
    NOT_EMPLOYED_THERE = "Choose the organisation you work for today, or come as an individual."
    NO_SUCH_PERSON = "This person is not on record."


class WithdrawalRefusal(StrEnum):
    STARTED = "The class has started, so a name can no longer be taken off its list."
    NOT_REGISTERED = "This registration is no longer on the list."


class SeatsRefusal(StrEnum):
    OUT_OF_RANGE = "Enter a number of places between 1 and 2,000."
    RUN_NOT_ALIVE = "The places of a cancelled or closed class stay as they are."


@dataclass(frozen=True)
class Applicant:
    """What decides whether somebody may register, besides the run."""

    #: ``None``: registered by staff, so it does not matter whether there is an account.
    account_confirmed: bool | None
    consents: bool
    is_registered: bool


def refusal_to_register(
    run: RunTimesAndPlaces, applicant: Applicant, *, at: datetime
) -> RegistrationRefusal | None:
    """The one verdict: shown before somebody fills in the form, enforced by the operation."""
    if applicant.is_registered:
        return RegistrationRefusal.ALREADY_REGISTERED
    return refusal_of_run(run, at=at) or _refusal_of_person(applicant)


def refusal_of_run(run: RunTimesAndPlaces, *, at: datetime) -> RegistrationRefusal | None:
    """Why nobody can register for this run now."""
    if run.state is not RunState.PUBLISHED:
        return _REFUSED_STATES[run.state]
    if run.starts_at is None:
        return RegistrationRefusal.NO_SESSIONS
    if at >= run.starts_at:
        return RegistrationRefusal.STARTED
    if run.registration_closes_at is not None and at >= run.registration_closes_at:
        return RegistrationRefusal.NO_LONGER_OPEN
    if run.registration_opens_at is not None and at < run.registration_opens_at:
        return RegistrationRefusal.NOT_OPEN_YET
    return None


_REFUSED_STATES = {
    RunState.DRAFT: RegistrationRefusal.NOT_ANNOUNCED,
    RunState.CANCELLED: RegistrationRefusal.RUN_CANCELLED,
    RunState.CLOSED: RegistrationRefusal.RUN_CLOSED,
}


def _refusal_of_person(applicant: Applicant) -> RegistrationRefusal | None:
    if applicant.account_confirmed is False:
        return RegistrationRefusal.ACCOUNT_NOT_CONFIRMED
    if not applicant.consents:
        by_staff = applicant.account_confirmed is None
        return (
            RegistrationRefusal.CONSENT_NOT_ON_PAPER if by_staff else RegistrationRefusal.NO_CONSENT
        )
    return None


def state_on_arrival(run: RunTimesAndPlaces) -> RegistrationState:
    """A place if one is free and nobody waits for it, else the end of the line."""
    if run.places_taken < run.seats and run.waiting_count == 0:
        return RegistrationState.CONFIRMED
    return RegistrationState.WAITING


def places_to_fill(run: Run, *, at: datetime) -> int:
    """How many of those who wait move up now: none once the class has started."""
    if run.state is not RunState.PUBLISHED or run.starts_at is None or at >= run.starts_at:
        return 0
    return min(max(run.seats - run.places_taken, 0), run.waiting_count)


def refusal_to_withdraw(registration: Registration, *, at: datetime) -> WithdrawalRefusal | None:
    """Until the first session begins, whether the person or staff takes the name off."""
    if not registration.state.is_active:
        return WithdrawalRefusal.NOT_REGISTERED
    return None if is_before_start(registration.run, at=at) else WithdrawalRefusal.STARTED


def is_before_start(run: Run, *, at: datetime) -> bool:
    return run.starts_at is None or at < run.starts_at


def is_ahead(registration: Registration, *, at: datetime) -> bool:
    """Still something to come: the person is on the list of a run that is not over."""
    ends_at = registration.run.ends_at
    return registration.state.is_active and (ends_at is None or at < ends_at)


def refusal_to_change_seats(run: Run, seats: int) -> SeatsRefusal | None:
    if not 1 <= seats <= 2000:
        return SeatsRefusal.OUT_OF_RANGE
    if run.state in {RunState.CANCELLED, RunState.CLOSED}:
        return SeatsRefusal.RUN_NOT_ALIVE
    return None

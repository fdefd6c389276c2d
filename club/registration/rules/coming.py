"""Who may come: verdicts on facts, the same on the page and in the operation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from club.courses.models import RunState
from club.courses.standing import RunTimesAndPlaces


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

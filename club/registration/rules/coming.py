"""Who may come: verdicts on facts, the same on the page and in the operation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from club.courses.models import RunState
from club.courses.standing import RunTimesAndPlaces
from club.refusal import RefusedError
from club.registration.models import WayIn


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
    TEACHES_IT = "Whoever teaches a class does not register for it."
    NOT_EMPLOYED_THERE = "Choose the organisation you work for today, or come as an individual."
    EARLIER_COURSE = "You need to have completed another course first:"
    MEMBERS_ONLY = "This course is for members of the club and people of member organisations."
    INVITED_ONLY = "This class is for people whom the club invites."
    NOMINATED_ONLY = "Your organisation nominates for this class."
    BY_REQUEST = "For this class everybody asks for a place, and somebody decides about it."
    NO_SUCH_PERSON = "This person is not on record."


#: What neither waiting nor the person can mend: nothing else need be said beside it.
_FINAL = {
    RegistrationRefusal.NOT_ANNOUNCED,
    RegistrationRefusal.RUN_CANCELLED,
    RegistrationRefusal.RUN_CLOSED,
    RegistrationRefusal.NO_LONGER_OPEN,
    RegistrationRefusal.STARTED,
    RegistrationRefusal.ALREADY_REGISTERED,
    RegistrationRefusal.TEACHES_IT,
}
#: What the form itself asks for, so that it hides no form.
_ASKED_IN_THE_FORM = {RegistrationRefusal.NO_CONSENT, RegistrationRefusal.CONSENT_NOT_ON_PAPER}


@dataclass(frozen=True)
class EarlierCourse:
    """A course that somebody has not completed yet."""

    slug: str
    title: str
    title_en: str


@dataclass(frozen=True)
class Applicant:
    """What decides whether somebody may register, besides the run."""

    #: ``None``: registered by staff, so it does not matter whether there is an account.
    account_confirmed: bool | None
    consents: bool
    is_registered: bool
    teaches: bool = False
    #: Has what the run's way in asks for: an invitation, a nomination, or staff who enter them.
    is_let_in: bool = False
    #: Their organisation sends them, where others would ask for a place.
    is_sent: bool = False
    #: What they lack of what the course requires.
    lacks_membership: bool = False
    lacks_courses: tuple[EarlierCourse, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One thing that stands between somebody and a registration."""

    refusal: RegistrationRefusal
    #: What to complete first, where that is the reason.
    course: EarlierCourse | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether somebody may register, with every reason why not. No reasons: yes."""

    reasons: tuple[Reason, ...] = ()

    @property
    def allows(self) -> bool:
        return not self.reasons

    @property
    def is_final(self) -> bool:
        """Whether nothing that the person does, and no waiting, would change it."""
        return any(one.refusal in _FINAL for one in self.reasons)

    @property
    def hindrances(self) -> list[Reason]:
        """The reasons that filling in the form does not mend."""
        return [one for one in self.reasons if one.refusal not in _ASKED_IN_THE_FORM]


class NotEligibleError(RefusedError):
    """Somebody may not register. ``verdict`` has every reason, ``refusal`` is the first."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reasons[0].refusal)
        self.verdict = verdict


def verdict_on(
    run: RunTimesAndPlaces, applicant: Applicant, *, way_in: WayIn = WayIn.OPEN, at: datetime
) -> Verdict:
    """The one verdict: shown before somebody fills in the form, enforced by the operation.

    Where nothing can be mended, that is the only reason; else every reason is there, so that
    nobody mends one to learn of the next.
    """
    already = [RegistrationRefusal.ALREADY_REGISTERED] if applicant.is_registered else []
    teaches = [RegistrationRefusal.TEACHES_IT] if applicant.teaches else []
    found = [*already, *_reasons_of_run(run, at=at), *teaches]
    final = [refusal for refusal in found if refusal in _FINAL]
    if final:
        return Verdict((Reason(final[0]),))
    return Verdict(
        (
            *map(Reason, found),
            *map(Reason, _reasons_of_way_in(applicant, way_in)),
            *_reasons_of_requirements(applicant),
            *map(Reason, _reasons_of_person(applicant)),
        )
    )


def verdict_on_anybody(run: RunTimesAndPlaces, *, at: datetime) -> Verdict:
    """The verdict as far as the run alone decides it."""
    return Verdict(tuple(map(Reason, _reasons_of_run(run, at=at))))


def refusal_of_run(run: RunTimesAndPlaces, *, at: datetime) -> RegistrationRefusal | None:
    """Why nobody can register for this run now."""
    return next(_reasons_of_run(run, at=at), None)


def _reasons_of_run(run: RunTimesAndPlaces, *, at: datetime) -> Iterator[RegistrationRefusal]:
    if run.state is not RunState.PUBLISHED:
        yield _REFUSED_STATES[run.state]
        return
    if run.starts_at is None:
        yield RegistrationRefusal.NO_SESSIONS
    elif at >= run.starts_at:
        yield RegistrationRefusal.STARTED
        return
    if run.registration_closes_at is not None and at >= run.registration_closes_at:
        yield RegistrationRefusal.NO_LONGER_OPEN
    if run.registration_opens_at is not None and at < run.registration_opens_at:
        yield RegistrationRefusal.NOT_OPEN_YET


_REFUSED_STATES = {
    RunState.DRAFT: RegistrationRefusal.NOT_ANNOUNCED,
    RunState.CANCELLED: RegistrationRefusal.RUN_CANCELLED,
    RunState.CLOSED: RegistrationRefusal.RUN_CLOSED,
}


def _reasons_of_way_in(applicant: Applicant, way_in: WayIn) -> Iterator[RegistrationRefusal]:
    if way_in in _ONLY and not applicant.is_let_in:
        yield _ONLY[way_in]
    if way_in.asks_approval and applicant.is_sent:
        yield RegistrationRefusal.BY_REQUEST


_ONLY = {
    WayIn.INVITATION: RegistrationRefusal.INVITED_ONLY,
    WayIn.NOMINATION: RegistrationRefusal.NOMINATED_ONLY,
}


def _reasons_of_requirements(applicant: Applicant) -> Iterator[Reason]:
    for course in applicant.lacks_courses:
        yield Reason(RegistrationRefusal.EARLIER_COURSE, course)
    if applicant.lacks_membership:
        yield Reason(RegistrationRefusal.MEMBERS_ONLY)


def _reasons_of_person(applicant: Applicant) -> Iterator[RegistrationRefusal]:
    if applicant.account_confirmed is False:
        yield RegistrationRefusal.ACCOUNT_NOT_CONFIRMED
    if not applicant.consents:
        by_staff = applicant.account_confirmed is None
        yield (
            RegistrationRefusal.CONSENT_NOT_ON_PAPER if by_staff else RegistrationRefusal.NO_CONSENT
        )

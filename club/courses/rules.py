"""What a course, a run and its sessions must be like. Pure: facts in, verdicts out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from club.courses import completion
from club.courses.completion import JUDGED_BY, CompletionRefusal, problems_of_minimums
from club.courses.models import Course, Funding, Run, RunForm, RunState, SessionState

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")
_LINK = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)
_YEARS = range(2000, 2101)
LONGEST_SESSION = timedelta(hours=14)
MOST_SEATS = 2000
MOST_VND = 1_000_000_000


class CourseRefusal(StrEnum):
    CODE_SHAPE = "Use 2 to 20 capital letters, digits and hyphens, for example LSS-YB."
    CODE_TAKEN = "Another course already has this code."
    CODE_IN_USE = "The code stays as it is: classes of this course carry it."
    DURATION_HALF = "Write both the shortest and the longest duration, or neither."
    DURATION_ORDER = "The longest duration must not be below the shortest."
    DURATION_RANGE = "Write a number of days between 1 and 60."


class RunRefusal(StrEnum):
    """Each belongs to a field of the form, see ``FIELDS``."""

    SEATS = "Enter a number of places between 1 and 2,000."
    PRICE = "Enter a price in đồng between 0 and 1,000,000,000."
    COUNTING_THRESHOLD = "Enter a share between 1 and 100 percent."
    COMPLETION_THRESHOLD = "Completing must ask for at least as much as counting, and at most 100."
    LINK = "Write the whole address of the online room, beginning with https://."
    WINDOW_ORDER = "Registration must close after it opens."
    WINDOW_YEAR = "Check the year of registration, for example 2026."
    COURSE_RETIRED = "This course is no longer offered, so it gets no new classes."

    THRESHOLDS_FROZEN = "The thresholds were fixed when the class was published."
    SEATS_ELSEWHERE = (
        "Change the places of a published class on its own page, so that people who wait move up."
    )
    NOT_EDITABLE = "A closed or cancelled class stays as it is."
    NOT_A_DRAFT = "This class has already been published."
    ALREADY_CANCELLED = "This class has already been cancelled."
    CLOSED = "A closed class cannot be cancelled: its attendance is final."
    NO_REASON = "Write why the class is cancelled: everybody who registered reads it."

    NO_SESSIONS = "Add at least one session before the class is published."
    NO_PLACE = "Say where the class is held: a room, a hall or the firm."
    NO_LINK = "Give the link to the online room."
    OPENS_TOO_LATE = "Registration must open before the first session begins."
    CLOSES_TOO_LATE = "Registration must close before or when the first session begins."


class RunDoubt(StrEnum):
    """What is allowed, but hardly meant."""

    HAS_BEGUN = (
        "The first session lies in the past, so nobody will be able to register. Check the days, "
        "unless you are entering a class that was held."
    )
    CLOSED_ALREADY = (
        "The end of registration lies in the past, so nobody will be able to register. Check it."
    )


class SessionRefusal(StrEnum):
    ENDS_FIRST = "The session must end after it begins."
    TOO_LONG = "Check the end: this session would last more than 14 hours."
    YEAR = "Check the year of the session, for example 2026."
    OVERLAPS = "Another session of this class is at that time."
    LAST_ONE = "A published class needs a session: move this one, or cancel the whole class."
    CANCELLED = "A cancelled session stays as it is."


class TrainerRefusal(StrEnum):
    NOBODY = "Choose a trainer, or write a full name."
    SEVERAL = "Several people have this name: write the e-mail as well."
    ALREADY_THERE = "This person already teaches the class."
    NOT_THERE = "This person does not teach the class."


#: The form field to mend for each refusal that has one.
FIELDS: dict[StrEnum, str] = {
    CourseRefusal.CODE_SHAPE: "code",
    CourseRefusal.CODE_TAKEN: "code",
    CourseRefusal.CODE_IN_USE: "code",
    CourseRefusal.DURATION_HALF: "duration_days_max",
    CourseRefusal.DURATION_ORDER: "duration_days_max",
    CourseRefusal.DURATION_RANGE: "duration_days_min",
    **completion.FIELDS,
    RunRefusal.SEATS: "seats",
    RunRefusal.SEATS_ELSEWHERE: "seats",
    RunRefusal.PRICE: "price_vnd",
    RunRefusal.COUNTING_THRESHOLD: "counting_threshold",
    RunRefusal.COMPLETION_THRESHOLD: "completion_threshold",
    RunRefusal.THRESHOLDS_FROZEN: "completion_threshold",
    RunRefusal.LINK: "online_link",
    RunRefusal.NO_LINK: "online_link",
    RunRefusal.NO_PLACE: "place",
    RunRefusal.WINDOW_ORDER: "registration_closes_at",
    RunRefusal.WINDOW_YEAR: "registration_opens_at",
    RunRefusal.OPENS_TOO_LATE: "registration_opens_at",
    RunRefusal.CLOSES_TOO_LATE: "registration_closes_at",
    RunRefusal.NO_REASON: "reason",
    SessionRefusal.ENDS_FIRST: "ends",
    SessionRefusal.TOO_LONG: "ends",
    SessionRefusal.YEAR: "day",
    SessionRefusal.OVERLAPS: "begins",
    TrainerRefusal.NOBODY: "person",
    TrainerRefusal.ALREADY_THERE: "person",
    TrainerRefusal.SEVERAL: "email",
}


@dataclass(frozen=True)
class RunFacts:
    """What staff say about a run, apart from its sessions and trainers."""

    seats: int
    form: RunForm = RunForm.IN_PERSON
    place: str | None = None
    ward_id: int | None = None
    online_link: str | None = None
    host_id: int | None = None
    note: str | None = None
    price_vnd: int = 0
    funding: Funding = Funding.NOT_STATED
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    counting_threshold: int = 50
    completion_threshold: int = 80
    post_test_minimum: int | None = None
    assignment_minimum: int | None = None
    confirmation_needed: bool = False


@dataclass(frozen=True)
class Slot:
    """When, and where it differs from the run, a session is."""

    starts_at: datetime
    ends_at: datetime
    title: str | None = None
    place: str | None = None


def problems_of_facts(facts: RunFacts) -> list[RunRefusal | CompletionRefusal]:
    """Everything wrong with the facts by themselves, whatever state the run is in."""
    opens, closes = facts.registration_opens_at, facts.registration_closes_at
    days = [day for day in (opens, closes) if day is not None]
    wrong = {
        RunRefusal.SEATS: not 1 <= facts.seats <= MOST_SEATS,
        RunRefusal.PRICE: not 0 <= facts.price_vnd <= MOST_VND,
        RunRefusal.COUNTING_THRESHOLD: not 1 <= facts.counting_threshold <= 100,
        RunRefusal.COMPLETION_THRESHOLD: not (
            facts.counting_threshold <= facts.completion_threshold <= 100
        ),
        RunRefusal.LINK: bool(facts.online_link) and not _LINK.fullmatch(facts.online_link or ""),
        RunRefusal.WINDOW_ORDER: opens is not None and closes is not None and opens >= closes,
        RunRefusal.WINDOW_YEAR: any(day.year not in _YEARS for day in days),
    }
    return [
        *(refusal for refusal, is_so in wrong.items() if is_so),
        *problems_of_minimums(facts.post_test_minimum, facts.assignment_minimum),
    ]


def problems_of_dates(facts: RunFacts, *, starts_at: datetime | None) -> list[RunRefusal]:
    """What is wrong between registration and the start of the first session."""
    if starts_at is None:
        return [RunRefusal.NO_SESSIONS]
    opens, closes = facts.registration_opens_at, facts.registration_closes_at
    wrong = {
        RunRefusal.OPENS_TOO_LATE: opens is not None and opens >= starts_at,
        RunRefusal.CLOSES_TOO_LATE: closes is not None and closes > starts_at,
    }
    return [refusal for refusal, is_so in wrong.items() if is_so]


def problems_in_public(facts: RunFacts, *, starts_at: datetime | None) -> list[RunRefusal]:
    """Everything that keeps a run from being shown to the public."""
    meets = facts.form is not RunForm.ONLINE
    has_room = facts.form in {RunForm.ONLINE, RunForm.BLENDED}
    wrong = {
        RunRefusal.NO_PLACE: meets and not facts.place and facts.host_id is None,
        RunRefusal.NO_LINK: has_room and not facts.online_link,
    }
    return [
        *problems_of_dates(facts, starts_at=starts_at),
        *(refusal for refusal, is_so in wrong.items() if is_so),
    ]


def facts_of(run: Run) -> RunFacts:
    return RunFacts(**{name: getattr(run, name) for name in RunFacts.__dataclass_fields__})


def problems_with_change(run: Run, facts: RunFacts) -> list[RunRefusal | CompletionRefusal]:
    """What speaks against giving ``run`` these facts."""
    if run.state not in {RunState.DRAFT, RunState.PUBLISHED}:
        return [RunRefusal.NOT_EDITABLE]
    problems = problems_of_facts(facts)
    if run.state is RunState.PUBLISHED:
        problems += problems_in_public(facts, starts_at=run.starts_at)
        if facts.seats != run.seats:
            problems.append(RunRefusal.SEATS_ELSEWHERE)
        if any(getattr(facts, name) != getattr(run, name) for name in JUDGED_BY):
            problems.append(RunRefusal.THRESHOLDS_FROZEN)
    return problems


def problems_with_publishing(run: Run) -> list[RunRefusal | CompletionRefusal]:
    if run.state is not RunState.DRAFT:
        return [RunRefusal.NOT_A_DRAFT]
    facts = facts_of(run)
    return problems_of_facts(facts) + problems_in_public(facts, starts_at=run.starts_at)


def doubts_about_publishing(run: Run, *, now: datetime) -> list[RunDoubt]:
    """What whoever publishes the run should look at again; it can be published all the same."""
    if run.starts_at is not None and run.starts_at <= now:
        return [RunDoubt.HAS_BEGUN]
    closes_at = run.registration_closes_at
    return [RunDoubt.CLOSED_ALREADY] if closes_at is not None and closes_at <= now else []


def refusal_to_edit(run: Run) -> RunRefusal | None:
    """Sessions, trainers and facts follow the run's state."""
    is_alive = run.state in {RunState.DRAFT, RunState.PUBLISHED}
    return None if is_alive else RunRefusal.NOT_EDITABLE


def refusal_to_cancel(run: Run, *, reason: str | None) -> RunRefusal | None:
    if run.state is RunState.CANCELLED:
        return RunRefusal.ALREADY_CANCELLED
    if run.state is RunState.CLOSED:
        return RunRefusal.CLOSED
    return None if reason and reason.strip() else RunRefusal.NO_REASON


def refusal_of_slot(slot: Slot, others: Iterable[Slot]) -> SessionRefusal | None:
    """Why a session cannot be at this time, given the run's other planned sessions."""
    if slot.starts_at.year not in _YEARS or slot.ends_at.year not in _YEARS:
        return SessionRefusal.YEAR
    if slot.ends_at <= slot.starts_at:
        return SessionRefusal.ENDS_FIRST
    if slot.ends_at - slot.starts_at > LONGEST_SESSION:
        return SessionRefusal.TOO_LONG
    if any(slot.starts_at < o.ends_at and o.starts_at < slot.ends_at for o in others):
        return SessionRefusal.OVERLAPS
    return None


def refusal_to_cancel_session(run: Run, state: SessionState) -> StrEnum | None:
    if state is SessionState.CANCELLED:
        return SessionRefusal.CANCELLED
    if run.state is RunState.PUBLISHED and len(run.held_sessions) == 1:
        return SessionRefusal.LAST_ONE
    return refusal_to_edit(run)


def problems_with_course(
    code: str, days: tuple[int | None, int | None], *, taken_codes: Sequence[str]
) -> list[CourseRefusal]:
    shortest, longest = days
    known = [day for day in days if day is not None]
    wrong = {
        CourseRefusal.CODE_SHAPE: not _CODE.fullmatch(code),
        CourseRefusal.CODE_TAKEN: code in taken_codes,
        CourseRefusal.DURATION_HALF: len(known) == 1,
        CourseRefusal.DURATION_RANGE: any(not 1 <= day <= 60 for day in known),
        CourseRefusal.DURATION_ORDER: shortest is not None
        and longest is not None
        and shortest > longest,
    }
    return [refusal for refusal, is_so in wrong.items() if is_so]


def refusal_to_open_run(course: Course) -> RunRefusal | None:
    return RunRefusal.COURSE_RETIRED if course.retired_on is not None else None

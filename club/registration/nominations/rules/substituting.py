"""Whether an organisation may send somebody else in a place: verdicts on facts."""

from datetime import datetime
from enum import StrEnum

from club.courses.models import Run
from club.registration.models import Registration, RegistrationState
from club.registration.rules.leaving import is_before_start
from club.registration.rules.terms import Terms


class SubstitutionRefusal(StrEnum):
    NOT_REGISTERED = "This registration is no longer on the list."
    NOT_NOMINATED = "Only whom the organisation nominated can be replaced by it."
    OFFERED = "A place is being offered to this person. Wait for the answer, then send somebody."
    STARTED = "The class has started, so nobody can be sent in this place any more."
    TOO_LATE = "It is too late to send somebody else here. Ask the club, which can still do it."
    REASON_NEEDED = "Write why somebody else comes so shortly before the class."
    NOT_STATED = "State that this person knows of it and has agreed."
    WHO = "Choose somebody of your list, or write exactly one person."
    KEPT_FOR_A_GROUP = (
        "This place is kept for a group that the other person does not belong to, and no other "
        "place is free."
    )


def refusal_to_substitute(
    registration: Registration,
    terms: Terms,
    *,
    is_nominated: bool,
    by_staff: bool,
    at: datetime,
) -> SubstitutionRefusal | None:
    """Until the cut-off for substitutions; afterwards only the club's staff, until the start."""
    if registration.state is RegistrationState.OFFERED:
        return SubstitutionRefusal.OFFERED
    if not registration.state.is_active:
        return SubstitutionRefusal.NOT_REGISTERED
    if not is_nominated:
        return SubstitutionRefusal.NOT_NOMINATED
    if not is_before_start(registration.run, at=at):
        return SubstitutionRefusal.STARTED
    if not by_staff and is_late(registration.run, terms, at=at):
        return SubstitutionRefusal.TOO_LATE
    return None


def is_late(run: Run, terms: Terms, *, at: datetime) -> bool:
    """Whether the cut-off for substitutions is over."""
    return run.starts_at is not None and at >= run.starts_at - terms.substitution_cutoff

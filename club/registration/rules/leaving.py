"""Who may leave, and when: verdicts on facts."""

from datetime import datetime
from enum import StrEnum

from club.courses.models import Run
from club.registration.models import Registration
from club.registration.rules.terms import Terms


class WithdrawalRefusal(StrEnum):
    STARTED = "The class has started, so a name can no longer be taken off its list."
    NOT_REGISTERED = "This registration is no longer on the list."
    REASON_NEEDED = (
        "The class begins soon. Write why you cannot come: the coordinator reads it and may "
        "still find somebody for the place."
    )


def refusal_to_leave(registration: Registration, *, at: datetime) -> WithdrawalRefusal | None:
    """Until the first session begins, whether the person or staff takes the name off."""
    if not registration.state.is_active:
        return WithdrawalRefusal.NOT_REGISTERED
    return None if is_before_start(registration.run, at=at) else WithdrawalRefusal.STARTED


def refusal_to_withdraw(
    registration: Registration, terms: Terms, *, reason: str | None, at: datetime
) -> WithdrawalRefusal | None:
    """For the person: who gives back a place after the cut-off says why."""
    if refusal := refusal_to_leave(registration, at=at):
        return refusal
    if needs_reason(registration, terms, at=at) and not (reason and reason.strip()):
        return WithdrawalRefusal.REASON_NEEDED
    return None


def needs_reason(registration: Registration, terms: Terms, *, at: datetime) -> bool:
    """Whether the person gives back a place after the cut-off."""
    starts_at = registration.run.starts_at
    is_after_cutoff = starts_at is not None and at >= starts_at - terms.cutoff
    return registration.state.has_a_place and is_after_cutoff


def is_before_start(run: Run, *, at: datetime) -> bool:
    return run.starts_at is None or at < run.starts_at


def is_ahead(registration: Registration, *, at: datetime) -> bool:
    """Still something to come: the person is on the list of a run that is not over."""
    ends_at = registration.run.ends_at
    return registration.state.is_active and (ends_at is None or at < ends_at)

"""Whether an organisation may take somebody back whom it nominated: verdicts on facts."""

from datetime import datetime
from enum import StrEnum

from club.registration.models import Registration
from club.registration.nominations.rules.substituting import is_late
from club.registration.rules.leaving import WithdrawalRefusal, refusal_to_leave
from club.registration.rules.terms import Terms


class TakingBackRefusal(StrEnum):
    NOT_NOMINATED = "Only whom the organisation nominated can be taken back by it."
    TOO_LATE = "It is too late to take somebody back here. Ask the club, which can still do it."


def refusal_to_take_back(
    registration: Registration, terms: Terms, *, is_nominated: bool, at: datetime
) -> WithdrawalRefusal | TakingBackRefusal | None:
    """Until the same cut-off as for sending somebody else; also what is offered or waits."""
    if refusal := refusal_to_leave(registration, at=at):
        return refusal
    if not is_nominated:
        return TakingBackRefusal.NOT_NOMINATED
    if is_late(registration.run, terms, at=at):
        return TakingBackRefusal.TOO_LATE
    return None

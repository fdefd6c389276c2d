"""When a request has to be decided, and what may be done with it.

Decree 356/2025/NĐ-CP, article 5: a request is confirmed within 2 working days; decided within 10
days (seeing, correcting, providing), 15 days (withdrawing consent, restricting, objecting) or 20
days (erasing); each may be extended once by as many days. The decree has longer limits where a
processor or a third party has to act; the club keeps the data itself, so they are not used.
From when the days count the source at hand does not say: here from the day on which the request
reached the club, by whichever way, which is the strictest reading. The confirmation is the letter
that is written at once; whoever has no address is told by staff. Saturdays and Sundays are no
working days; the days off of each year are not known here, so the last day is never a late one.
"""

from datetime import date, timedelta
from enum import StrEnum

from club.privacy.requests.models import (
    PrivacyRequest,
    RequestKind,
    RequestState,
    RequestStep,
)

#: Days to decide in, and as many for the one extension.
DAYS_TO_DECIDE = {
    RequestKind.CORRECTION: 10,
    RequestKind.RESTRICTION: 15,
    RequestKind.OBJECTION: 15,
    RequestKind.ERASURE: 20,
}
#: To tell the person that the request has come.
WORKING_DAYS_TO_CONFIRM = 2
#: At the desk a request is marked as urgent this long before its last day.
SOON = timedelta(days=3)


#: What staff enter later than this is a slip of the year.
OLDEST_RECEIPT = timedelta(days=365)
_SATURDAY = 5


class RequestRefusal(StrEnum):
    ASKED_ALREADY = "You have asked for that already. The club decides about it and writes to you."
    ENTERED_ALREADY = (
        "This person has asked for that already, and it is not decided yet. Open that request."
    )
    RECEIVED_LATER = "A request cannot have come later than today."
    RECEIVED_LONG_AGO = "Check the day: that is more than a year ago."
    CONFIRMED_ALREADY = "It is noted already that the person was told."
    NOT_OPEN = "This request is closed already."
    EXTENDED_ALREADY = "The time for this request was extended once; the decree allows no more."
    OVERDUE = "The time for this request is over, so it cannot be extended any more. Decide it now."
    CERTIFICATES_UNSAID = "Choose what becomes of your certificates."
    ANOTHER_KIND = "Nobody asked for an erasure here."
    ERASED_BY_ITSELF = (
        "An erasure is granted by doing it: look at what happens and confirm it there."
    )
    NO_REASON = "Write a reason; the person reads it."


class Urgency(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    IN_TIME = "in_time"


def due_on(kind: RequestKind, *, asked_on: date) -> date:
    return asked_on + timedelta(days=DAYS_TO_DECIDE[kind])


def confirm_by(*, asked_on: date) -> date:
    """The last day to tell the person that the request has come."""
    day, left = asked_on, WORKING_DAYS_TO_CONFIRM
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def urgency_of_confirmation(
    request: PrivacyRequest, *, asked_on: date, today: date
) -> Urgency | None:
    """``None`` where the person has been told."""
    if request.confirmed_on or request.state is not RequestState.OPEN:
        return None
    return Urgency.OVERDUE if confirm_by(asked_on=asked_on) < today else Urgency.SOON


def refusal_to_confirm(request: PrivacyRequest) -> RequestRefusal | None:
    if request.confirmed_on:
        return RequestRefusal.CONFIRMED_ALREADY
    return refusal_to_close(request)


def refusal_of_receipt(received_on: date, *, today: date) -> RequestRefusal | None:
    if received_on > today:
        return RequestRefusal.RECEIVED_LATER
    is_old = today - received_on > OLDEST_RECEIPT
    return RequestRefusal.RECEIVED_LONG_AGO if is_old else None


def urgency(request: PrivacyRequest, *, today: date) -> Urgency | None:
    """``None`` for what is decided."""
    if request.state is not RequestState.OPEN:
        return None
    if request.due_on < today:
        return Urgency.OVERDUE
    return Urgency.SOON if request.due_on - today <= SOON else Urgency.IN_TIME


def refusal_to_close(request: PrivacyRequest) -> RequestRefusal | None:
    return None if request.state is RequestState.OPEN else RequestRefusal.NOT_OPEN


def refusal_to_erase(request: PrivacyRequest) -> RequestRefusal | None:
    if request.kind is not RequestKind.ERASURE:
        return RequestRefusal.ANOTHER_KIND
    return refusal_to_close(request)


def refusal_to_grant(request: PrivacyRequest) -> RequestRefusal | None:
    """What is granted by words alone."""
    is_erasure = request.kind is RequestKind.ERASURE
    return refusal_to_close(request) or (RequestRefusal.ERASED_BY_ITSELF if is_erasure else None)


def refusal_to_extend(request: PrivacyRequest, *, today: date) -> RequestRefusal | None:
    if request.state is not RequestState.OPEN:
        return RequestRefusal.NOT_OPEN
    if any(step.step is RequestStep.EXTENDED for step in request.steps):
        return RequestRefusal.EXTENDED_ALREADY
    return RequestRefusal.OVERDUE if request.due_on < today else None


def refusal_of_reason(reason: str) -> RequestRefusal | None:
    return None if reason.strip() else RequestRefusal.NO_REASON

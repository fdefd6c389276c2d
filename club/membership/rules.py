"""Who may join, and how a membership begins and ends. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from club.membership.models import ApplicationState, Membership, MembershipApplication

_AHEAD = timedelta(days=366)


class MembershipRefusal(StrEnum):
    ALREADY_APPLIED = "You have applied already. The club will decide and write to you."
    ORGANISATION_ALREADY_APPLIED = "An application for this organisation is waiting already."
    ALREADY_MEMBER = "You are a member already."
    ORGANISATION_ALREADY_MEMBER = (
        "This organisation is a member already. "
        "Ask somebody who represents it to add you to its people."
    )
    ALREADY_DECIDED = "This application has been decided or withdrawn already."
    REASON_MISSING = "Write a reason; whom it concerns reads it."
    TOO_EARLY = "Choose a first day not before the day of the application."
    TOO_LATE = "Choose a day within the next twelve months."
    ALREADY_ENDED = "This membership has ended already."
    ENDS_BEFORE_IT_BEGAN = "The last day lies before the first day."
    NO_ACCOUNT = "This person has no account yet, so there is nobody to act for the organisation."
    NOT_EMPLOYED = "This person does not work for the organisation now."


def refusal_to_apply(
    *,
    for_organisation: bool,
    pending: MembershipApplication | None,
    memberships: Iterable[Membership],
    today: date,
) -> MembershipRefusal | None:
    """``memberships`` are all those of the person or organisation that wants to join."""
    if pending is not None:
        if for_organisation:
            return MembershipRefusal.ORGANISATION_ALREADY_APPLIED
        return MembershipRefusal.ALREADY_APPLIED
    if any(m.to_day is None or m.to_day >= today for m in memberships):
        if for_organisation:
            return MembershipRefusal.ORGANISATION_ALREADY_MEMBER
        return MembershipRefusal.ALREADY_MEMBER
    return None


def refusal_to_decide(application: MembershipApplication) -> MembershipRefusal | None:
    """Also for taking an application back."""
    if application.state is not ApplicationState.PENDING:
        return MembershipRefusal.ALREADY_DECIDED
    return None


def refusal_without_reason(reason: str | None) -> MembershipRefusal | None:
    return None if reason else MembershipRefusal.REASON_MISSING


def refusal_to_begin(
    *, from_day: date, applied_on: date, memberships: Iterable[Membership], today: date
) -> MembershipRefusal | None:
    if from_day < applied_on:
        return MembershipRefusal.TOO_EARLY
    if from_day > today + _AHEAD:
        return MembershipRefusal.TOO_LATE
    if any(m.to_day is None or m.to_day >= from_day for m in memberships):
        return MembershipRefusal.ALREADY_MEMBER
    return None


def refusal_to_end(
    membership: Membership, *, last_day: date, today: date
) -> MembershipRefusal | None:
    if membership.to_day is not None:
        return MembershipRefusal.ALREADY_ENDED
    if last_day < membership.from_day:
        return MembershipRefusal.ENDS_BEFORE_IT_BEGAN
    if last_day > today + _AHEAD:
        return MembershipRefusal.TOO_LATE
    return None

"""When the club recognises a candidate who has been certified, renews the recognition, suspends it
and takes it back. Pure.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.rules import leads
from club.certification.progress.validity import Period


class AwardRefusal(StrEnum):
    NOT_DECIDED = "The club recognises only whoever has been decided to reach the level."
    RECOGNISED_ALREADY = "The club has recognised this already. Look at the page once more."
    OF_ANOTHER_BODY = (
        "Another body certifies this level, and its certificate is what counts. The club gives no"
        " recognition of its own for it."
    )
    NOT_RENEWING = "This recognition is not being renewed now."
    FOR_ASSESSORS = "Assessors judge this renewal. The person hands it in on the own page first."
    NOT_EARNED = (
        "What the renewal asks for is not there yet, of days that count for it; the path says what."
    )
    RENEWS_NOTHING = "The validity that this renews would be over before it begins."
    ACCEPTED_IT = (
        "Whoever accepted evidence that the renewal rests on does not confirm it. Somebody else "
        "has to."
    )
    NOT_STANDING = "Only a recognition that stands is suspended."
    NOT_SUSPENDED = "This recognition is not suspended any more. Look at the page once more."
    REASON_MISSING = "Write why, so that the person knows."
    PUBLIC_WORDS_MISSING = "Write what everybody reads who looks the recognition up."
    UNTIL_WHEN = "Say until when it is suspended, or what the person has to do first."
    ENDS_TOO_EARLY = "This day is over. Choose today or a later day."
    NOT_WITHDRAWABLE = "This recognition cannot be withdrawn any more."
    PROPOSED_ALREADY = "Somebody has proposed to withdraw it already, and it waits for an answer."
    ANSWERED = "This proposal has been answered already. Look at the page once more."
    SOMEBODY_ELSE = "Whoever proposed to withdraw it does not agree to that. Somebody else has to."


def refusal_to_recognise(
    state: CandidateState, *, awarded_by_club: bool, was_recognised: bool
) -> AwardRefusal | None:
    if not awarded_by_club:
        return AwardRefusal.OF_ANOTHER_BODY
    if was_recognised:
        return AwardRefusal.RECOGNISED_ALREADY
    leads_there = leads(state, CandidateState.VALID, StepReason.RECOGNISED)
    return None if leads_there else AwardRefusal.NOT_DECIDED


def refusal_to_confirm(
    state: CandidateState,
    earned: Period | None,
    *,
    is_only_counted: bool,
    accepted_by: Collection[int],
    by: int,
) -> AwardRefusal | None:
    """A renewal that nobody has to judge. ``accepted_by``: the accounts that accepted evidence for
    it.
    """
    if not leads(state, CandidateState.RENEWED, StepReason.RENEWED_LATE) or state.is_being_assessed:
        return AwardRefusal.NOT_RENEWING
    if not is_only_counted:
        return AwardRefusal.FOR_ASSESSORS
    if refusal := refusal_to_renew(earned):
        return refusal
    return AwardRefusal.ACCEPTED_IT if by in accepted_by else None


def refusal_to_renew(earned: Period | None) -> AwardRefusal | None:
    """``earned``: the validity that the evidence brings."""
    if earned is None:
        return AwardRefusal.NOT_EARNED
    over = earned.last is not None and earned.last < earned.first
    return AwardRefusal.RENEWS_NOTHING if over else None


@dataclass(frozen=True)
class Pause:
    """What a coordinator says of a suspension."""

    reason: str | None
    public_words: str | None
    #: Its last day.
    until_on: date | None = None
    to_do: str | None = None


def refusal_to_be_suspended(state: CandidateState) -> AwardRefusal | None:
    """Whatever is said of it."""
    can_be = leads(state, CandidateState.SUSPENDED, StepReason.SUSPENDED)
    return None if can_be else AwardRefusal.NOT_STANDING


def refusal_to_suspend(
    state: CandidateState, pause: Pause, *, today: date
) -> tuple[AwardRefusal, str | None] | None:
    """With the field to mend."""
    if refusal := refusal_to_be_suspended(state):
        return refusal, None
    if not pause.reason:
        return AwardRefusal.REASON_MISSING, "remark"
    if not pause.public_words:
        return AwardRefusal.PUBLIC_WORDS_MISSING, "public_words"
    if pause.until_on is None and not pause.to_do:
        return AwardRefusal.UNTIL_WHEN, "until_on"
    if pause.until_on is not None and pause.until_on < today:
        return AwardRefusal.ENDS_TOO_EARLY, "until_on"
    return None


def refusal_to_resume(state: CandidateState) -> AwardRefusal | None:
    return None if state is CandidateState.SUSPENDED else AwardRefusal.NOT_SUSPENDED


def refusal_to_withdraw(state: CandidateState) -> AwardRefusal | None:
    """Of a recognition, by the club."""
    withdrawable = leads(state, CandidateState.WITHDRAWN, StepReason.RECOGNITION_WITHDRAWN)
    return None if withdrawable else AwardRefusal.NOT_WITHDRAWABLE


def refusal_to_agree(*, proposed_by: int, by: int) -> AwardRefusal | None:
    """To a proposal that is open."""
    return AwardRefusal.SOMEBODY_ELSE if by == proposed_by else None

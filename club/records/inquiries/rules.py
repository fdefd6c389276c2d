"""When people are asked after a class, until when they answer, and what is shown of it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from club.records.inquiries.models import FollowUp, Inquiry, InquiryKind

#: Fewer answers than this say something about somebody.
FEWEST = 5
#: How long after closing people are first asked: a class that was closed by mistake is opened
#: again meanwhile.
SETTLED_AFTER = timedelta(hours=1)
#: Nobody is asked about a class that was closed longer ago than this.
LATELY = timedelta(days=14)
#: How long after the last day a follow-up is asked, and how much later it still may be.
FOLLOW_UPS = {InquiryKind.AFTER_30_DAYS: 30, InquiryKind.AFTER_90_DAYS: 90}
FOLLOW_UP_LATEST = 14
#: How long an answer is waited for. Answers about a class are shown when all are in, or then:
#: an average that changes with each answer would tell the last one.
ANSWER_TIME = timedelta(days=21)
#: Ratings of ``FeedbackAnswer``.
RATINGS = ("useful", "clear", "practical", "recommended")


class Refusal(StrEnum):
    ANSWERED = "You have answered already. Thank you."
    TOO_LATE = "The time for this answer is over. Thank you all the same."
    HALF_MEASURED = "Write both values, before and after, or neither."
    UNNAMED = "Say what was measured, for example the time to change a mould."
    NOT_AGREED = "This person did not agree to a case study being made of the answer."
    CANDIDATE_ALREADY = "It is on the list of case studies to come already."
    NO_CANDIDATE = "It is not on the list of case studies to come."


def refusal_to_answer(inquiry: Inquiry, *, now: datetime) -> Refusal | None:
    if inquiry.answered:
        return Refusal.ANSWERED
    return Refusal.TOO_LATE if now >= inquiry.asked_at + ANSWER_TIME else None


def refusal_of_measure(
    quantity: str | None, before: Decimal | None, after: Decimal | None
) -> tuple[Refusal, str] | None:
    """What is missing of a measured change, and the field it is missing from."""
    if (before is None) != (after is None):
        return Refusal.HALF_MEASURED, "before" if before is None else "after"
    if before is not None and not quantity:
        return Refusal.UNNAMED, "quantity"
    return None


def refusal_to_make_candidate(follow_up: FollowUp) -> Refusal | None:
    if not follow_up.may_become_case:
        return Refusal.NOT_AGREED
    return Refusal.CANDIDATE_ALREADY if follow_up.case_candidate_since else None


@dataclass(frozen=True)
class Asked:
    """How many people were asked about a run, how many answered, and when the last was asked."""

    people: int
    answers: int
    last_at: datetime | None

    def may_be_shown(self, *, now: datetime) -> bool:
        """Whether answers may be shown: enough of them, and no more to come."""
        if self.answers < FEWEST or self.last_at is None:
            return False
        return self.answers == self.people or now >= self.last_at + ANSWER_TIME


def mean(values: Collection[int | Decimal]) -> Decimal | None:
    """``None`` of fewer values than may be shown."""
    if len(values) < FEWEST:
        return None
    return Decimal(sum(values)) / len(values)

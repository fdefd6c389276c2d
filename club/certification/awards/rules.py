"""When the club recognises a candidate who has been certified. Pure."""

from enum import StrEnum

from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.rules import leads


class AwardRefusal(StrEnum):
    NOT_DECIDED = "The club recognises only whoever has been decided to reach the level."
    RECOGNISED_ALREADY = "The club has recognised this already. Look at the page once more."
    OF_ANOTHER_BODY = (
        "Another body certifies this level, and its certificate is what counts. The club gives no"
        " recognition of its own for it."
    )


def refusal_to_recognise(
    state: CandidateState, *, awarded_by_club: bool, was_recognised: bool
) -> AwardRefusal | None:
    if not awarded_by_club:
        return AwardRefusal.OF_ANOTHER_BODY
    if was_recognised:
        return AwardRefusal.RECOGNISED_ALREADY
    leads_there = leads(state, CandidateState.VALID, StepReason.RECOGNISED)
    return None if leads_there else AwardRefusal.NOT_DECIDED

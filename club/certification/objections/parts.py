"""What the page of a candidacy says of appeals: until when and how, or what became of one."""

from datetime import datetime

from club import clock
from club.accounts.models import Account
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.permissions import is_candidate
from club.certification.objections.contesting import contest_of
from club.certification.objections.permissions import may_see_complaint
from club.certification.objections.queries import open_complaints
from club.certification.objections.rules import (
    APPEALABLE_STATES,
    AppealRefusal,
    next_day_of,
    refusal_to_appeal,
)
from club.web.page_parts import PagePart

#: Of what waits.
_SHOWN = 5


def complaints_part(_nothing: None, account: Account, now: datetime) -> PagePart | None:
    """On the board: by when complaints are due that the reader may see, the nearest first."""
    open_ones = [one for one in open_complaints() if may_see_complaint(account, one)]
    if not open_ones:
        return None
    today, nearest = clock.local_day(now), sorted(open_ones, key=next_day_of)[:_SHOWN]
    return PagePart(
        "certification/objections/_part_of_board.html",
        {
            "complaints": [(one, next_day_of(one)) for one in nearest],
            "number": len(open_ones),
            "overdue": sum(next_day_of(one) < today for one in open_ones),
        },
    )


def appeals_part(candidate: Candidate, account: Account, now: datetime) -> PagePart | None:
    """Only where something can be appealed, or has been."""
    if candidate.state not in APPEALABLE_STATES | {CandidateState.APPEALED}:
        return None
    contest = contest_of(candidate)
    if contest is None:
        return None
    # Whether the person has begun the way anew, the page of the appeal says.
    refusal = refusal_to_appeal(contest.facts, today=clock.local_day(now))
    if refusal is AppealRefusal.NOTHING_TO_APPEAL:
        return None
    return PagePart(
        "certification/objections/_part_of_candidacy.html",
        {
            "candidate": candidate,
            "contest": contest,
            "refusal": refusal,
            "is_own": is_candidate(account, candidate),
        },
    )

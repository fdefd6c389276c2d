"""Who else can decide, for a reader who must not."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from club.accounts.models import Account
from club.certification.assessment.conflicts import conflicts_with
from club.certification.assessment.rules import AssessmentRefusal, Round
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.tie_queries import deciders

#: By account, why it does not decide; ``None``: it can.
Deciders = Mapping[Account, StrEnum | None]


def who_can_decide(
    candidate: Candidate, parts: Mapping[int, StrEnum] | None = None, *, on: date
) -> Deciders:
    """In a fixed number of questions. ``parts``: by account, its part in what is decided."""
    accounts = deciders()
    ties = conflicts_with(candidate, accounts, on=on)
    return {one: ties[one.id] or (parts or {}).get(one.id) for one in accounts}


def parts_in(round_: Round) -> dict[int, StrEnum]:
    """Whoever assessed it, or accepted what it rests on."""
    accepted: dict[int, StrEnum] = dict.fromkeys(round_.accepted_by, AssessmentRefusal.ACCEPTED_IT)
    return accepted | dict.fromkeys(round_.assessors, AssessmentRefusal.ASSESSED_IT)

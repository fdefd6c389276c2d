"""Who had a part in what is appealed, and so does not decide the appeal."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from club.accounts.models import Account
from club.certification.assessment.conflicts import conflicts_with
from club.certification.candidacy.models import Candidate
from club.certification.objections import queries
from club.certification.objections.rules import Involvement


def why_not_decide(
    candidate: Candidate, accounts: Collection[Account], *, on: date
) -> dict[int, StrEnum | None]:
    """By account, in a fixed number of questions; ``None``: this one may decide."""
    ties = conflicts_with(candidate, accounts, on=on)
    decided = queries.who_decided_in(candidate.id)
    judged = queries.who_judged_in(candidate.id)
    found: dict[int, StrEnum | None] = {}
    for account in accounts:
        part: StrEnum | None = ties[account.id]
        if account.id in decided:
            part = part or Involvement.DECIDED_IT
        elif account.id in judged:
            part = part or Involvement.JUDGED_IT
        found[account.id] = part
    return found

"""Who cannot assess or decide about a candidate, and why."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from club.accounts.models import Account
from club.certification.assessment import queries
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.rules import Conflict, conflict_of
from club.certification.candidacy.tie_queries import ties_with


def conflict_with(candidate: Candidate, account: Account, *, on: date) -> Conflict | None:
    return conflicts_with(candidate, [account], on=on)[account.id]


def conflicts_with(
    candidate: Candidate, accounts: Collection[Account], *, on: date
) -> dict[int, Conflict | None]:
    """By account, in a fixed number of questions."""
    judged = queries.judged_before_appeal(candidate)
    return {
        account_id: conflict_of(replace(ties, judged_before_the_appeal=account_id in judged))
        for account_id, ties in ties_with(candidate, accounts, on=on).items()
    }

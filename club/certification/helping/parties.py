"""What somebody is in a request for help."""

from club.accounts.models import Account, RoleName
from club.certification.helping.models import HelpRequest
from club.certification.helping.rules import Party
from club.certification.models import Expert


def is_expert(account: Account, expert: Expert | None) -> bool:
    """Also where the code belongs to an entry that became part of the account's person."""
    if expert is None:
        return False
    return account.person_id in {expert.person_id, expert.person.merged_into_id}


def may_run_requests(account: Account) -> bool:
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def parties_in(account: Account, request: HelpRequest) -> frozenset[Party]:
    found = {
        Party.ASKER: account.person_id == request.person_id,
        Party.EXPERT: is_expert(account, request.expert),
        Party.CLUB: may_run_requests(account),
    }
    return frozenset(party for party, holds in found.items() if holds)


def may_see(account: Account, request: HelpRequest) -> bool:
    """Whoever was asked before as well: the page then says that it has gone to somebody else."""
    return bool(parties_in(account, request)) or was_asked(account, request)


def was_asked(account: Account, request: HelpRequest) -> bool:
    return any(is_expert(account, step.expert) for step in request.steps)

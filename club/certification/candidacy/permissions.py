from club.accounts.models import Account, RoleName
from club.certification.candidacy.models import Candidate, Evidence


def may_keep_candidacies(account: Account) -> bool:
    """Nominate for the club, admit, judge evidence, move to another version, see the board."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_see_candidacy(account: Account, candidate: Candidate) -> bool:
    return is_candidate(account, candidate) or may_keep_candidacies(account)


def is_candidate(account: Account, candidate: Candidate) -> bool:
    return account.person_id == candidate.person_id


def may_see_evidence(account: Account, evidence: Evidence) -> bool:
    """The paper itself. Assessors reach it by what they were asked to judge."""
    return owns_evidence(account, evidence) or may_keep_candidacies(account)


def owns_evidence(account: Account, evidence: Evidence) -> bool:
    return account.person_id == evidence.person_id

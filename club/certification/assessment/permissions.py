from club.accounts.models import Account, RoleName
from club.certification.assessment.models import AssessorTask
from club.certification.candidacy.models import Candidate
from club.certification.schemes.models import Deciding


def may_run_assessments(account: Account) -> bool:
    """Ask assessors, take tasks back, decide. A conflict of interest is the rule's matter."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_see_assessment(account: Account, candidate: Candidate) -> bool:
    """See what assessors found, and vote where a panel decides: never the candidate, who reads it
    after the decision, without names; holders of the role of assessors until it is decided. Whoever
    is to judge, and must not know what others found, is told so by the rule when voting.
    """
    if account.person_id == candidate.person_id:
        return False
    if may_run_assessments(account):
        return True
    decides_by_panel = candidate.level.version.deciding is Deciding.PANEL
    is_open = candidate.state.is_being_assessed
    return is_open and decides_by_panel and account.holds(RoleName.ASSESSOR)


def was_asked(account: Account, task: AssessorTask) -> bool:
    return account.id == task.assessor_id


def has_task(account: Account, task: AssessorTask) -> bool:
    """Until it is given or taken back. The candidate's papers are read only while it is in hand."""
    return was_asked(account, task) and task.state.stands

from club.accounts.models import Account, RoleName
from club.certification.objections.models import Appeal, Complaint, ComplaintHearing


def may_decide_objections(account: Account) -> bool:
    """Who had a part in what is appealed is the rule's matter: see ``independence``."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def is_appellant(account: Account, appeal: Appeal) -> bool:
    return account.person_id == appeal.candidate.person_id


def may_see_appeal(account: Account, appeal: Appeal) -> bool:
    return is_appellant(account, appeal) or may_decide_objections(account)


def is_sender(account: Account, complaint: Complaint) -> bool:
    return account.person_id == complaint.person_id


def is_heard(account: Account, hearing: ComplaintHearing) -> bool:
    return account.person_id == hearing.person_id


def may_see_complaint(account: Account, complaint: Complaint) -> bool:
    """As somebody of the club. Whom it is about sees what the hearing shows, whatever the role, and
    nothing as long as there is none.
    """
    is_about = complaint.names(account.person.full_name) or any(
        is_heard(account, one) for one in complaint.hearings
    )
    return may_decide_objections(account) and not is_about

from club.accounts.models import Account, RoleName
from club.certification.objections.models import Appeal


def may_decide_objections(account: Account) -> bool:
    """Who had a part in what is appealed is the rule's matter: see ``independence``."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def is_appellant(account: Account, appeal: Appeal) -> bool:
    return account.person_id == appeal.candidate.person_id


def may_see_appeal(account: Account, appeal: Appeal) -> bool:
    return is_appellant(account, appeal) or may_decide_objections(account)

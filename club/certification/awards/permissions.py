from club.accounts.models import Account, RoleName


def may_recognise(account: Account) -> bool:
    """For the club. A conflict of interest is the rule's matter."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)

from club.accounts.models import Account, RoleName


def may_keep_pilots(account: Account) -> bool:
    """Enter, correct and end; officials look on."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)

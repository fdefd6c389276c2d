from club.accounts.models import Account, RoleName


def may_enter_values(account: Account) -> bool:
    return account.holds(RoleName.COORDINATOR, RoleName.OFFICIAL, RoleName.ADMINISTRATOR)

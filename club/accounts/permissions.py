from club.accounts.models import Account, RoleName


def may_manage_accounts(account: Account) -> bool:
    return account.holds(RoleName.ADMINISTRATOR)

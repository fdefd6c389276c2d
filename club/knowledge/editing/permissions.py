from club.accounts.models import Account, RoleName


def may_edit(account: Account | None) -> bool:
    return account is not None and account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)

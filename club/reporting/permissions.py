from club.accounts.models import Account, RoleName


def may_ask(account: Account) -> bool:
    """Ask units, return and accept their reports, and enter what came on paper."""
    return account.holds(RoleName.COORDINATOR)

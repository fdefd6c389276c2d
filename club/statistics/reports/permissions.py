from club.accounts.models import Account, RoleName


def may_write_reports(account: Account) -> bool:
    """Draft, check, freeze and correct; coordinators and administrators read."""
    return account.holds(RoleName.OFFICIAL)

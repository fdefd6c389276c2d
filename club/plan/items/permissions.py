from club.accounts.models import Account, RoleName


def may_keep_lines(account: Account) -> bool:
    """Say where lines stand, add what shows it, and give a line another lead."""
    return account.holds(RoleName.COORDINATOR, RoleName.OFFICIAL, RoleName.ADMINISTRATOR)

"""Who may see more of the trainee figures than the public."""

from club.accounts.models import Account, RoleName

#: Who may see the dashboard, and the rows behind every figure.
ROW_READERS = (RoleName.OFFICIAL, RoleName.COORDINATOR, RoleName.ADMINISTRATOR)
_FIGURE_READERS = (*ROW_READERS, RoleName.REPORTING_OFFICER)


def may_see_all_figures(account: Account) -> bool:
    """Every figure, of however few people, of any period."""
    return bool(
        account.is_authenticated and account.holds(*ROW_READERS, RoleName.REPORTING_OFFICER)
    )


def may_see_rows(account: Account) -> bool:
    """Who was counted in a figure: as the records of each class are read."""
    return bool(account.is_authenticated and account.holds(*ROW_READERS))


def may_see_sheets(account: Account) -> bool:
    """The attendance that a record was worked out from, in every class."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)

from club.accounts.models import Account, RoleName

#: They work for the club or a firm in it, whether or not they are members themselves.
_ROLES = (
    RoleName.REPRESENTATIVE,
    RoleName.TRAINER,
    RoleName.COORDINATOR,
    RoleName.ADMINISTRATOR,
)


def may_propose(account: Account, *, is_member: bool) -> bool:
    return is_member or account.holds(*_ROLES)

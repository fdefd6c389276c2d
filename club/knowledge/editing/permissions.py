from club.accounts.models import Account, RoleName
from club.knowledge.editing.models import Draft


def may_edit(account: Account | None) -> bool:
    return account is not None and account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_write(account: Account | None) -> bool:
    """Trainers write and hand in; what becomes of it, editors say."""
    return may_edit(account) or (account is not None and account.holds(RoleName.TRAINER))


def may_write_on(account: Account | None, draft: Draft) -> bool:
    """Trainers on what they began themselves."""
    own = account is not None and draft.author_id == account.id
    return may_edit(account) or (own and may_write(account))

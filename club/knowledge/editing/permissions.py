from club.accounts.models import Account, RoleName
from club.knowledge.editing.models import Draft


def may_edit(account: Account | None) -> bool:
    return account is not None and account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_write(account: Account | None) -> bool:
    """Trainers write and hand in; what becomes of it, editors say."""
    return may_edit(account) or (account is not None and account.holds(RoleName.TRAINER))


def may_write_on(account: Account | None, draft: Draft) -> bool:
    """Trainers on what they began themselves, and on what members have handed in. What a member
    has not handed in yet is nobody else's.
    """
    if is_author(account, draft):
        return may_write(account)
    return may_help(account, draft) or (may_edit(account) and not draft.is_private)


def may_help(account: Account | None, draft: Draft) -> bool:
    """Remark on what a member has handed in, send it back, or take it over and complete it."""
    return may_write(account) and draft.proposer_id is not None and not draft.is_private


def may_send_back(account: Account | None, draft: Draft) -> bool:
    return may_edit(account) or may_help(account, draft)


def may_discard(account: Account | None, draft: Draft) -> bool:
    return may_edit(account) or is_author(account, draft)


def is_author(account: Account | None, draft: Draft) -> bool:
    return account is not None and draft.author_id == account.id


def is_proposer(account: Account | None, draft: Draft) -> bool:
    return account is not None and draft.proposer_id == account.person_id

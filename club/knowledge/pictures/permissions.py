from collections.abc import Collection

from club.accounts.models import Account
from club.knowledge.editing.models import Draft
from club.knowledge.editing.permissions import is_proposer, may_edit, may_write_on


def may_see_unpublished(account: Account | None, drafts: Collection[Draft]) -> bool:
    """``drafts``: those that the picture lies ready for. What a member has not handed in yet is
    nobody else's.
    """
    if any(may_write_on(account, draft) or is_proposer(account, draft) for draft in drafts):
        return True
    return may_edit(account) and not any(draft.is_private for draft in drafts)

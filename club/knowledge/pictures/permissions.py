from collections.abc import Iterable

from club.accounts.models import Account
from club.knowledge.editing.models import Draft
from club.knowledge.editing.permissions import may_edit, may_write_on


def may_see_unpublished(account: Account | None, drafts: Iterable[Draft]) -> bool:
    """``drafts``: those that the picture lies ready for."""
    return may_edit(account) or any(may_write_on(account, draft) for draft in drafts)

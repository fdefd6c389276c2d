"""What a text's page shows those who look after it."""

from datetime import datetime

from club.accounts.models import Account
from club.knowledge.editing.permissions import may_edit, may_write
from club.knowledge.editions import Edition
from club.web.page_parts import PagePart


def change_part(edition: Edition, account: Account | None, _now: datetime) -> PagePart | None:
    """The way to its desk, and for editors to where they note that they checked it."""
    if not may_write(account):
        return None
    return PagePart(
        "knowledge/editing/_part_of_text.html", {"slug": edition.slug, "checks": may_edit(account)}
    )

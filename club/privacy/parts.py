"""What the page of personal data shows of this room."""

from datetime import datetime

from club.accounts.models import Account
from club.web.page_parts import PagePart
from club.web.personal_data import personal_parts


def stored_part(_account: Account, _reader: object, _now: datetime) -> PagePart:
    """What every room keeps, why, how long, and who sees it."""
    return PagePart("privacy/_stored.html", {"rooms": [p for p in personal_parts() if p.kept]})

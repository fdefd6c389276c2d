"""What the page of personal data shows of this room."""

from datetime import datetime

from club.accounts.models import Account
from club.privacy import queries
from club.privacy.requests.queries import requests_of
from club.privacy.rules import COPY_KEPT_FOR, refusal_to_copy
from club.web.page_parts import PagePart
from club.web.personal_data import personal_parts


def stored_part(_account: Account, _reader: object, _now: datetime) -> PagePart:
    """What every room keeps, why, how long, and who sees it."""
    return PagePart("privacy/_stored.html", {"rooms": [p for p in personal_parts() if p.kept]})


def copy_part(account: Account, _reader: object, _now: datetime) -> PagePart:
    """The download of everything: how it stands, or the button."""
    latest = queries.latest_copy(account.person_id)
    until = latest.made_at + COPY_KEPT_FOR if latest and latest.made_at else None
    return PagePart(
        "privacy/_copy.html",
        {"latest": latest, "until": until, "refusal": refusal_to_copy(latest)},
    )


def requests_part(account: Account, _reader: object, _now: datetime) -> PagePart:
    """What the person asked the club to do, and the way to ask more."""
    return PagePart("privacy/_requests.html", {"requests": requests_of(account.person_id)})


def looks_part(_account: Account, _reader: object, _now: datetime) -> PagePart:
    """The way to the list of those who looked."""
    return PagePart("privacy/_looks.html")

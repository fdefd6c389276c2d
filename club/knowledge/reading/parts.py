"""What a text's page shows one reader below the text."""

from datetime import datetime

from club.accounts.models import Account
from club.knowledge.editions import Edition
from club.knowledge.reading.models import MarkKind
from club.knowledge.reading.queries import marks_of
from club.web.page_parts import PagePart


def reader_part(edition: Edition, account: Account | None, _now: datetime) -> PagePart | None:
    """How many the text helped; whoever is signed in can say so, and keep the text."""
    helped = edition.helped
    if account is None:
        return PagePart("knowledge/reading/_helped.html", {"helped": helped}) if helped else None
    marks = marks_of(account.person_id, edition.id)
    return PagePart(
        "knowledge/reading/_part_of_text.html",
        {
            "slug": edition.slug,
            "helped": helped,
            "is_kept": MarkKind.KEPT in marks,
            "has_helped": MarkKind.HELPED in marks,
        },
    )

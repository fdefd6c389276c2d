"""What a text's page shows of the questions about it."""

from datetime import datetime

from club.knowledge.editions import Edition
from club.knowledge.questions.queries import questions_about
from club.web.cache import kept
from club.web.page_parts import PagePart

_MOST = 5


def questions_part(edition: Edition, _account: object, _now: datetime) -> PagePart | None:
    """Published ones, beside the text."""
    if not edition.questions:
        return None
    found = kept(f"questions_about {edition}", lambda: questions_about(edition.id, limit=_MOST))
    return PagePart("knowledge/questions/_part_of_text.html", {"questions": found})

"""When people are told that a run changed. Pure: facts in, verdict out."""

from datetime import datetime, timedelta
from enum import StrEnum

from club.courses.differences import RunDifference
from club.courses.models import RunState

#: Edits come in a row; when none came for so long, the last has been made.
REST = timedelta(minutes=10)
SHORT_REST = timedelta(minutes=2)
_HURRY = timedelta(hours=24)
#: Calendar programs ask every few hours: what is nearer than this is sent to them.
NEAR = timedelta(days=2)


class TellingRefusal(StrEnum):
    NOTHING_NEW = "There is nothing new to tell: everybody knows how the class stands."
    CHANGED_MEANWHILE = "The class was changed once more. Read what would be told now."
    NOT_PUBLISHED = "Only the people of a published class are told of its changes."


def due_at(news: RunDifference, *, last_edit_at: datetime, now: datetime) -> datetime:
    """When the letters go by themselves, if no other edit comes."""
    is_urgent = news.touches_before(now + _HURRY, now=now)
    return last_edit_at + (SHORT_REST if is_urgent else REST)


def refusal_to_tell(
    state: RunState, *, has_news: bool, seen: int | None, present: int | None
) -> TellingRefusal | None:
    """``seen``: the version that whoever presses the button looked at; ``present``: today's."""
    if state is not RunState.PUBLISHED:
        return TellingRefusal.NOT_PUBLISHED
    if not has_news:
        return TellingRefusal.NOTHING_NEW
    return TellingRefusal.CHANGED_MEANWHILE if seen != present else None

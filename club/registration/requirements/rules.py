"""What a course may require: verdicts on the requirements that there are."""

from collections.abc import Iterable
from enum import StrEnum


class RequirementRefusal(StrEnum):
    TWICE = "The course requires that already."
    ITSELF = "A course cannot require itself."
    IN_A_CIRCLE = (
        "That course requires this one, directly or through others, so nobody could come to either."
    )
    NOT_ON_OFFER = "The club no longer offers that course, so nobody could complete it."


def refusal_to_require_course(
    course_id: int, earlier_id: int, *, edges: Iterable[tuple[int, int]]
) -> RequirementRefusal | None:
    """``edges``: every pair of a course and one that must be completed before it."""
    if course_id == earlier_id:
        return RequirementRefusal.ITSELF
    known = set(edges)
    if (course_id, earlier_id) in known:
        return RequirementRefusal.TWICE
    return RequirementRefusal.IN_A_CIRCLE if course_id in _before(earlier_id, known) else None


def _before(course_id: int, edges: set[tuple[int, int]]) -> set[int]:
    """All that must be completed before a course, directly or through others."""
    found: set[int] = set()
    ahead = [course_id]
    while ahead:
        later = ahead.pop()
        new = {earlier for course, earlier in edges if course == later} - found
        found |= new
        ahead += new
    return found

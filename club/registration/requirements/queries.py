from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from club.courses.models import Run
from club.db import db
from club.membership.queries import people_in_membership
from club.registration.requirements.models import CourseRequirement, RequirementKind
from club.registration.rules.coming import EarlierCourse

#: Of these people and these courses, who has completed which: pairs of their ids.
CompletedCourses = Callable[[Collection[int], Collection[int]], set[tuple[int, int]]]
#: Rooms above that keep records of completed courses (see ``rooms``).
COMPLETED_COURSES: list[CompletedCourses] = []

_HOLDS = CourseRequirement.ended_at.is_(None)


def requirements_of(course_id: int) -> list[CourseRequirement]:
    """What a course requires now, in the order in which it was decided."""
    query = (
        select(CourseRequirement)
        .where(CourseRequirement.course_id == course_id, _HOLDS)
        .order_by(CourseRequirement.id)
        .options(joinedload(CourseRequirement.earlier_course))
    )
    return list(db.session.scalars(query))


def requirement_of(course_id: int, requirement_id: int) -> CourseRequirement | None:
    query = select(CourseRequirement).where(
        CourseRequirement.id == requirement_id, CourseRequirement.course_id == course_id
    )
    return db.session.scalars(query.options(joinedload(CourseRequirement.course))).one_or_none()


def earlier_courses() -> set[tuple[int, int]]:
    """Every pair of a course and one that must be completed before it."""
    query = select(CourseRequirement.course_id, CourseRequirement.earlier_course_id)
    rows = db.session.execute(
        query.where(_HOLDS, CourseRequirement.kind == RequirementKind.EARLIER_COURSE)
    )
    return {(course, earlier) for course, earlier in rows if earlier is not None}


@dataclass(frozen=True)
class Unmet:
    """What somebody lacks of what a course requires."""

    membership: bool = False
    courses: tuple[EarlierCourse, ...] = ()


NOTHING = Unmet()


def unmet_by(run_id: int, person_ids: Collection[int], *, on: date) -> dict[int, Unmet]:
    """What each of these people lacks for the course of a run, in a fixed number of statements
    however many they are; only who lacks something is there.
    """
    query = (
        select(CourseRequirement)
        .join(Run, Run.course_id == CourseRequirement.course_id)
        .where(Run.id == run_id, _HOLDS)
        .order_by(CourseRequirement.id)
        .options(joinedload(CourseRequirement.earlier_course))
    )
    required = list(db.session.scalars(query))
    earlier = [one.earlier_course for one in required if one.earlier_course]
    needs_membership = any(one.kind is RequirementKind.MEMBERSHIP for one in required)
    completed = _completed(person_ids, [course.id for course in earlier])
    members = people_in_membership(person_ids, on=on) if needs_membership else set()
    found = {}
    for person_id in person_ids:
        missing = tuple(
            EarlierCourse(course.slug, course.title, course.title_en)
            for course in earlier
            if (person_id, course.id) not in completed
        )
        lacks = Unmet(needs_membership and person_id not in members, missing)
        if lacks != NOTHING:
            found[person_id] = lacks
    return found


def _completed(person_ids: Collection[int], course_ids: Collection[int]) -> set[tuple[int, int]]:
    if not course_ids:
        return set()
    return {pair for source in COMPLETED_COURSES for pair in source(person_ids, course_ids)}

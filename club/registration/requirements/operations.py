"""What coordinators require of who registers for a course. Each verb is one transaction.

Who is on a list already stays there: requirements hold for who registers from then on.
"""

from datetime import datetime

from club.audit.operations import record
from club.courses.locking import lock
from club.courses.models import Course
from club.courses.run_story import raise_revisions_of
from club.db import transaction
from club.refusal import RefusedError
from club.registration.requirements import queries
from club.registration.requirements.models import CourseRequirement, RequirementKind
from club.registration.requirements.rules import RequirementRefusal, refusal_to_require_course


def require_course(course: Course, earlier: Course, *, by: int, now: datetime) -> None:
    """Who registers must have completed another course."""
    with transaction() as session:
        # Both, in the order of their ids: two who require each other's course meet here.
        for one in sorted({course, earlier}, key=lambda one: one.id):
            lock(session, one)
        edges = queries.earlier_courses()
        refusal = refusal_to_require_course(course.id, earlier.id, edges=edges)
        if earlier.retired_on is not None:
            refusal = refusal or RequirementRefusal.NOT_ON_OFFER
        if refusal:
            raise RefusedError(refusal, field="needed")
        kind = RequirementKind.EARLIER_COURSE
        required = _requirement(course, kind, earlier=earlier, by=by, now=now)
        session.add(required)
        _write_down("registration.require", required, by=by, now=now)


def require_membership(course: Course, *, by: int, now: datetime) -> None:
    """Who registers must belong to the club, personally or by working for a member."""
    kind = RequirementKind.MEMBERSHIP
    with transaction() as session:
        lock(session, course)
        if any(one.kind is kind for one in queries.requirements_of(course.id)):
            raise RefusedError(RequirementRefusal.TWICE, field="needed")
        required = _requirement(course, kind, by=by, now=now)
        session.add(required)
        _write_down("registration.require", required, by=by, now=now)


def stop_requiring(requirement: CourseRequirement, *, by: int, now: datetime) -> None:
    """From now on nobody needs it. Twice is once."""
    with transaction() as session:
        course = requirement.course
        lock(session, course)
        if requirement.ended_at is not None:
            return
        requirement.ended_at = now
        _write_down("registration.stop_requiring", requirement, by=by, now=now)


def _requirement(
    course: Course,
    kind: RequirementKind,
    *,
    earlier: Course | None = None,
    by: int,
    now: datetime,
) -> CourseRequirement:
    return CourseRequirement(
        course=course, kind=kind, earlier_course=earlier, added_at=now, added_by_id=by
    )


def _write_down(action: str, required: CourseRequirement, *, by: int, now: datetime) -> None:
    course, earlier = required.course, required.earlier_course
    raise_revisions_of(course, now=now)
    record(
        action,
        subject_kind="course",
        subject_id=course.code,
        by=by,
        now=now,
        detail={"needs": required.kind.value, "course": earlier.code if earlier else None},
    )

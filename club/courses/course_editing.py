"""What coordinators do with the courses of the catalogue. Each function is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from club.audit.operations import record
from club.courses import queries, rules
from club.courses.completion import problems_of_default
from club.courses.indexing import index_course
from club.courses.locking import lock
from club.courses.models import Course, CourseAudience
from club.courses.run_story import changing_course
from club.db import transaction
from club.refusal import RefusedError
from club.search.operations import forget
from club.vietnamese import slug


@dataclass(frozen=True)
class CourseFacts:
    """What staff say about a course. Vietnamese first; English may be missing but the title."""

    code: str
    title: str
    title_en: str
    topic_id: int
    summary: str | None = None
    summary_en: str | None = None
    audience: list[str] = field(default_factory=list)
    audience_en: list[str] = field(default_factory=list)
    audience_keys: Sequence[CourseAudience] = ()
    outline: list[str] = field(default_factory=list)
    outline_en: list[str] = field(default_factory=list)
    duration_days_min: int | None = None
    duration_days_max: int | None = None
    duration_source: str | None = None
    outline_source: str | None = None
    certificate_months: int | None = None
    #: What completing its runs asks for (see ``Run``).
    completion_threshold: int = 80
    post_test_minimum: int | None = None
    assignment_minimum: int | None = None
    confirmation_needed: bool = False
    #: From this day on the club no longer offers it.
    retired_on: date | None = None


def create_course(facts: CourseFacts, *, by: int | None, now: datetime) -> Course:
    """A new course at the end of the catalogue; its address is made of its title and stays."""
    with transaction() as session:
        codes = queries.course_codes()
        _refuse(facts, taken_codes=codes)
        course = Course(slug=_free_slug(facts), position=len(codes) + 1, edited_at=now)
        _describe(course, facts)
        session.add(course)
        index_course(course, now=now)
        _write_down("courses.create_course", facts.code, by=by, now=now)
        return course


def change_course(course: Course, facts: CourseFacts, *, by: int | None, now: datetime) -> Course:
    """From now on the files of ``content/`` leave this course alone."""
    with transaction() as session:
        lock(session, course)
        if facts.code != course.code and course.runs:
            raise RefusedError(rules.CourseRefusal.CODE_IN_USE, field="code")
        others = [code for code in queries.course_codes() if code != course.code]
        _refuse(facts, taken_codes=others)
        forget(f"course:{course.code}")
        with changing_course(course, now=now):
            _describe(course, facts)
            course.edited_at = now
        index_course(course, now=now)
        _write_down("courses.change_course", facts.code, by=by, now=now)
        return course


def _refuse(facts: CourseFacts, *, taken_codes: Sequence[str]) -> None:
    days = facts.duration_days_min, facts.duration_days_max
    for refusal in (
        *rules.problems_with_course(facts.code, days, taken_codes=taken_codes),
        *problems_of_default(
            facts.completion_threshold, facts.post_test_minimum, facts.assignment_minimum
        ),
    ):
        raise RefusedError(refusal, field=rules.FIELDS[refusal])


def _describe(course: Course, facts: CourseFacts) -> None:
    for name, value in vars(facts).items():
        setattr(course, name, value)
    course.audience_keys = [key.value for key in facts.audience_keys]


def _free_slug(facts: CourseFacts) -> str:
    start = slug(facts.title) or slug(facts.code)
    taken = queries.slugs_like(start)
    if start not in taken:
        return start
    return next(f"{start}-{n}" for n in range(2, len(taken) + 3) if f"{start}-{n}" not in taken)


def _write_down(action: str, code: str, *, by: int | None, now: datetime) -> None:
    record(action, subject_kind="course", subject_id=code, by=by, now=now)

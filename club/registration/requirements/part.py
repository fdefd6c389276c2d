"""What a course requires, on its own page."""

from datetime import datetime

from club.accounts.models import Account
from club.courses.models import Course
from club.registration.requirements.queries import requirements_of
from club.web.page_parts import PagePart


def course_part(course: Course, _account: Account | None, _now: datetime) -> PagePart | None:
    required = requirements_of(course.id)
    return PagePart("registration/_requirements.html", {"required": required}) if required else None

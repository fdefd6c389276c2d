"""What of a course can be found, in each language."""

from datetime import datetime

from club import clock
from club.courses.models import Course
from club.search.models import FoundKind
from club.search.operations import forget, index_document


def index_course(course: Course, *, now: datetime) -> None:
    """Make the course findable, or no longer once it is not offered any more.

    Joins the caller's transaction.
    """
    ref = f"course:{course.code}"
    if course.retired_on and course.retired_on <= clock.local_day(now):
        forget(ref)
        return
    texts = {
        "vi": (course.title, [course.summary, *course.audience, *course.outline]),
        "en": (course.title_en, [course.summary_en, *course.audience_en, *course.outline_en]),
    }
    for language, (title, parts) in texts.items():
        index_document(
            kind=FoundKind.COURSE,
            ref=ref,
            language=language,
            title=title,
            body=". ".join(part.rstrip(".") for part in parts if part),
            url=f"/courses/{course.slug}",
            names=[course.code],
            now=now,
        )

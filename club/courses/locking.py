"""Holding a course or a run, so that what is decided on cannot change meanwhile."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.courses.listings import keep_listing
from club.courses.models import Course, Run
from club.courses.versions import keep_version


def lock(session: Session, row: Course | Run) -> None:
    """Lock one row; everything is read anew afterwards, as it is under the lock. How a run
    stands and is listed is written down if it never was, so that what is changed now can be told.

    Only the id is selected: PostgreSQL locks nothing through the outer joins that a page's
    loading of the same row brings along.
    """
    session.flush()
    kind = type(row)
    session.execute(select(kind.id).where(kind.id == row.id).with_for_update())
    session.expire_all()
    if isinstance(row, Run):
        keep_version(row)
        keep_listing(row)

"""How a reader stands towards the materials of a run or a course, and what pages show of them."""

from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from club import clock
from club.accounts.models import Account
from club.courses.models import Course, Run
from club.courses.queries import RunGlance
from club.knowledge.rendering import render
from club.materials import permissions, queries, rules
from club.materials.models import Visibility
from club.materials.queries import MaterialRow, Shelf
from club.materials.rules import STRANGER, Reader
from club.membership.queries import is_member
from club.web.page_parts import PagePart

_TEMPLATE = "materials/_part.html"


def publishes(account: Account | None, place: Run | Course) -> bool:
    """Whether this account publishes materials there."""
    if isinstance(place, Run):
        return permissions.may_publish_to_run(account, place)
    return _publishes_to_course(account, place.id)


def reader_of(account: Account | None, place: Run | Course, *, now: datetime) -> Reader:
    is_run = isinstance(place, Run)
    shelf = Shelf(run_id=place.id) if is_run else Shelf(course_id=place.id)
    return _reader(account, shelf, publishes_there=publishes(account, place), now=now)


def run_part(run: RunGlance, account: Account | None, now: datetime) -> PagePart | None:
    """The materials of a run and of its course, on the run's page."""
    rows = queries.shown_to_run(run.id)
    of_run = [row for row in rows if row.material.run_id is not None]
    of_course = [row for row in rows if row.material.course_id is not None]
    lots = []
    if of_run:
        allowed = permissions.may_publish_to_run(account, run)
        shelf = Shelf(run_id=run.id)
        reader = _reader_of(of_run, account, shelf, publishes_there=allowed, now=now)
        lots.append((of_run, reader))
    if of_course:
        course_id = of_course[0].material.course_id
        assert course_id
        allowed = _publishes_to_course(account, course_id)
        shelf = Shelf(course_id=course_id)
        reader = _reader_of(of_course, account, shelf, publishes_there=allowed, now=now)
        lots.append((of_course, reader))
    return _part(lots)


def course_part(course: Course, account: Account | None, now: datetime) -> PagePart | None:
    """The materials of a course, on its page."""
    rows = queries.shown_to_course(course.id)
    return _part([(rows, reader_of(account, course, now=now))] if rows else [])


def _part(lots: list[tuple[list[MaterialRow], Reader]]) -> PagePart | None:
    """What each reader of a lot may read, and how many more there will be after the run."""
    shown = [row for rows, reader in lots for row in rows if _may_read(row, reader)]
    later = sum(
        reader.takes_part
        and row.material.visibility is Visibility.PARTICIPANTS_AFTER
        and not _may_read(row, reader)
        for rows, reader in lots
        for row in rows
    )
    return PagePart(_TEMPLATE, {"rows": shown, "later": later}) if shown or later else None


def _may_read(row: MaterialRow, reader: Reader) -> bool:
    return rules.may_read(row.material.visibility, reader)


def _publishes_to_course(account: Account | None, course_id: int) -> bool:
    teaches = (
        account is not None
        and permissions.is_trainer(account)
        and queries.teaches_course(account.person_id, course_id)
    )
    return permissions.may_publish_to_course(account, teaches_it=teaches)


def _reader_of(
    rows: list[MaterialRow],
    account: Account | None,
    shelf: Shelf,
    *,
    publishes_there: bool,
    now: datetime,
) -> Reader:
    """What is for everybody asks nothing about its reader."""
    if all(row.material.visibility is Visibility.EVERYBODY for row in rows):
        return Reader(publishes=publishes_there)
    return _reader(account, shelf, publishes_there=publishes_there, now=now)


def _reader(
    account: Account | None, shelf: Shelf, *, publishes_there: bool, now: datetime
) -> Reader:
    if account is None:
        return STRANGER
    if publishes_there:
        return Reader(publishes=True)
    part = queries.part_taken(account.person_id, shelf, now=now)
    member = is_member(account.person_id, on=clock.local_day(now))
    return Reader(is_member=member, takes_part=part.takes_part, took_part=part.took_part)


@lru_cache(maxsize=64)
def page_html(markdown: str, title: str) -> Markup:
    """A page's text by today's rules of what is safe, whenever it was written."""
    return Markup(render(markdown, title=title).html)  # noqa: S704  cleaned by its renderer

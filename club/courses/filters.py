"""The catalogue's conditions, in addresses: ``q course topic audience month ward form open``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, SQLColumnExpression, String, cast, or_

from club import clock
from club.courses.models import Course, CourseAudience, Run, RunForm, RunState
from club.knowledge.models import Topic
from club.units.models import Unit
from club.vietnamese import folded, tidy_line

_LONGEST = 100


@dataclass(frozen=True)
class RunFilter:
    """What a reader looks for. Values that mean nothing are left out, never an error."""

    q: str = ""
    #: The address part of one course, for who follows only that one.
    course: str = ""
    topic: str = ""
    audience: CourseAudience | None = None
    #: The first day of the month.
    month: date | None = None
    ward: str = ""
    form: RunForm | None = None
    open: bool = False

    @property
    def in_use(self) -> list[str]:
        return [name for name, value in vars(self).items() if value]

    @property
    def asks_for_runs(self) -> bool:
        """Whether it has a condition that only a dated run can meet."""
        return bool(self.month or self.ward or self.form or self.open)

    def without(self, name: str) -> "RunFilter":
        return RunFilter(**{key: value for key, value in vars(self).items() if key != name})

    def address_query(self) -> str:
        """The conditions as the query of an address; empty without any."""
        written = {name: getattr(self, name) for name in self.in_use}
        if self.month:
            written["month"] = f"{self.month:%Y-%m}"
        if self.open:
            written["open"] = "1"
        return urlencode({name: str(value) for name, value in written.items()})


_EVERYTHING = RunFilter()


def filter_from(given: Mapping[str, str]) -> RunFilter:
    """Read the conditions of an address."""
    if not given:
        return _EVERYTHING
    audience, form = given.get("audience", ""), given.get("form", "")
    return RunFilter(
        q=_text(given, "q"),
        course=_text(given, "course"),
        topic=_text(given, "topic"),
        audience=CourseAudience(audience) if audience in set(CourseAudience) else None,
        month=_month(given.get("month", "")),
        ward=_text(given, "ward"),
        form=RunForm(form) if form in set(RunForm) else None,
        open=given.get("open", "") in {"1", "true", "on"},
    )


def _text(given: Mapping[str, str], name: str) -> str:
    return tidy_line(given.get(name, ""))[:_LONGEST]


def _month(text: str) -> date | None:
    year, _, month = text.partition("-")
    if not (len(year) == 4 and year.isdecimal() and len(month) == 2 and month.isdecimal()):
        return None
    sensible = 2000 <= int(year) <= 2100 and 1 <= int(month) <= 12
    return date(int(year), int(month), 1) if sensible else None


@dataclass(frozen=True)
class Columns:
    """What the conditions are put to: runs as they are, or as they once were listed. Topics and
    wards are asked for by their keys, so these two are joined.
    """

    search_key: SQLColumnExpression[str]
    audience_keys: SQLColumnExpression[list[str]]
    form: SQLColumnExpression[RunForm]
    starts_at: SQLColumnExpression[datetime | None]
    ends_at: SQLColumnExpression[datetime | None]


PRESENT = Columns(Course.search_key, Course.audience_keys, Run.form, Run.starts_at, Run.ends_at)


def course_conditions(wanted: RunFilter, of: Columns = PRESENT) -> list[ColumnElement[bool]]:
    """For a SELECT from ``Course`` joined with ``Topic``."""
    found = [of.search_key.contains(word, autoescape=True) for word in folded(wanted.q).split()]
    if wanted.course:
        found.append(Course.slug == wanted.course)
    if wanted.topic:
        found.append(Topic.key == wanted.topic)
    if wanted.audience:
        found.append(cast(of.audience_keys, String).contains(f'"{wanted.audience.value}"'))
    return found


def run_conditions(wanted: RunFilter, *, now: datetime) -> list[ColumnElement[bool]]:
    """For a SELECT from ``Run`` joined with ``Course``, ``Topic`` and, outer, ``Unit``."""
    found = lasting_conditions(wanted)
    return [*found, *takes_registrations(now=now)] if wanted.open else found


def lasting_conditions(wanted: RunFilter, of: Columns = PRESENT) -> list[ColumnElement[bool]]:
    """The same without the one that time alone can end: that registration is open."""
    found = course_conditions(wanted, of)
    if wanted.ward:
        found.append(Unit.key == wanted.ward)
    if wanted.form:
        found.append(of.form == wanted.form)
    if wanted.month:
        begins = clock.instant_of(wanted.month)
        ends = clock.instant_of(following_month(wanted.month))
        found += [of.starts_at < ends, of.ends_at >= begins]
    return found


def takes_registrations(*, now: datetime) -> list[ColumnElement[bool]]:
    """Registration is open, be it for the waiting list; as ``standing_of`` says."""
    opens, closes = Run.registration_opens_at, Run.registration_closes_at
    return [
        Run.state == RunState.PUBLISHED,
        Run.starts_at > now,
        or_(opens.is_(None), opens <= now),
        or_(closes.is_(None), closes > now),
    ]


def following_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)

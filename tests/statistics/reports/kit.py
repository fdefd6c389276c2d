"""What tests of reports need: a month in which classes were held, and officials who report it."""

from datetime import UTC, datetime, timedelta

from club.accounts.models import RoleName
from club.periods import Cut, named_period
from club.records.attendance.models import Mark
from club.records.attendance.operations import mark_attendance
from club.records.operations import close_run
from club.statistics.reports import checking, contents, operations, queries
from club.statistics.reports.models import ReportKind, ReportVersion
from club.statistics.reports.operations import ReportFacts
from tests.records.kit import a_taught_run, on_the_list
from tests.support.factories import an_account

#: In the afternoon of 5 April 2026 where the club is.
NOW = datetime(2026, 4, 5, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


def an_official():
    return an_account(RoleName.OFFICIAL)


def a_closed_run(
    *people, partly=(), sessions=1, ends=datetime(2026, 3, 10, 9, tzinfo=UTC), now=None, **given
):
    """A class with sessions of four hours, a day apart, that everybody came to, closed by ``now``;
    ``partly`` are people who stayed long enough to count and not to complete it.
    """
    starts = ends - timedelta(days=sessions - 1, hours=4)
    run = a_taught_run(sessions=sessions, starts_at=starts, **given)
    for person, minutes in [*((one, None) for one in people), *((one, 130) for one in partly)]:
        on_the_list(run, person)
        for session in run.sessions:
            mark_attendance(
                session.id, person.id, mark=Mark.PRESENT, minutes=minutes, by=None, now=ends
            )
    close_run(run.id, by=None, now=now or NOW - timedelta(days=2), accepting_unmarked=[])
    return run


def facts(kind=ReportKind.MONTH, name="2026-03", cut=Cut.CALENDAR, **given):
    period = named_period(name, cut)
    return ReportFacts(
        **{
            "kind": kind,
            "cut": cut,
            "first_day": period.first,
            "last_day": period.last,
            "period_name": name,
            "title": "Kết quả đào tạo",
        }
        | given
    )


def facts_of_days(first, last):
    return ReportFacts(ReportKind.DAYS, Cut.CALENDAR, first, last, "", "Kết quả đào tạo")


def a_draft(given=None, *, by=None, now=NOW) -> ReportVersion:
    return operations.draft_report(given or facts(), by=by, now=now)


def checked(version=None, *, by=None, now=NOW) -> ReportVersion:
    version = version or a_draft(by=an_official().id)
    return operations.check(version.id, **on_the_page(version), by=by or an_official().id, now=now)


def on_the_page(version):
    """What the button of the check carries: which words and which letterhead were read."""
    shown = contents.without_rows(version, queries.letterhead(), as_of=NOW)
    return {"revision": version.revision, "head": checking.head_digest(shown)}


def frozen(version=None, *, now=NOW):
    """A version that was checked and frozen; its ``FrozenReport``."""
    version = checked(version, now=now)
    return operations.freeze(version.id, by=an_official().id, now=now)

"""What departments' reports add to other pages: what the reader's own unit owes, and what waits for
those who asked.
"""

from datetime import datetime

from club import clock
from club.accounts.models import Account, RoleName
from club.people.models import Person
from club.reporting import queries
from club.web.page_parts import PagePart


def owed_part(_person: Person, account: Account, now: datetime) -> PagePart | None:
    """The report that the reader's unit owes first, and how many more there are."""
    if not account.holds(RoleName.REPORTING_OFFICER):
        return None
    owed = queries.reports_owed_by(account.id)
    if not owed:
        return None
    context = {"report": owed[0], "more": len(owed) - 1, "today": clock.local_day(now)}
    return PagePart("reporting/_me_owed.html", context)


def departments_part(_desk: None, account: Account, now: datetime) -> PagePart | None:
    """For those whom the reports of departments are for."""
    if not account.holds(RoleName.COORDINATOR, RoleName.OFFICIAL):
        return None
    late = queries.late_reports(today=clock.local_day(now))
    waiting = queries.reports_to_look_at()
    if not late and not waiting:
        return None
    return PagePart("reporting/_of_departments.html", {"late": late, "waiting": waiting})

"""The coordinator's side: asking units, returning and accepting what they report."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from club import clock
from club.db import transaction
from club.periods import Cut
from club.refusal import RefusedError
from club.reporting import letters, rules
from club.reporting.models import DepartmentReport, ReportRequest, RequestKind, StepKind
from club.reporting.operations.steps import locked, refuse, take
from club.reporting.rules import ReportingRefusal
from club.units.models import Unit

#: Version of the form of periodic reports that units are asked to fill in now.
FORM_VERSION = 1
_FIELDS = {
    ReportingRefusal.NO_UNIT: "units",
    ReportingRefusal.NO_QUESTION: "questions",
    ReportingRefusal.DUE_PASSED: "due_on",
    ReportingRefusal.DUE_BEFORE_END: "due_on",
}


@dataclass(frozen=True)
class RequestFacts:
    kind: RequestKind
    title: str
    first_day: date
    last_day: date
    due_on: date
    cut: Cut = Cut.CALENDAR
    period_name: str = ""
    note: str | None = None
    questions: Sequence[str] = field(default_factory=list)
    remind_before: int = 3
    remind_every: int = 7


def ask(
    facts: RequestFacts, *, units: Collection[int], by: int | None, now: datetime
) -> ReportRequest:
    """Ask these units; who reports for them gets a letter."""
    refusal = rules.refusal_to_ask(
        kind=facts.kind,
        last_day=facts.last_day,
        due_on=facts.due_on,
        today=clock.local_day(now),
        units=units,
        questions=facts.questions,
    )
    if refusal:
        raise RefusedError(refusal, field=_FIELDS[refusal])
    with transaction() as session:
        request = ReportRequest(
            **asdict(facts), form_version=FORM_VERSION, asked_at=now, asked_by_id=by
        )
        session.add(request)
        for unit_id in sorted(set(units)):
            report = DepartmentReport(
                request=request, asked_unit_id=unit_id, unit_id=unit_id, state_since=now
            )
            session.add(report)
            session.flush()
            take(report, StepKind.ASKED, by=by, now=now)
        session.flush()
        letters.tell_asked(request, now=now)
        return request


def send_back(
    report_id: int, *, reason: str | None, by: int | None, now: datetime
) -> DepartmentReport:
    """With remarks, which the unit gets by letter and reads on the page."""
    with transaction() as session:
        report = locked(session, report_id)
        take(report, StepKind.RETURNED, reason=reason, by=by, now=now)
        report.reminded_on = None
        letters.tell_returned(report, reason or "", now=now)
        return report


def accept(report_id: int, *, seen: int, by: int | None, now: datetime) -> DepartmentReport:
    """``seen``: the revision that was on the page. Nobody accepts words that they have not read:
    a report can be returned and handed in anew while its page is open.
    """
    with transaction() as session:
        report = locked(session, report_id)
        refuse(ReportingRefusal.SETTLED if report.revision != seen else None)
        take(report, StepKind.ACCEPTED, by=by, now=now)
        letters.tell_accepted(report, now=now)
        return report


def pass_on(
    report_id: int, *, unit_id: int, reason: str | None, by: int | None, now: datetime
) -> DepartmentReport:
    """Another unit reports instead, such as the successor of one that was dissolved. What was
    written stays.
    """
    with transaction() as session:
        report = locked(session, report_id)
        unit = session.get_one(Unit, unit_id)
        if report.unit_id == unit_id:
            raise RefusedError(ReportingRefusal.SAME_UNIT, field="unit")
        if not unit.exists_on(clock.local_day(now)):
            raise RefusedError(ReportingRefusal.UNIT_ENDED, field="unit")
        take(report, StepKind.PASSED_ON, reason=reason, unit_id=unit_id, by=by, now=now)
        report.unit, report.reminded_on = unit, None
        session.flush()
        letters.tell_passed_on(report, now=now)
        return report


def close(report_id: int, *, reason: str | None, by: int | None, now: datetime) -> DepartmentReport:
    """No report will come; the summary says so, with the reason."""
    with transaction() as session:
        report = locked(session, report_id)
        take(report, StepKind.CLOSED, reason=reason, by=by, now=now)
        return report

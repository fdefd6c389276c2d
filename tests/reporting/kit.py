"""What tests of departments' reports need: units, who reports for them, and a request."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

from club import clock
from club.accounts.models import RoleName
from club.files.receiving import receive
from club.reporting.models import RequestKind
from club.reporting.operations import asking, writing
from club.reporting.operations.reporters import assign
from club.reporting.operations.writing import Filled
from club.reporting.written import Activity, FigureKey, OtherFigure, Written
from club.units.models import UnitKind
from tests.support.factories import a_unit, an_account, reload

DESK = "/office/department-reports"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"
#: In the afternoon of 5 July 2026 where the club is.
NOW = datetime(2026, 7, 5, 8, tzinfo=UTC)
DUE = date(2026, 7, 20)
#: In the morning two days after the due day.
LATE = datetime(2026, 7, 22, 2, tzinfo=UTC)


def a_department(name="Phòng Thử nghiệm", **given):
    return a_unit(**{"kind": UnitKind.DEPARTMENT, "name": name} | given)


def a_reporter(unit, **given):
    account = an_account(RoleName.REPORTING_OFFICER, **given)
    assign(unit.id, account.id, by=None, now=NOW)
    return account


def a_coordinator():
    return an_account(RoleName.COORDINATOR)


def at_office(report):
    return f"{DESK}/reports/{report.public_id}"


def facts(**given):
    return asking.RequestFacts(
        **{
            "kind": RequestKind.PERIODIC,
            "title": "Báo cáo sáu tháng đầu năm 2026",
            "first_day": date(2026, 1, 1),
            "last_day": date(2026, 6, 30),
            "period_name": "2026-6M",
            "due_on": DUE,
        }
        | given
    )


def asked(*units, now=NOW, **given):
    """A request to these units; their reports, in this order."""
    chosen = units or (a_department(),)
    request = asking.ask(
        facts(**given), units=[unit.id for unit in chosen], by=a_coordinator().id, now=now
    )
    by_unit = {report.unit_id: report for report in request.reports}
    return [by_unit[unit.id] for unit in chosen]


def words(text="Đã phổ biến kế hoạch cho 12 đơn vị.", **given):
    return Written(
        **{
            "activities": [Activity("", text)],
            "figures": {FigureKey.TRAININGS: Decimal(2), FigureKey.TURNS: Decimal(60)},
            "others": [OtherFigure("Sáng kiến được công nhận", Decimal(7), "sáng kiến")],
            "difficulties": "Thiếu kinh phí.",
            "proposals": "Đề nghị mở thêm lớp 5S.",
        }
        | given
    )


def submitted(report, written=None, *, by=None, now=NOW + timedelta(days=1)):
    filled = Filled(written or words(), report.revision)
    return writing.submit(report.id, filled, by=by, now=now)


def accepted(report, written=None, *, now=NOW + timedelta(days=2)):
    submitted(report, written, now=now)
    return asking.accept(report.id, seen=reload(report).revision, by=None, now=now)


def attached(report=None, *, now=None):
    """A report with a file, by the parts of the file's address."""
    now = now or clock.now()
    report = report or asked(now=now, due_on=clock.local_day(now))[0]
    received = receive(BytesIO(PDF), name="phu-luc.pdf")
    filled = Filled(words(), report.revision, received)
    report = writing.save(report.id, filled, by=None, now=now)
    return {"public_id": report.public_id, "file_id": report.files[0].public_id}

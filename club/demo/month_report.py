"""In the demo club: a letterhead, the report of the last month, frozen, and a draft of the last
quarter that the demo official can check. Each has two pairs of eyes: a second official, whom
nobody can sign in as. Nobody is written to.
"""

import secrets
from datetime import date, datetime, timedelta

from club import clock
from club.accounts.models import Account, RoleName
from club.accounts.operations import create_account, new_account
from club.accounts.queries import account_by_email
from club.demo.accounts import DOMAIN
from club.periods import Cut, named_period
from club.statistics.reports import checking, contents, queries
from club.statistics.reports.models import ReportVersion, TextBlock
from club.statistics.reports.naming import kind_of, proposed_title
from club.statistics.reports.operations import (
    Letterhead,
    ReportFacts,
    change_letterhead,
    check,
    draft_report,
    edit,
    freeze,
)

_LETTERHEAD = Letterhead(
    issuer="Câu lạc bộ Cải tiến Năng suất (trình diễn)",
    symbol="BC-CLB",
    place="Thành phố Demo",
    signer_title="Chủ nhiệm",
    signer_name="Người ký (trình diễn)",
    recipients="- Cơ quan quản lý (trình diễn);\n- Lưu: VT.",
)
_TEXTS = {
    TextBlock.SITUATION: "Các lớp trong kỳ diễn ra theo lịch đã công bố (trình diễn).",
    TextBlock.ASSESSMENT: "Cơ sở nhỏ khó cử người đi học trong giờ làm (trình diễn).",
    TextBlock.DIRECTIONS: "Mở thêm lớp buổi tối cho người đi làm (trình diễn).",
}


def report_last_month(*, now: datetime) -> None:
    """After the club is loaded: what is frozen is a moment of its own."""
    official = account_by_email(f"canbo@{DOMAIN}")
    assert official
    colleague = _colleague(now=now)
    change_letterhead(_LETTERHEAD, by=official.id, now=now)
    month, quarter = _last_month_and_quarter(clock.local_day(now))
    report = _written(month, by=official, now=now)
    on_page = contents.without_rows(report, queries.letterhead(), as_of=now)
    head = checking.head_digest(on_page)
    check(report.id, revision=report.revision, head=head, by=colleague.id, now=now)
    freeze(report.id, by=official.id, now=now)
    _written(quarter, by=colleague, now=now)


def _last_month_and_quarter(today: date) -> tuple[str, str]:
    """Their names, as ``club.periods`` gives them."""
    last = today.replace(day=1) - timedelta(days=1)
    quarters = today.year * 4 + (today.month - 1) // 3 - 1
    return f"{last:%Y-%m}", f"{quarters // 4}-Q{quarters % 4 + 1}"


def _written(name: str, *, by: Account, now: datetime) -> ReportVersion:
    period = named_period(name, Cut.CALENDAR)
    facts = ReportFacts(
        kind=kind_of(name),
        cut=period.cut,
        first_day=period.first,
        last_day=period.last,
        period_name=name,
        title=f"{proposed_title(period)} (trình diễn)",
    )
    version = draft_report(facts, by=by.id, now=now)
    texts = {block.value: _TEXTS.get(block, "") for block in TextBlock}
    return edit(
        version.id,
        texts=texts,
        document_number=None,
        revision=version.revision,
        by=by.id,
        now=now,
    )


def _colleague(*, now: datetime) -> Account:
    opened = new_account(
        email="soat.bao.cao@vidu.example",
        full_name="Mai Demo Phúc",
        password=secrets.token_urlsafe(24),
    )
    return create_account(opened, roles=[RoleName.OFFICIAL], now=now)

"""In the demo club: what the coordinator wrote down of lines of the plan, of whole lines and of
their parts, with what shows it. Nobody is written to.
"""

from datetime import date, datetime, timedelta

from club import clock
from club.demo.accounts import DemoAccounts
from club.plan.items.models import SaidState
from club.plan.items.operations import ProofFacts, StepFacts, add_proof, say_state
from club.plan.items.queries import lines_with_words

_REPORT = "Báo cáo trình diễn"
#: Line, part, state, how many days ago, words.
_SAID: list[tuple[str, str | None, SaidState, int, str]] = [
    ("I.2.a-5", "I.2.a-5.2", SaidState.RECURRING, 90,
     "Mỗi tháng một buổi trao đổi tại xưởng của hội viên (trình diễn)."),
    ("II.1-10", None, SaidState.UNDER_WAY, 200,
     "Đang chuẩn bị khảo sát và kế hoạch chi tiết (trình diễn)."),
    ("II.1-10", "II.1-10.1", SaidState.DONE, 60,
     "Đã khảo sát 24 doanh nghiệp bằng phiếu (trình diễn)."),
    ("II.2-1", "II.2-1.1", SaidState.UNDER_WAY, 45,
     "Ba doanh nghiệp đang áp dụng 5S và Kaizen (trình diễn)."),
    ("II.2-3", "II.2-3.1", SaidState.NOT_BEGUN, 30,
     "Chưa có nhiệm vụ nghiên cứu nào được giao (trình diễn)."),
    ("II.3-1", None, SaidState.UNDER_WAY, 20,
     "Đã gửi đề xuất lồng ghép hai nội dung (trình diễn)."),
    ("IV.1-7", "IV.1-7.1", SaidState.DONE, 120, "Đã họp sơ kết (trình diễn)."),
    ("IV.1-7", "IV.1-7.2", SaidState.RECURRING, 15, "Gửi báo cáo sáu tháng một lần (trình diễn)."),
]  # fmt: skip
#: Line, part, how many days ago, words, a page that shows it.
_SHOWN: list[tuple[str, str | None, int, str, str | None]] = [
    ("II.1-10", "II.1-10.1", 58, "Bảng tổng hợp phiếu khảo sát, bản giấy (trình diễn).", None),
    ("II.2-1", "II.2-1.1", 40, "Các công cụ đang được áp dụng (trình diễn).", "/knowledge/tools/"),
    ("IV.1-7", None, 10, "Số liệu dùng cho các báo cáo (trình diễn).", "/statistics/trainees"),
]


def tell_of_lines(accounts: DemoAccounts, *, now: datetime) -> None:
    """Where the plan has been brought in."""
    if not lines_with_words():
        return
    by, today = accounts.coordinator.id, clock.local_day(now)
    for line, part, state, days, words in _SAID:
        said = StepFacts(state, _before(today, days), words, _REPORT, part)
        say_state(line, said, by=by, now=now)
    for line, part, days, words, link in _SHOWN:
        shown = ProofFacts(_before(today, days), words, link, is_public=True, part=part)
        add_proof(line, shown, by=by, now=now)


def _before(today: date, days: int) -> date:
    return today - timedelta(days=days)

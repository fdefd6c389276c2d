"""What people of the demo club were asked after their classes, and what they answered."""

import random
import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from club import clock
from club.demo.rows import Rows
from club.demo.runs import DemoRun
from club.demo.society import DemoPerson
from club.records.inquiries.models import FeedbackAnswer, FollowUp, Inquiry, InquiryKind
from club.records.inquiries.rules import ANSWER_TIME, FOLLOW_UPS

#: Of older runs nobody is shown to have been asked: a large club would have a million rows more.
_BACK = timedelta(days=150)
_BETTER = (
    None, None, None, "Nên có thêm bài tập tại xưởng.", "Tài liệu nên gửi trước một ngày.",
    "Thời gian thực hành hơi ngắn.", "Mong có lớp nâng cao.",
)  # fmt: skip
#: Applied, changed, quantity, unit, before, after.
_APPLIED = (
    ("Sàng lọc và sắp xếp lại khu dụng cụ của tổ.", "Tìm dụng cụ nhanh hơn.",
     "Thời gian tìm dụng cụ", "phút", 12, 4),
    ("Chuẩn bị khuôn trước khi dừng máy.", "Máy dừng ít hơn.",
     "Thời gian thay khuôn", "phút", 45, 28),
    ("Lập bảng theo dõi lỗi hằng ngày.", "Cả tổ biết lỗi nào nhiều nhất.", None, None, None, None),
    ("Chưa áp dụng được vì đang thay đổi dây chuyền.", None, None, None, None, None),
)  # fmt: skip


class Inquiries:
    def __init__(self, rows: Rows, now: datetime) -> None:
        self.rows, self.now = rows, now
        self._chances: dict[int, random.Random] = {}

    def ask(self, run: DemoRun, person: DemoPerson, *, keeps_waiting: bool) -> None:
        """All that somebody who took part in a closed run has been asked by now.

        ``keeps_waiting``: what can still be answered is not, so that there is something to do.
        """
        assert run.closed_at
        if run.closed_at < self.now - _BACK:
            return
        # Chance of its own, so that the rest of the club stays as it is.
        chance = self._chances.setdefault(run.id, random.Random(f"asked {run.code}"))  # noqa: S311
        last_day = clock.local_day(run.sessions[-1].ends_at)
        asked = {InquiryKind.FEEDBACK: run.closed_at + timedelta(hours=1)} | {
            kind: clock.instant_of(last_day + timedelta(days=days)) + timedelta(hours=8)
            for kind, days in FOLLOW_UPS.items()
        }
        for kind, at in asked.items():
            if at >= self.now:
                continue
            answers = chance.random() < (0.7 if kind.is_anonymous else 0.3)
            if keeps_waiting and at > self.now - ANSWER_TIME:
                answers = False
            inquiry_id = self.rows.add(
                Inquiry,
                public_id=_key(chance),
                run_id=run.id,
                person_id=person.id,
                kind=kind,
                asked_at=at,
                answered=answers,
            )
            if answers and kind.is_anonymous:
                self._opinion(run, chance)
            elif answers:
                self._follow_up(inquiry_id, min(at + timedelta(days=2), self.now), chance)

    def _opinion(self, run: DemoRun, chance: random.Random) -> None:
        self.rows.add_with_key(
            FeedbackAnswer,
            id=_key(chance),
            run_id=run.id,
            useful=chance.choice((3, 4, 4, 5, 5)),
            clear=chance.choice((3, 4, 4, 5, 5)),
            practical=chance.choice((2, 3, 4, 4, 5)),
            recommended=chance.choice((3, 4, 5, 5)),
            better=chance.choice(_BETTER),
        )

    def _follow_up(self, inquiry_id: int, at: datetime, chance: random.Random) -> None:
        applied, changed, quantity, unit, before, after = chance.choice(_APPLIED)
        self.rows.add(
            FollowUp,
            public_id=_key(chance),
            inquiry_id=inquiry_id,
            applied=applied,
            changed=changed,
            quantity=quantity,
            unit=unit,
            before=None if before is None else Decimal(before),
            after=None if after is None else Decimal(after),
            measured_how="Bấm giờ mười lần, lấy trung bình." if quantity else None,
            may_become_case=bool(quantity) and chance.random() < 0.7,
            answered_at=at,
            case_candidate_since=None,
            case_candidate_by_id=None,
        )


def _key(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)

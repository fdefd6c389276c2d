"""Questions of the demo member to the club: two published, with what the tools' pages say, and
one
that waits. Nobody is written to.
"""

from datetime import datetime, timedelta

from club.accounts.models import Account
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.knowledge.questions.indexing import index_question
from club.knowledge.questions.models import (
    MemberQuestion,
    QuestionState,
    QuestionStep,
    QuestionStepKind,
)
from club.knowledge.questions.queries import text_by_slug, topic_by_key

_K, _S = QuestionStepKind, QuestionState
_TOPIC = "improvement_tools"
_5S = """Chọn **một khu** chừng sáu đến tám người làm, có tổ trưởng muốn làm, rồi giữ tám tuần
mới mở sang khu khác.

1. Chụp ảnh từ bốn góc cố định; bấm giờ người trong tổ đi tìm mười vật bất kỳ.
2. Một buổi sàng lọc: vật nào không rõ có cần không thì gắn thẻ đỏ, ghi ngày.
3. Một tuần sắp xếp: vạch lối đi, bảng treo dụng cụ, nhãn kệ.
4. Mười phút cuối ca, mỗi người lau một khu có tên.
5. Dán ảnh “đúng phải thế này” ngay tại chỗ; tổ khác chấm mỗi tuần.

Hay hỏng nhất là dừng ở bước ba, giao cho một người, hoặc yêu cầu dọn mà không cho giờ. Các bước
và cách đo có ở bài [5S](/knowledge/5s).
"""
_KAIZEN = """Hãy bỏ thùng thư có khóa và **trả lời mọi ý kiến trong ba ngày**: làm, làm thử,
hoặc không làm và vì sao.

- Một tờ phiếu nửa trang: đang vướng gì, đề nghị làm gì, dự kiến lợi gì. Ai ngại viết thì tổ
  trưởng ghi hộ.
- Người đề xuất tham gia làm, có nửa giờ trong ca; việc dài hơn hai tuần thì tách nhỏ.
- Mỗi tuần mười phút trước bảng, người làm kể trước và sau bằng một con số.

Đừng đặt chỉ tiêu số ý kiến, và đừng tăng khoán ngay sau khi cải tiến. Xem thêm bài
[Kaizen](/knowledge/kaizen).
"""


def ask_the_club(accounts: DemoAccounts, *, now: datetime) -> None:
    if topic_by_key(_TOPIC) is None:
        return
    member, coordinator = accounts.member, accounts.coordinator
    _ask(
        member,
        ("Tổ sơn hai mươi người nên bắt đầu 5S từ đâu?", "Đã dọn hai lần, tuần sau lại bừa."),
        "5s",
        [(_K.ASKED, member, 16), (_K.ANSWERED, coordinator, 14), (_K.PUBLISHED, coordinator, 14)],
        answer=_5S,
        now=now,
    )
    _ask(
        member,
        ("Làm sao để thợ chịu góp ý cải tiến?", "Thùng thư góp ý treo đã lâu mà không ai bỏ gì."),
        "kaizen",
        [
            (_K.ASKED, member, 9),
            (_K.HANDED, coordinator, 8),
            (_K.ANSWERED, accounts.trainer, 6),
            (_K.PUBLISHED, coordinator, 5),
        ],
        answer=_KAIZEN,
        drafter=accounts.trainer,
        now=now,
    )
    _ask(
        member,
        ("Nên đo gì trước khi làm SMED?", "Máy dập, mỗi ca đổi khuôn vài lần."),
        "smed",
        [(_K.ASKED, member, 2)],
        now=now,
    )


def _ask(  # noqa: PLR0913  what a question is
    asker: Account,
    said: tuple[str, str],
    about: str,
    steps: list[tuple[QuestionStepKind, Account, int]],
    *,
    answer: str | None = None,
    drafter: Account | None = None,
    now: datetime,
) -> None:
    """``said``: title and details; ``steps``: what was done, by whom, how many days ago."""
    moments = [now - timedelta(days=days) for _kind, _by, days in steps]
    published_at = moments[-1] if steps[-1][0] is _K.PUBLISHED else None
    with transaction() as session:
        question = MemberQuestion(
            slug=f"{about}-trinh-dien" if published_at else None,
            person_id=asker.person_id,
            topic=topic_by_key(_TOPIC),
            article=text_by_slug(about),
            original_title=said[0],
            original_words=said[1],
            title=said[0],
            words=said[1],
            answer=answer,
            drafter=drafter,
            state=_S(steps[-1][0].value),
            state_since=moments[-1],
            asked_at=moments[0],
            published_at=published_at,
            modified_at=published_at,
            version=len(steps),
            steps=[
                _step(kind, by, drafter, at=at)
                for (kind, by, _days), at in zip(steps, moments, strict=True)
            ],
        )
        session.add(question)
        session.flush()
        if published_at:
            index_question(question, now=published_at)


def _step(
    kind: QuestionStepKind, by: Account, drafter: Account | None, *, at: datetime
) -> QuestionStep:
    is_handed = kind is _K.HANDED
    return QuestionStep(
        kind=kind,
        state=_S.ASKED if is_handed else _S(kind.value),
        drafter_id=drafter.id if drafter and is_handed else None,
        at=at,
        by_id=by.id,
    )

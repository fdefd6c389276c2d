"""What members of the demo club propose to the library: the demo member a case that waits to be
looked over and one that is being written, who speaks for the demo enterprise one that was sent
back. Nobody is written to.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.knowledge.editing.documents import blank
from club.knowledge.editing.models import (
    Draft,
    DraftComment,
    DraftHand,
    DraftStep,
    Source,
    TextState,
)
from club.knowledge.facts import Document
from club.knowledge.models import ArticleKind, ResultKind
from club.knowledge.proposals.operations import about
from club.people.queries import employer_on

_HANDED_IN: Document = {
    "title": {"vi": "Kẻ ô và dán nhãn kho phụ liệu", "en": ""},
    "sector": "garment",
    "slug": "ke-o-va-dan-nhan-kho-phu-lieu",
    "body": (
        "## Vấn đề\n\nĐầu ca, tổ trưởng đi tìm chỉ và khóa kéo trong kho, chuyền phải chờ.\n\n"
        "## Đã làm gì\n\nBỏ hàng cũ, kẻ ô trên sàn, mỗi ô một mã hàng, dán nhãn hai mặt. "
        "Tuần đầu nhãn giấy bị rách nên đổi sang nhãn nhựa."
    ),
    "tools": ["5s"],
    "measures": [
        {
            "metric": {"vi": "Thời gian tìm một mã phụ liệu", "en": ""},
            "about": None,
            "unit": {"vi": "phút", "en": ""},
            "before": 10,
            "after": 3,
            "change": None,
            "direction": "lower",
            "period": {"vi": "hai tuần trước và hai tuần sau", "en": ""},
            "note": None,
        }
    ],
    "how_measured": {"vi": "Tổ trưởng bấm giờ mỗi ngày năm lần", "en": ""},
    "result_kind": ResultKind.MEASURED_BEFORE_AFTER.value,
}
_BEGUN: Document = {
    "title": {"vi": "Đổi khuôn nhanh hơn ở máy dập", "en": ""},
    "sector": "metal",
    "body": "## Vấn đề\n\nMỗi lần đổi khuôn máy đứng gần một giờ.",
}


_SENT_BACK: Document = {
    "title": {"vi": "Bảng giờ ở chuyền giúp tổ trưởng gọi hỗ trợ sớm", "en": ""},
    "slug": "bang-gio-o-chuyen",
    "body": (
        "## Vấn đề\n\nCuối ngày mới biết thiếu hàng, khi không còn kịp làm gì.\n\n"
        "## Đã làm gì\n\nTreo bảng ở đầu chuyền, mỗi giờ ghi số làm được và lý do chậm."
    ),
    "tools": ["lean"],
    "measures": [
        {
            "metric": {"vi": "Số ngày giao trễ mỗi tháng", "en": ""},
            "about": None,
            "unit": {"vi": "ngày", "en": ""},
            "before": 4,
            "after": 1,
            "change": None,
            "direction": "lower",
            "period": None,
            "note": None,
        }
    ],
    "result_kind": ResultKind.MEASURED_BEFORE_AFTER.value,
}
_WHY_SENT_BACK = "Xin ghi số liệu là của những tháng nào và ai đếm."
_REMARK = "Một tháng thì chưa nói lên điều gì. Anh có số của ba tháng trước và ba tháng sau không?"
_S = TextState


def propose_cases(accounts: DemoAccounts, *, now: datetime) -> Draft:
    """Returns the one that waits to be looked over."""
    member, speaker = accounts.member, accounts.representative
    with transaction() as session:
        waits = _propose(session, member, _HANDED_IN, [_S.DRAFT, _S.IN_REVIEW], days=4, now=now)
        _propose(session, member, _BEGUN, [_S.DRAFT], days=1, now=now)
        told = [_S.DRAFT, _S.IN_REVIEW]
        back = _propose(session, speaker, _SENT_BACK, told, days=9, now=now)
        _send_back(session, back, by=accounts.coordinator.id, now=now - timedelta(days=6))
    return waits


def _propose(
    session: Session,
    proposer: Account,
    told: Document,
    states: list[TextState],
    *,
    days: int,
    now: datetime,
) -> Draft:
    """``states``: those that it came through, a day apart, from so many ``days`` ago on."""
    at = now - timedelta(days=days)
    moments = [at + timedelta(days=number) for number in range(len(states))]
    employer = employer_on(proposer.person_id, clock.local_day(now))
    document = blank(ArticleKind.CASE, today=clock.local_day(moments[-1]))
    draft = Draft(
        facts=about(employer, document) | told,
        source=Source.WEB,
        state=states[-1],
        version=2,
        created_at=at,
        modified_at=moments[-1],
        author_id=proposer.id,
        modified_by_id=proposer.id,
        proposer_id=proposer.person_id,
        organisation_id=employer.id if employer else None,
        proposed_at=moments[-1] if states[-1] is _S.IN_REVIEW else None,
    )
    session.add(draft)
    session.flush()
    hand = DraftHand(draft_id=draft.id, account_id=proposer.id, since=at, saved_at=moments[-1])
    session.add(hand)
    for state, moment in zip(states, moments, strict=True):
        session.add(DraftStep(draft_id=draft.id, to_state=state, at=moment, by_id=proposer.id))
    return draft


def _send_back(session: Session, draft: Draft, *, by: int, now: datetime) -> None:
    draft.state = _S.RETURNED
    session.add(DraftComment(draft_id=draft.id, text=_REMARK, at=now, by_id=by))
    session.add(
        DraftStep(draft_id=draft.id, to_state=_S.RETURNED, at=now, by_id=by, reason=_WHY_SENT_BACK)
    )

"""What the demo member proposes to the library: a case that waits to be looked over, and one that
is being written. Nobody is written to.
"""

from datetime import datetime, timedelta

from club import clock
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.knowledge.editing.documents import blank
from club.knowledge.editing.models import Draft, DraftHand, DraftStep, Source, TextState
from club.knowledge.facts import Consent, Document
from club.knowledge.models import ArticleKind, ResultKind
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


def propose_cases(accounts: DemoAccounts, *, now: datetime) -> None:
    _propose(accounts, _HANDED_IN, [TextState.DRAFT, TextState.IN_REVIEW], days=4, now=now)
    _propose(accounts, _BEGUN, [TextState.DRAFT], days=1, now=now)


def _propose(
    accounts: DemoAccounts, told: Document, states: list[TextState], *, days: int, now: datetime
) -> None:
    """``states``: those that it came through, a day apart, from so many ``days`` ago on."""
    member, at = accounts.member, now - timedelta(days=days)
    moments = [at + timedelta(days=number) for number in range(len(states))]
    employer = employer_on(member.person_id, clock.local_day(now))
    document = blank(ArticleKind.CASE, today=clock.local_day(moments[-1]))
    document |= {"consent": Consent.AGREEMENT.value} | told
    if employer:
        document["organisation"] = {"name": employer.name, "name_unconfirmed": False}
    with transaction() as session:
        draft = Draft(
            facts=document,
            source=Source.WEB,
            state=states[-1],
            version=2,
            created_at=at,
            modified_at=moments[-1],
            author_id=member.id,
            modified_by_id=member.id,
            proposer_id=member.person_id,
            organisation_id=employer.id if employer else None,
            proposed_at=moments[-1] if states[-1] is TextState.IN_REVIEW else None,
        )
        session.add(draft)
        session.flush()
        session.add(
            DraftHand(draft_id=draft.id, account_id=member.id, since=at, saved_at=moments[-1])
        )
        for state, moment in zip(states, moments, strict=True):
            session.add(DraftStep(draft_id=draft.id, to_state=state, at=moment, by_id=member.id))

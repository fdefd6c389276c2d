"""What the demo enterprise agrees to have published of it: a case in words that it agreed to, the
proposal of the demo member that it is asked about, and a case that it took back, whose revisions
readers no longer get at. Invented figures are not published: they would stand among measured ones.
Nobody is written to.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from club import clock
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.knowledge.agreements.following import follow_agreements
from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.agreements.queries import REPRESENTATIVE
from club.knowledge.article_rules import facts_in
from club.knowledge.editing.documents import blank
from club.knowledge.editing.models import Draft, Source
from club.knowledge.editing.publishing import Publication, publish_new
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.facts import Consent, Document
from club.knowledge.models import Article, ArticleKind, Direction, ResultKind, Strength
from club.knowledge.queries import known_keys
from club.knowledge.questions.queries import topic_by_key
from club.knowledge.writing import Library

_TOPIC = "improvement_tools"
_IN_WORDS, _ALL = Extent(named=True, figures=False), Extent(named=True, figures=True)
_AGREED = "Công ty đồng ý cho câu lạc bộ đăng bài này, có nêu tên (trình diễn)."
_ASKS = "Bài do một người của công ty đề xuất. Xin công ty đọc và cho biết có đồng ý đăng không."
_TAKEN_BACK = "Xưởng đã chuyển chỗ, cách làm này không còn nữa (trình diễn)."
_SHADOW_BOARD: Document = {
    "slug": "treo-dung-cu-theo-bong-trinh-dien",
    "title": {
        "vi": "Treo dụng cụ theo bóng, thợ thôi đi tìm cờ lê (trình diễn)",
        "en": "Tools hang on their shadows, nobody looks for a spanner (demo)",
    },
    "summary": {
        "vi": "Bài trình diễn, không có thật: một tổ bảo trì vẽ bóng dụng cụ lên bảng.",
        "en": "Invented for the demonstration: the shadow of each tool is drawn on a board.",
    },
    "body": (
        "## Vấn đề\n\nDụng cụ để lẫn trong một thùng, ai cần thì bới.\n\n"
        "## Đã làm gì\n\nVẽ bóng từng món lên bảng ở cạnh máy; cuối ca nhìn bóng trống là biết "
        "món nào chưa về.\n\n"
        "## Kết quả\n\nTổ trưởng nói thợ thôi đi tìm. Công ty không công bố số liệu."
    ),
}
_IN_WORDS_ALONE: Document = {
    "metric": {"vi": "Thời gian tìm và chờ", "en": "Time spent searching and waiting"},
    "about": MeasureKind.LEAD_TIME.value,
    "unit": None,
    "before": None,
    "after": None,
    "change": {"vi": "ngắn hơn rõ rệt", "en": "clearly shorter"},
    "direction": Direction.LOWER.value,
    "period": None,
    "note": None,
}
_TRAY: Document = {
    "slug": "moi-san-pham-mot-khay-trinh-dien",
    "title": {
        "vi": "Mỗi sản phẩm một khay, lắp ráp bớt nhầm linh kiện (trình diễn)",
        "en": "A tray for each product, fewer wrong parts (demo)",
    },
    "summary": {
        "vi": "Bài trình diễn, không có thật: xếp linh kiện theo bộ trước khi lắp.",
        "en": "Invented for the demonstration: parts are laid out as a set before assembly.",
    },
    "body": (
        "## Vấn đề\n\nLinh kiện lấy từ nhiều thùng nên hay nhầm.\n\n"
        "## Đã làm gì\n\nMỗi sản phẩm một khay, thiếu món nào thấy ngay."
    ),
}


def agree_to_cases(accounts: DemoAccounts, proposal: Draft, *, now: datetime) -> None:
    """``proposal``: of the demo member, about the enterprise."""
    if topic_by_key(_TOPIC) is None:
        return
    with transaction() as session:
        library = Library(session)
        agreed_at, published_at = now - timedelta(days=41), now - timedelta(days=38)
        kept, gone = (
            _publish(library, told, accounts, now=published_at) for told in (_SHADOW_BOARD, _TRAY)
        )
        session.add(_given(kept, _IN_WORDS, accounts, now=agreed_at))
        taken_back = _given(gone, _ALL, accounts, now=agreed_at)
        session.add_all([taken_back, _asked(proposal, accounts, now=now - timedelta(days=2))])
        session.flush()
        _take_back(session, gone, taken_back, accounts, now=now - timedelta(days=3))


def _publish(library: Library, told: Document, accounts: DemoAccounts, *, now: datetime) -> Article:
    firm, day, by = accounts.member_firm, clock.local_day(now), accounts.trainer.id
    document = blank(ArticleKind.CASE, today=day) | {
        "topics": [_TOPIC],
        "tools": ["5s"],
        "consent": Consent.AGREEMENT.value,
        "organisation": {"name": firm.name, "name_unconfirmed": False},
        "sector": firm.sector,
        "year": str(day.year),
        "result_kind": ResultKind.COMPANY_STATEMENT.value,
        "strength": Strength.B.value,
        "measures": [_IN_WORDS_ALONE],
    }
    facts, faults = facts_in(document | told, known_keys())
    assert not faults, faults
    publication = Publication(Source.WEB, by=by, reviewed_by=accounts.coordinator.id, checked_by=by)
    return publish_new(library, facts, publication, now=now)


def _given(article: Article, extent: Extent, accounts: DemoAccounts, *, now: datetime) -> Agreement:
    speaker = accounts.representative
    return Agreement(
        article_id=article.id,
        organisation_id=accounts.member_firm.id,
        organisation_name=accounts.member_firm.name,
        state=AgreementState.GIVEN,
        named=extent.named,
        with_figures=extent.figures,
        words=_AGREED,
        given_on=clock.local_day(now),
        given_by=speaker.person.full_name,
        given_by_role=REPRESENTATIVE,
        given_by_id=speaker.id,
        recorded_at=now,
        recorded_by_id=accounts.coordinator.id,
    )


def _asked(proposal: Draft, accounts: DemoAccounts, *, now: datetime) -> Agreement:
    return Agreement(
        draft_id=proposal.id,
        organisation_id=accounts.member_firm.id,
        organisation_name=accounts.member_firm.name,
        state=AgreementState.ASKED,
        named=True,
        with_figures=True,
        words=_ASKS,
        recorded_at=now,
        recorded_by_id=accounts.coordinator.id,
    )


def _take_back(
    session: Session,
    article: Article,
    agreement: Agreement,
    accounts: DemoAccounts,
    *,
    now: datetime,
) -> None:
    by = accounts.representative.id
    agreement.state, agreement.reason = AgreementState.WITHDRAWN, _TAKEN_BACK
    agreement.ended_at, agreement.ended_by_id = now, by
    session.flush()
    follow_agreements(session, article, by=by, now=now)

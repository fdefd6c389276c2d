"""Training that the demo member took elsewhere, one entry in each state. Nobody is written to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from club import clock
from club.accounts.models import Account
from club.db import db
from club.demo.accounts import DemoAccounts
from club.documents.pdf import pdf
from club.files.receiving import add_file, receive
from club.knowledge.models import Topic
from club.records.outside.models import OutsideState, OutsideStep, OutsideTraining

_PROVIDER = "Trung tâm Đào tạo trình diễn"


@dataclass(frozen=True)
class _Entry:
    title: str
    hours: int
    #: How long ago it ended.
    days_ago: int
    #: ``None``: nobody has looked at it yet.
    decision: OutsideState | None = None
    remark: str | None = None


_ENTRIES = (
    _Entry("Quản lý kho theo FIFO (trình diễn)", 16, 400, OutsideState.ACCEPTED),
    _Entry("Đọc bản vẽ kỹ thuật (trình diễn)", 8, 90),
    _Entry(
        "An toàn điện trong xưởng (trình diễn)", 8, 60, OutsideState.RETURNED,
        "Ảnh chụp mờ, chưa đọc được số giấy. Anh chị chụp lại rồi gửi giúp.",
    ),
    _Entry(
        "Hội chợ máy công cụ (trình diễn)", 4, 45, OutsideState.REFUSED,
        "Tham quan hội chợ không phải là khóa đào tạo.",
    ),
    _Entry("Tiếng Anh giao tiếp (trình diễn)", 40, 30, OutsideState.WITHDRAWN),
)  # fmt: skip


def enter_training_elsewhere(accounts: DemoAccounts, *, now: datetime) -> None:
    paper = _paper(now)
    topic = db.session.scalars(select(Topic).order_by(Topic.position).limit(1)).first()
    for entry in _ENTRIES:
        training = _handed_in(entry, accounts.member, paper, now=now)
        training.topic_id = topic.id if topic else None
        if entry.decision:
            is_own = entry.decision is OutsideState.WITHDRAWN
            _decide(training, entry, by=accounts.member if is_own else accounts.coordinator)
        db.session.add(training)
    db.session.flush()


def _handed_in(entry: _Entry, member: Account, paper: bytes, *, now: datetime) -> OutsideTraining:
    entered_at = now - timedelta(days=entry.days_ago - 7)
    received = receive(BytesIO(paper), name="Giấy xác nhận tham dự.pdf")
    file = add_file(received, by=member.id, now=entered_at)
    last_day = clock.local_day(now) - timedelta(days=entry.days_ago)
    training = OutsideTraining(
        person_id=member.person_id,
        title=entry.title,
        provider=_PROVIDER,
        from_day=last_day - timedelta(days=entry.hours // 8),
        to_day=last_day,
        minutes=entry.hours * 60,
        evidence=file,
        state=OutsideState.WAITING,
        changed_at=entered_at,
    )
    training.steps.append(
        OutsideStep(state=OutsideState.WAITING, at=entered_at, by_id=member.id, evidence_id=file.id)
    )
    return training


def _decide(training: OutsideTraining, entry: _Entry, *, by: Account) -> None:
    assert entry.decision
    training.state = entry.decision
    training.changed_at += timedelta(days=2)
    training.steps.append(
        OutsideStep(state=entry.decision, at=training.changed_at, by_id=by.id, remark=entry.remark)
    )


def _paper(now: datetime) -> bytes:
    said = {
        "title": "Giấy xác nhận tham dự",
        "course": _PROVIDER,
        "author": _PROVIDER,
        "points": ["Xác nhận đã dự đủ thời lượng khóa đào tạo."],
        "notice": "Tài liệu minh họa, nội dung do máy đặt ra. Made up for the demonstration.",
    }
    return pdf("demo/handout.typ", said, made_at=now)

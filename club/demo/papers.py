"""A list that people of the demo club signed on paper, entered afterwards with its scan."""

from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select, update

from club.courses.models import Run, RunState, RunTrainer, Session
from club.db import db
from club.demo.accounts import DemoAccounts
from club.documents.pdf import pdf
from club.files.receiving import add_file, receive
from club.records.attendance.models import AttendanceMark, Mark, MarkSource, PaperList


def enter_paper_list(accounts: DemoAccounts, *, now: datetime) -> None:
    """For the first session of the class that the demo trainer closed last."""
    taught = RunTrainer.person_id == accounts.trainer.person_id
    query = (
        select(Run)
        .where(Run.state == RunState.CLOSED, Run.trainers.any(taught))
        .order_by(Run.closed_at.desc(), Run.id)
    )
    run = db.session.scalars(query.limit(1)).first()
    if run is None or not run.held_sessions:
        return
    meeting, by = run.held_sessions[0], accounts.trainer.id
    entered_at = meeting.ends_at + timedelta(hours=3)
    scan = receive(BytesIO(_scan(run, now)), name="Danh sách điểm danh.pdf")
    db.session.add(
        PaperList(
            session_id=meeting.id,
            scan=add_file(scan, by=by, now=entered_at),
            signed=_signed(meeting, entered_at),
            entered_at=entered_at,
            entered_by_id=by,
        )
    )
    db.session.flush()


def _signed(meeting: Session, entered_at: datetime) -> int:
    """Turns the trainer's taps of that session into signatures; returns how many."""
    by_hand = (
        update(AttendanceMark)
        .where(
            AttendanceMark.session_id == meeting.id,
            AttendanceMark.mark == Mark.PRESENT,
            AttendanceMark.source == MarkSource.TRAINER_TAP,
        )
        .values(source=MarkSource.PAPER_LIST, marked_at=entered_at)
        .returning(AttendanceMark.id)
    )
    return len(db.session.scalars(by_hand).all())


def _scan(run: Run, now: datetime) -> bytes:
    said = {
        "title": "Danh sách điểm danh đã ký",
        "course": run.course.title,
        "author": "Câu lạc bộ trình diễn",
        "points": [f"Lớp {run.code}, buổi 1. Chữ ký của người học."],
        "notice": "Tài liệu minh họa, nội dung do máy đặt ra. Made up for the demonstration.",
    }
    return pdf("demo/handout.typ", said, made_at=now)

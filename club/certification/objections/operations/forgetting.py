"""What is not kept of complaints: those that nobody confirmed, and the words of those that were
closed long ago. That there was one, what it was about and what came of it stays, for the figures.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from club import clock
from club.certification.objections import rules
from club.certification.objections.days import months_of_keeping
from club.certification.objections.models import (
    Complaint,
    ComplaintHearing,
    ComplaintPaper,
    ComplaintState,
    ComplaintStep,
)
from club.certification.progress.months import first_day_within
from club.db import transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.web.personal_data import ERASED_NAME

#: Of one round of the worker.
_AT_ONCE = 200


def forget_unconfirmed(*, now: datetime) -> int:
    """What visitors sent and nobody confirmed; returns how many."""
    old = select(Complaint.id).where(
        Complaint.state == ComplaintState.UNCONFIRMED,
        Complaint.received_at < now - rules.UNCONFIRMED_KEPT_FOR,
    )
    with transaction() as session:
        ids = list(session.scalars(old))
        session.execute(delete(ComplaintStep).where(ComplaintStep.complaint_id.in_(ids)))
        session.execute(delete(Complaint).where(Complaint.id.in_(ids)))
        return len(ids)


def forget_old(*, now: datetime) -> int:
    """Words, names, addresses and papers of complaints that were closed before the months for which
    the club keeps them; returns how many.
    """
    before = clock.instant_of(first_day_kept(clock.local_day(now)))
    old = (
        select(Complaint.id)
        .where(Complaint.closed_at < before, Complaint.forgotten_at.is_(None))
        .order_by(Complaint.id)
        .limit(_AT_ONCE)
    )
    with transaction() as session:
        ids = list(session.scalars(old.with_for_update()))
        _forget(session, ids, now=now)
        return len(ids)


def first_day_kept(today: date) -> date:
    """What was closed on this day or later is still kept."""
    return first_day_within(months_of_keeping(), on=today)


def _forget(session: Session, ids: Collection[int], *, now: datetime) -> None:
    """Of both sides. Which account of the club took which step stays."""
    forget_papers(session, ids)
    session.execute(delete(ComplaintHearing).where(ComplaintHearing.complaint_id.in_(ids)))
    steps = update(ComplaintStep).where(ComplaintStep.complaint_id.in_(ids))
    session.execute(steps.values(reason=None, told=None))
    by_sender = ComplaintStep.kind.in_(rules.BY_THE_SENDER)
    session.execute(steps.where(by_sender).values(by_id=None))
    # A complaint is of a person or of an address; of this one nobody knows either any more.
    nobody = {"person_id": None, "full_name": None, "email": ""}
    gone = {"named": ERASED_NAME, "words": ERASED_NAME, "wish": None, "fingerprint": None}
    session.execute(
        update(Complaint)
        .where(Complaint.id.in_(ids))
        .values(**nobody, **gone, forgotten_at=now)
        .execution_options(synchronize_session=False)
    )


def forget_papers(session: Session, complaint_ids: Collection[int]) -> None:
    """Their files go; that there were papers stays."""
    of_these = ComplaintPaper.complaint_id.in_(complaint_ids)
    kept = select(ComplaintPaper.file_id).where(of_these)
    files = session.scalars(select(StoredFile).where(StoredFile.id.in_(kept))).all()
    session.execute(update(ComplaintPaper).where(of_these).values(file_id=None))
    for file in files:
        let_go(file)

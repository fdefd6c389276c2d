"""Who is to be asked, who was, and what they answered."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from club import clock
from club.courses.models import Run
from club.db import db
from club.records.inquiries.models import FeedbackAnswer, FollowUp, Inquiry, InquiryKind
from club.records.inquiries.rules import (
    FOLLOW_UP_LATEST,
    FOLLOW_UPS,
    LATELY,
    RATINGS,
    SETTLED_AFTER,
    Asked,
    mean,
)
from club.records.models import TrainingRecord
from club.web.pages import Page

_PER_PAGE = 30


def to_be_asked(kind: InquiryKind, *, now: datetime) -> dict[int, list[int]]:
    """Who took part and is due to be asked by now: people by run. Of classes of earlier years that
    were brought in nobody is asked.
    """
    query = (
        select(TrainingRecord.run_id, TrainingRecord.person_id)
        .join(Run, Run.id == TrainingRecord.run_id)
        .where(
            TrainingRecord.counts,
            TrainingRecord.superseded_at.is_(None),
            ~Run.is_earlier,
            *_due(kind, now),
            ~exists().where(
                Inquiry.run_id == TrainingRecord.run_id,
                Inquiry.person_id == TrainingRecord.person_id,
                Inquiry.kind == kind,
            ),
        )
        .order_by(TrainingRecord.run_id, TrainingRecord.person_id)
    )
    found: dict[int, list[int]] = {}
    for run_id, person_id in db.session.execute(query):
        found.setdefault(run_id, []).append(person_id)
    return found


def _due(kind: InquiryKind, now: datetime) -> Sequence[ColumnElement[bool]]:
    if kind is InquiryKind.FEEDBACK:
        return (Run.closed_at <= now - SETTLED_AFTER, Run.closed_at > now - LATELY)
    latest = clock.local_day(now) - timedelta(days=FOLLOW_UPS[kind])
    return (
        TrainingRecord.day <= latest,
        TrainingRecord.day > latest - timedelta(days=FOLLOW_UP_LATEST),
    )


def inquiry_by_public_id(public_id: uuid.UUID) -> Inquiry | None:
    query = select(Inquiry).where(Inquiry.public_id == public_id)
    return db.session.scalars(query.options(joinedload(Inquiry.run).joinedload(Run.course))).first()


def open_inquiries(person_id: int, *, since: datetime) -> list[Inquiry]:
    """What somebody was asked since then and has not answered, the latest first."""
    query = (
        select(Inquiry)
        .where(Inquiry.person_id == person_id, ~Inquiry.answered, Inquiry.asked_at > since)
        .order_by(Inquiry.asked_at.desc(), Inquiry.id.desc())
        .options(joinedload(Inquiry.run).joinedload(Run.course))
    )
    return list(db.session.scalars(query))


def asked_about(run_id: int) -> Asked:
    """How feedback about a run stands."""
    people, last_at = db.session.execute(
        select(func.count(), func.max(Inquiry.asked_at)).where(
            Inquiry.run_id == run_id, Inquiry.kind == InquiryKind.FEEDBACK
        )
    ).one()
    answers = db.session.scalar(select(func.count()).where(FeedbackAnswer.run_id == run_id))
    return Asked(people, answers or 0, last_at)


@dataclass(frozen=True)
class Feedback:
    """What people thought of a run."""

    #: Mean agreement from 1 to 5, by the name of the question.
    means: dict[str, Decimal | None]
    #: How many gave each rating from 1 to 5, by the name of the question.
    counts: dict[str, list[int]]
    #: In the order of the alphabet, which says nothing of who wrote when.
    texts: list[str]


def feedback_about(run_id: int) -> Feedback:
    """Of a run whose answers may be shown."""
    query = select(FeedbackAnswer).where(FeedbackAnswer.run_id == run_id)
    answers = list(db.session.scalars(query))
    ratings = {name: [getattr(answer, name) for answer in answers] for name in RATINGS}
    return Feedback(
        means={name: mean(given) for name, given in ratings.items()},
        counts={name: [given.count(n) for n in range(1, 6)] for name, given in ratings.items()},
        texts=sorted(answer.better for answer in answers if answer.better),
    )


def follow_ups(*, candidates_only: bool, page: int) -> Page[FollowUp]:
    """What people say has come of classes, the latest first."""
    wanted = [FollowUp.case_candidate_since.is_not(None)] if candidates_only else []
    total = db.session.scalar(select(func.count(FollowUp.id)).where(*wanted)) or 0
    query = (
        select(FollowUp)
        .where(*wanted)
        .order_by(FollowUp.answered_at.desc(), FollowUp.id.desc())
        .options(
            joinedload(FollowUp.case_draft),
            joinedload(FollowUp.inquiry).joinedload(Inquiry.person),
            joinedload(FollowUp.inquiry).joinedload(Inquiry.run).joinedload(Run.course),
        )
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    )
    return Page(list(db.session.scalars(query)), page, _PER_PAGE, total)


def follow_up_by_public_id(public_id: uuid.UUID) -> FollowUp | None:
    return db.session.scalars(select(FollowUp).where(FollowUp.public_id == public_id)).first()

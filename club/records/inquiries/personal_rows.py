"""What a person was asked and wrote with a name, as the person may take it along."""

from sqlalchemy import select

from club.courses.models import Run
from club.records.inquiries.models import FollowUp, Inquiry
from club.web.personal_data import Rows, Whose


def inquiries_of(whose: Whose) -> Rows:
    return (
        select(Run.code.label("run"), Inquiry.kind, Inquiry.asked_at, Inquiry.answered)
        .join(Run, Run.id == Inquiry.run_id)
        .where(Inquiry.person_id == whose.person_id)
        .order_by(Inquiry.id)
    )


def follow_ups_of(whose: Whose) -> Rows:
    told = (
        column
        for column in FollowUp.__table__.columns
        if not column.foreign_keys and column.name != "id"
    )
    return (
        select(Run.code.label("run"), Inquiry.kind, *told)
        .join(Inquiry, Inquiry.id == FollowUp.inquiry_id)
        .join(Run, Run.id == Inquiry.run_id)
        .where(Inquiry.person_id == whose.person_id)
        .order_by(FollowUp.id)
    )

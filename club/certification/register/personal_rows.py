"""What somebody said of oneself as an expert, as the person may take it along; and its erasure."""

from sqlalchemy import delete, select, update

from club.certification.models import Expert
from club.certification.register.models import ExpertField
from club.db import transaction
from club.web.personal_data import Erasure, Rows, Whose


def fields_of(whose: Whose) -> Rows:
    return (
        select(ExpertField.kind, ExpertField.key)
        .join(Expert, Expert.id == ExpertField.expert_id)
        .where(Expert.person_id == whose.person_id)
        .order_by(ExpertField.kind, ExpertField.key)
    )


def erase(erasure: Erasure) -> None:
    theirs = select(Expert.id).where(Expert.person_id == erasure.whose.person_id)
    with transaction() as session:
        session.execute(delete(ExpertField).where(ExpertField.expert_id.in_(theirs)))
        session.execute(
            update(Expert)
            .where(Expert.id.in_(theirs))
            .values(presentation=None, welcomes_requests=False)
        )

"""What is kept of somebody's training elsewhere, as the person reads it."""

from collections.abc import Iterator

from sqlalchemy import select

from club.db import db
from club.files.models import StoredFile
from club.files.personal_data import personal_file
from club.knowledge.models import Topic
from club.records.outside.models import OutsideStep, OutsideTraining
from club.web.personal_data import PersonalFile, Rows, Whose


def training_elsewhere_of(whose: Whose) -> Rows:
    kept = OutsideTraining.__table__.columns
    told = (column for column in kept if not column.foreign_keys and column.name != "id")
    return (
        select(*told, Topic.key.label("topic"), StoredFile.name.label("evidence"))
        .join(StoredFile, StoredFile.id == OutsideTraining.evidence_id)
        .outerjoin(Topic, Topic.id == OutsideTraining.topic_id)
        .where(OutsideTraining.person_id == whose.person_id)
        .order_by(OutsideTraining.id)
    )


def ids_of_training_elsewhere(whose: Whose) -> Rows:
    return select(OutsideTraining.public_id).where(OutsideTraining.person_id == whose.person_id)


def evidence_of_training(whose: Whose) -> Iterator[PersonalFile]:
    """As it is now."""
    return _files(_evidence_now(whose))


def earlier_evidence_of_training(whose: Whose) -> Iterator[PersonalFile]:
    """What was handed in first and replaced by a correction."""
    of_steps = (
        select(OutsideStep.evidence_id)
        .join(OutsideTraining, OutsideTraining.id == OutsideStep.training_id)
        .where(OutsideTraining.person_id == whose.person_id)
    )
    return _files(of_steps.where(OutsideStep.evidence_id.not_in(_evidence_now(whose))))


def _evidence_now(whose: Whose) -> Rows:
    return select(OutsideTraining.evidence_id).where(OutsideTraining.person_id == whose.person_id)


def _files(ids: Rows) -> Iterator[PersonalFile]:
    query = select(StoredFile).where(StoredFile.id.in_(ids)).order_by(StoredFile.id)
    return map(personal_file, db.session.scalars(query))


def steps_elsewhere_of(whose: Whose) -> Rows:
    return (
        select(
            OutsideTraining.title.label("training"),
            OutsideStep.state,
            OutsideStep.at,
            OutsideStep.remark,
            OutsideStep.facts,
        )
        .join(OutsideTraining, OutsideTraining.id == OutsideStep.training_id)
        .where(OutsideTraining.person_id == whose.person_id)
        .order_by(OutsideStep.id)
    )

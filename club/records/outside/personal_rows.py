"""What is kept of somebody's training elsewhere, as the person reads it."""

from sqlalchemy import select

from club.files.models import StoredFile
from club.knowledge.models import Topic
from club.records.outside.models import OutsideStep, OutsideTraining
from club.web.personal_data import Rows, Whose


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

"""What this room keeps about a person."""

from enum import StrEnum

from flask_babel import lazy_gettext
from sqlalchemy import exists, select

from club.courses.history import TeachingStep
from club.courses.models import Run, RunEvent, RunState, RunTrainer, Session
from club.db import db, transaction
from club.web.personal_data import ERASED_NAME, Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _taught(whose: Whose) -> Rows:
    return (
        select(Run.code.label("run"))
        .join(RunTrainer, RunTrainer.run_id == Run.id)
        .where(RunTrainer.person_id == whose.person_id)
        .order_by(RunTrainer.id)
    )


def _taught_sessions(whose: Whose) -> Rows:
    return (
        select(Run.code.label("run"), Session.title, Session.starts_at)
        .join(Run, Run.id == Session.run_id)
        .join(Session.held_by)
        .where(RunTrainer.person_id == whose.person_id)
        .order_by(Session.starts_at, Session.id)
    )


def _steps(whose: Whose) -> Rows:
    return (
        select(Run.code.label("run"), TeachingStep.teaches, TeachingStep.at)
        .join(Run, Run.id == TeachingStep.run_id)
        .where(TeachingStep.person_id == whose.person_id)
        .order_by(TeachingStep.id)
    )


class ErasureRefusal(StrEnum):
    AHEAD = "This person teaches classes that are not closed yet. Name somebody else there first."


def _hinders(whose: Whose) -> ErasureRefusal | None:
    taught = exists().where(
        RunTrainer.person_id == whose.person_id,
        RunTrainer.run_id == Run.id,
        Run.state.not_in([RunState.CLOSED, RunState.CANCELLED]),
    )
    return ErasureRefusal.AHEAD if db.session.scalar(select(taught)) else None


def _erase(erasure: Erasure) -> None:
    """The story of a class says that somebody came or went to teach it, not who."""
    taught = select(TeachingStep.run_id).where(TeachingStep.person_id == erasure.whose.person_id)
    with transaction() as session:
        told = select(RunEvent).where(
            RunEvent.run_id.in_(taught),
            RunEvent.detail.contains(erasure.full_name, autoescape=True),
        )
        for event in session.scalars(told):
            event.detail = (event.detail or "").replace(erasure.full_name, ERASED_NAME)
        session.flush()


PERSONAL_DATA = PersonalPart(
    "courses",
    lazy_gettext("Teaching"),
    [
        Kept(
            lazy_gettext("Which classes and sessions you teach or taught"),
            lazy_gettext("So that people know who teaches, and you have their lists and calendar"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("Everybody, as long as the class is on the site"),
        )
    ],
    rows={
        "run_trainer": _taught,
        "session_trainer": _taught_sessions,
        "teaching_step": _steps,
    },
    acted=("run.closed_by_id", "run_event.by_id", "teaching_step.by_id"),
    erase=_erase,
    hinders=_hinders,
    moves={
        "run_trainer": Moves(lazy_gettext("Classes taught")),
        "teaching_step": Moves(lazy_gettext("Steps of teaching")),
    },
)

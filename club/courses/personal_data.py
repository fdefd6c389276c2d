"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.courses.history import TeachingStep
from club.courses.models import Run, RunTrainer, Session
from club.web.personal_data import Kept, PersonalPart, Rows, Whose


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
)

"""The tables of courses and of their runs."""

from club.courses.models.courses import Course, CourseAudience
from club.courses.models.runs import (
    Funding,
    Run,
    RunEvent,
    RunEventKind,
    RunForm,
    RunState,
    RunTrainer,
    Session,
    SessionState,
)

__all__ = [
    "Course",
    "CourseAudience",
    "Funding",
    "Run",
    "RunEvent",
    "RunEventKind",
    "RunForm",
    "RunState",
    "RunTrainer",
    "Session",
    "SessionState",
]

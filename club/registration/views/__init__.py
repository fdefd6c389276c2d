"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.registration.views import (
    answers,
    changes,
    inviting,
    nominations,
    office,
    office_line,
    questions,
    requests,
    requirements,
    taking_part,
    terms,
    waiting,
)
from club.registration.views.blueprint import bp

__all__ = [
    "answers",
    "bp",
    "changes",
    "inviting",
    "nominations",
    "office",
    "office_line",
    "questions",
    "requests",
    "requirements",
    "taking_part",
    "terms",
    "waiting",
]

"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.registration.views import (
    answers,
    answers_by_link,
    by_link,
    changes,
    inviting,
    nominations,
    office,
    office_line,
    our_people,
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
    "answers_by_link",
    "bp",
    "by_link",
    "changes",
    "inviting",
    "nominations",
    "office",
    "office_line",
    "our_people",
    "questions",
    "requests",
    "requirements",
    "taking_part",
    "terms",
    "waiting",
]

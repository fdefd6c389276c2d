"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.registration.views import (
    changes,
    nominations,
    office,
    office_line,
    requirements,
    taking_part,
    terms,
    waiting,
)
from club.registration.views.blueprint import bp

__all__ = [
    "bp",
    "changes",
    "nominations",
    "office",
    "office_line",
    "requirements",
    "taking_part",
    "terms",
    "waiting",
]

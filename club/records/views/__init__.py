"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.records.views import (
    attendance,
    badges,
    certificates,
    check_in,
    checked_files,
    closing,
    designs,
    exceptions,
    for_employers,
    imports,
    lists,
    offline,
    outside,
    own,
    results,
    sent_marks,
    verification,
)
from club.records.views.blueprint import bp

__all__ = [
    "attendance",
    "badges",
    "bp",
    "certificates",
    "check_in",
    "checked_files",
    "closing",
    "designs",
    "exceptions",
    "for_employers",
    "imports",
    "lists",
    "offline",
    "outside",
    "own",
    "results",
    "sent_marks",
    "verification",
]

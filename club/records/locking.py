"""Holding a run while its attendance, records or certificates change."""

from club.courses.models import Run
from club.db import db


def locked_run(run_id: int) -> Run:
    """The run as it is now, kept from changing until the caller's transaction ends."""
    return db.session.get_one(Run, run_id, with_for_update=True, populate_existing=True)

"""How many are marked how: for scripts that show it after a tap."""

from datetime import datetime

from flask import render_template
from flask_babel import gettext

from club.courses.models import Run, Session
from club.records.attendance import desk
from club.web.language import wall_clock


def tally(run: Run, meeting: Session, now: datetime) -> dict[str, object]:
    """With the time at which it was saved, in the words of the page."""
    counts = desk.roll_of(run.id, meeting.id).tally
    return {
        "saved": gettext("Saved at %(time)s", time=wall_clock(now)),
        "present": f"{counts.present}/{counts.total}",
        "rest": render_template("records/_tally.txt", tally=counts).strip(),
    }

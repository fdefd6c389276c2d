"""The letter with the week's figures: those that the dashboard shows in the same moment."""

from datetime import date, datetime
from typing import cast

from flask import current_app
from flask_babel import force_locale

from club.outbox.telling import Reader, tell
from club.periods import PeriodError
from club.statistics.dashboard.answering import answer
from club.statistics.dashboard.asking import Asked, asked_again, asked_of
from club.statistics.quality.labels import bounds_words
from club.statistics.weekly.models import WeeklyFigures
from club.web.layout import Labels

KIND = "statistics.weekly_figures"


def tell_the_week(wish: WeeklyFigures, reader: Reader, *, week: date, now: datetime) -> None:
    labels = cast("Labels", current_app.extensions["club.labels"])
    with force_locale(reader.language):
        found = answer(_asked(wish.asked, now=now), labels, now=now)
        tell(
            reader,
            KIND,
            event=_event(reader, week),
            words={
                "answer": found,
                "view_name": wish.view_name,
                "path": f"/office/dashboard?{found.asked.query}".rstrip("?"),
                "bounds_words": bounds_words,
            },
            now=now,
        )


def event_of(reader: Reader, week: date) -> str:
    """By what the outbox knows the letter of a week, so that there is one."""
    return f"{KIND}:{_event(reader, week)}"


def _event(reader: Reader, week: date) -> str:
    return f"{reader.person_id}:{week.isoformat()}"


def _asked(query: str, *, now: datetime) -> Asked:
    """What was asked for, or the present year where that cannot be read any more."""
    try:
        return asked_again(query, now=now)
    except PeriodError:
        return asked_of([], now=now)

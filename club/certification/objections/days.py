"""From when, and for how long, days count."""

from datetime import date, datetime

from flask import current_app

from club import clock
from club.certification.schemes.models import SchemeVersion
from club.config import Settings
from club.outbox.quiet_hours import morning_after


def told_on(written_at: datetime) -> date:
    """The day on which somebody is told who is written to: a letter written at night goes out in
    the morning.
    """
    return clock.local_day(morning_after(written_at) or written_at)


def days_to_appeal(version: SchemeVersion) -> int:
    return version.appeal_days or _settings().appeal_days


def days_to_answer(version: SchemeVersion) -> int:
    return version.answer_days or _settings().answer_days


def usual_days_to_answer() -> int:
    """Of a complaint, which need not be about a scheme."""
    return _settings().answer_days


def usual_days_to_acknowledge() -> int:
    return _settings().acknowledge_days


def months_of_keeping() -> int:
    """How long names, words and papers of a complaint are kept once it is closed."""
    return _settings().complaint_months


def _settings() -> Settings:
    settings: Settings = current_app.extensions["club.settings"]
    return settings

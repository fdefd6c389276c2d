"""One person in several windows at the same moment."""

import pytest
from sqlalchemy import select

from club.db import db
from club.statistics.weekly.models import WeeklyFigures
from club.statistics.weekly.operations import ask_weekly
from tests.registration.racing import at_once
from tests.support.factories import a_person

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("context")]


def test_who_asks_in_several_windows_at_once_gets_one_letter_a_week(app):
    person = a_person().id
    years = ("2023", "2024", "2025", "2026")
    asking = [(ask_weekly, {"person_id": person, "asked": f"year={year}"}) for year in years]
    assert at_once(app, asking) == ["done"] * len(years)
    assert len(db.session.scalars(select(WeeklyFigures)).all()) == 1

"""The site's figures against ``recount``, for the demo club and for chance attendance."""

import random
from datetime import UTC, date, datetime
from itertools import combinations

import pytest
import time_machine

from club.accounts.models import RoleName
from tests.statistics import recount
from tests.statistics.chance_club import ChanceClub
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import an_account

DIMENSIONS = ["audience", "topic", "course", "unit", "sector", "sex", "funding"]
TIMES = ["year", "quarter", "month"]
QUESTIONS = [[]] + [[one] for one in TIMES + DIMENSIONS] + [
    list(pair) for pair in combinations(DIMENSIONS, 2)
] + [["quarter", one] for one in DIMENSIONS] + [["audience", "topic", "month"]]  # fmt: skip
PERIODS = [
    ("period=2025&cut=calendar", date(2025, 1, 1), date(2025, 12, 31), "calendar"),
    ("period=2026&cut=calendar", date(2026, 1, 1), date(2026, 12, 31), "calendar"),
    ("period=2026&cut=report", date(2025, 12, 15), date(2026, 12, 14), "report"),
    ("period=2026-9M&cut=report", date(2025, 12, 15), date(2026, 9, 14), "report"),
    ("period=2026-Q1&cut=calendar", date(2026, 1, 1), date(2026, 3, 31), "calendar"),
    ("period=2026-03&cut=report", date(2026, 2, 15), date(2026, 3, 14), "report"),
    ("from=2025-11-30&to=2026-03-01", date(2025, 11, 30), date(2026, 3, 1), "calendar"),
]


def agree(official):
    """Ask the site for every table of every period, and count each again."""
    everything = list(recount.turns())
    assert everything
    for query, first, last, cut in PERIODS:
        inside = [turn for turn in everything if first <= turn.day <= last]
        for by in QUESTIONS:
            address = f"/statistics/trainees.json?{query}&by={','.join(by)}"
            answer = official.get(address).json
            total = recount.figures(inside, by=[], cut=cut).get((), (0, 0, 0.0, 0))
            assert numbers(answer["total"]) == total, address
            said = {tuple(row[name] for name in by): numbers(row) for row in answer["rows"]}
            expected = recount.figures(inside, by=by, cut=cut) if by else {}
            assert {key: row for key, row in said.items() if row[0]} == expected, address


def numbers(row):
    return row["turns"], row["people"], row["hours"], row["completed"]


@pytest.mark.slow
def test_the_figures_of_the_demo_club(sign_in):
    with time_machine.travel(TODAY, tick=False):
        load_small_demo()
        agree(sign_in(an_account(RoleName.OFFICIAL)))


@pytest.mark.slow
def test_the_figures_of_chance_attendance(sign_in):
    now = datetime(2026, 6, 1, 3, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        chance = random.Random(11)
        club = ChanceClub(chance)
        for begins in club.beginnings():
            club.hold_a_run(begins, now)
        agree(sign_in(an_account(RoleName.OFFICIAL)))

"""Somebody without an account collects every number there is, and tells nothing small from them."""

import random
from calendar import monthrange
from datetime import date
from itertools import product

import pytest
import time_machine

from club.accounts.models import RoleName
from club.courses.models import Funding
from club.db import transaction
from club.people.models import AudienceKind, Sex
from club.statistics.dimensions import PER_YEAR, Dimension
from club.statistics.rules import LENGTHS, SMALLEST_SHOWN
from tests.statistics.attacker import Algebra, Told, differences
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_person, a_run, an_account

SPANS = [range(m, m + n) for n in LENGTHS for m in range(0, 12, n)]
CUTS = [dimension for dimension in Dimension if dimension not in PER_YEAR]
#: Dimensions whose values are parts of others' are attacked together with them.
FAMILIES = [
    ("topic", "course"), ("audience", "sector"), ("sex",), ("funding",), ("unit",), ("result",),
]  # fmt: skip


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


def days_of(months):
    last = monthrange(2026, months[-1] + 1)[1]
    return f"from=2026-{months[0] + 1:02d}-01&to=2026-{months[-1] + 1:02d}-{last}"


def random_records(seed):
    """Records as dictionaries of their keys; few people in most cells, many in some."""
    chance = random.Random(seed)
    people = [a_person() for _ in range(60)]
    runs = [a_run() for _ in range(12)]
    with transaction():
        return made_of(people, runs, chance)


def made_of(people, runs, chance):
    facts, taken = [], set()
    while len(taken) < 260:
        run, person = chance.choice(runs), chance.choice(people)
        if (run, person) in taken:
            continue
        taken.add((run, person))
        number = runs.index(run)
        audience = chance.choice([*AudienceKind, *[AudienceKind.ENTERPRISE] * 9])
        one = {
            "day": date(2026, 1 + number, 10),
            "audience": audience,
            "sector": None if audience is AudienceKind.INDIVIDUAL else chance.choice(
                ["wood", "wood", "wood", "food", None]),
            "topic_key": f"topic{number % 3}",
            "course_code": f"course{number % 3}{chance.choice('aaaab')}",
            "sex": chance.choice([*[Sex.FEMALE, Sex.MALE] * 9, Sex.NOT_STATED]),
            "funding": chance.choice([*[Funding.NOT_STATED] * 9, *Funding]),
            "completed": chance.random() < 0.9,
        }  # fmt: skip
        a_record(run, person, **one)
        facts.append(
            {
                "month": number, "person": person.id, "audience": str(audience.value),
                "sector": one["sector"], "topic": one["topic_key"], "course": one["course_code"],
                "sex": str(one["sex"].value), "funding": str(one["funding"].value), "unit": None,
                "result": "completed" if one["completed"] else "not_completed",
            }
        )  # fmt: skip
    return facts


def thinkable(facts, family):
    """The atoms there may be, as far as outsiders know: courses have one topic, persons without
    an organisation have no sector.
    """
    seen = [{one[name] for one in facts} for name in family]
    combined = {tuple(one[name] for name in family) for one in facts}
    if family == ("audience", "sector"):
        combined = {(a, s) for a, s in product(*seen) if a != "individual" or s is None}
    return {(month, *values) for month in range(12) for values in combined}


def everything_told(client, family, atoms):
    """Every published number about these dimensions, as sums of atoms."""
    for cut in family:
        for span in SPANS:
            answer = client.get(f"/statistics/trainees.json?{days_of(span)}&by={cut}").json
            inside = {atom for atom in atoms if atom[0] in span}
            yield Told(frozenset(inside), answer["total"]["turns"])
            for row in answer["rows"]:
                if row[cut] != "joined":
                    own = {a for a in inside if a[1 + family.index(cut)] == row[cut]}
                    yield Told(frozenset(own), row["turns"])
            if cut == "result":
                completed = {a for a in inside if a[1] == "completed"}
                yield Told(frozenset(completed), answer["total"]["completed"])


def test_nothing_small_follows_from_all_published_numbers(client):
    facts = random_records(2)
    for family in FAMILIES:
        people = {atom: set() for atom in thinkable(facts, family)}
        for one in facts:
            atom = (one["month"], *(one[name] for name in family))
            people[atom].add(one["person"])

        def few(among, people=people):
            return 0 < len(set().union(*(people[atom] for atom in among))) < SMALLEST_SHOWN

        told = {one for one in everything_told(client, family, people) if one.turns is not None}
        assert len(told) > len(SPANS) / 2
        assert not [between for between in differences(told) if few(between)]
        algebra = Algebra(told)
        for span in SPANS:
            inside = [atom for atom in people if atom[0] in span]
            for position in range(1, 1 + len(family)):
                for value in {atom[position] for atom in inside}:
                    cell = [atom for atom in inside if atom[position] == value]
                    assert not few(cell) or not algebra.tells(cell), (span, value)


@pytest.mark.parametrize("by", ["sex", "topic", "course", "audience", "sector", "result", ""])
def test_what_is_shown_is_true(client, sign_in, by):
    random_records(3)
    official = sign_in(an_account(RoleName.OFFICIAL))
    for time in ("year", "quarter", "month"):
        address = f"/statistics/trainees.json?period=2026&cut=calendar&by={time},{by}"
        exact = {(row[time], row.get(by)): row for row in official.get(address).json["rows"]}
        seen = client.get(address).json["rows"]
        for row in seen:
            if row.get(by) != "joined" and row["turns"]:
                known = exact[row[time], row.get(by)]
                assert {n: row[n] for n in ("turns", "people", "hours")} == {
                    n: known[n] for n in ("turns", "people", "hours")
                }
        together = [row for row in seen if row["turns"] is not None]
        shown = {row[time] for row in together}
        assert sum(row["turns"] for row in together) == sum(
            row["turns"] for key, row in exact.items() if key[0] in shown
        )


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-01-01&to=2026-01-30",
        "from=2026-01-02&to=2026-01-31",
        "from=2026-02-01&to=2026-04-30",
        "from=2026-01-01&to=2026-02-28",
        "from=2025-01-01&to=2026-12-31",
        "from=2025-12-01&to=2026-02-28",
        "period=2026&cut=report",
        "period=2026-9M",
        "by=audience,topic",
        "by=audience,month,sex",
        "as_of=2026-03-01",
    ],
)
def test_questions_whose_answers_could_be_compared_are_for_officials(client, sign_in, query):
    for ending in ("", ".json", ".csv", ".xlsx"):
        address = f"/statistics/trainees{ending}?{query}"
        assert client.get(address).status_code == 422
        assert sign_in(an_account(RoleName.OFFICIAL)).get(address).status_code == 200
    said = client.get(f"/statistics/trainees.json?{query}").json["error"]
    assert "đăng nhập bằng tài khoản cán bộ" in said


@pytest.mark.parametrize("query", ["", "period=2026-Q1", "period=2026-6M", "by=month,audience",
    "from=2026-07-01&to=2026-12-31", "from=2026-01-01", "by=year,quarter,month"])  # fmt: skip
def test_whole_periods_cut_one_way_are_for_everybody(client, query):
    for ending in ("", ".json", ".csv", ".xlsx"):
        assert client.get(f"/statistics/trainees{ending}?{query}").status_code == 200

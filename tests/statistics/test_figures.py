"""Figures against a second, independent way of counting the same rows."""

import random
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.courses.models import Funding, RunForm
from club.db import transaction
from club.people.models import AudienceKind, JobGroup, Sex
from club.periods import Cut, named_period, period_of_days
from club.records.models import TrainingRecord
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from tests.support.factories import NOW, a_person, a_run, a_unit

YEAR = named_period("2026", Cut.CALENDAR)


def a_record(run, person, **given):
    defaults = {
        "run": run, "person": person, "planned_minutes": 240, "attended_minutes": 240,
        "person_days": Decimal("0.5"), "counts": True, "completed": True, "day": date(2026, 3, 1),
        "audience": AudienceKind.ENTERPRISE, "sex": Sex.FEMALE, "job_group": JobGroup.WORKERS,
        "topic_key": "t", "course_code": "C", "course_title": "C", "course_title_en": "C", "form": RunForm.IN_PERSON,
        "funding": Funding.NOT_STATED, "computed_at": NOW,
    }  # fmt: skip
    record = TrainingRecord(**defaults | given)
    with transaction() as session:
        session.add(record)
    return record


def test_two_runs_of_one_person_are_two_turns_and_one_person():
    person = a_person()
    a_record(a_run(), person)
    a_record(a_run(), person, attended_minutes=90)
    total = trainee_counts(YEAR, as_of=NOW).total
    assert (total.turns, total.people, total.hours) == (2, 1, Decimal("5.5"))


def test_people_of_two_months_are_not_the_sum_of_the_months():
    person = a_person()
    a_record(a_run(), person, day=date(2026, 3, 31))
    a_record(a_run(), person, day=date(2026, 4, 1))
    counts = trainee_counts(YEAR, by=[Dimension.MONTH], as_of=NOW)
    assert [(row.values[0], row.measures.people) for row in counts.rows if row.measures.people] == [
        ("2026-03", 1),
        ("2026-04", 1),
    ]
    assert counts.total.people == 1


def test_a_record_below_the_threshold_counts_nowhere():
    a_record(a_run(), a_person(), counts=False, completed=False)
    counts = trainee_counts(YEAR, by=[Dimension.AUDIENCE], as_of=NOW)
    assert counts.rows == []
    assert counts.total.turns == 0


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2025, 12, 14), 0),
        (date(2025, 12, 15), 1),
        (date(2026, 12, 14), 1),
        (date(2026, 12, 15), 0),
    ],
)
def test_the_report_year_runs_from_the_fifteenth_of_december(day, year):
    a_record(a_run(), a_person(), day=day)
    assert trainee_counts(named_period("2026", Cut.REPORT), as_of=NOW).total.turns == year


@pytest.mark.parametrize(
    ("name", "cut", "by", "expected"),
    [
        ("2026", Cut.CALENDAR, Dimension.MONTH, [f"2026-{n:02d}" for n in range(1, 13)]),
        ("2026", Cut.REPORT, Dimension.MONTH, [f"2026-{n:02d}" for n in range(1, 13)]),
        ("2026-9M", Cut.REPORT, Dimension.MONTH, [f"2026-{n:02d}" for n in range(1, 10)]),
        ("2026-01", Cut.REPORT, Dimension.MONTH, ["2026-01"]),
        ("2026", Cut.REPORT, Dimension.QUARTER, [f"2026-Q{n}" for n in range(1, 5)]),
        ("2026", Cut.REPORT, Dimension.YEAR, ["2026"]),
    ],
)
def test_a_period_has_a_row_for_each_of_its_parts_and_no_other(name, cut, by, expected):
    period = named_period(name, cut)
    for day in (period.first, period.last):
        a_record(a_run(), a_person(), day=day)
    counts = trainee_counts(period, by=[by], as_of=NOW)
    assert [row.values[0] for row in counts.rows] == expected
    assert sum(row.measures.turns for row in counts.rows) == counts.total.turns == 2


def test_days_chosen_freely_are_cut_into_the_months_they_touch():
    period = period_of_days("2025-10-31", "2026-11-01")
    counts = trainee_counts(period, by=[Dimension.MONTH], as_of=NOW)
    assert [row.values[0] for row in counts.rows] == [
        "2025-10", "2025-11", "2025-12", *(f"2026-{n:02d}" for n in range(1, 12)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (date(2026, 3, 14), "2026-03"),
        (date(2026, 3, 15), "2026-04"),
        (date(2025, 12, 15), "2026-01"),
    ],
)
def test_a_report_month_runs_from_the_fifteenth_to_the_fourteenth(day, month):
    a_record(a_run(), a_person(), day=day)
    by = [Dimension.MONTH, Dimension.AUDIENCE]
    counts = trainee_counts(named_period("2026", Cut.REPORT), by=by, as_of=NOW)
    assert [row.values for row in counts.rows] == [(month, "enterprise")]
    alone = trainee_counts(named_period(month, Cut.REPORT), as_of=NOW)
    assert alone.total.turns == 1


def test_as_of_answers_with_what_was_known_then():
    run, person = a_run(), a_person()
    later = NOW + timedelta(days=5)
    a_record(run, person, attended_minutes=120, superseded_at=later)
    a_record(run, person, attended_minutes=240, computed_at=later)
    assert trainee_counts(YEAR, as_of=NOW).total.minutes == 120
    assert trainee_counts(YEAR, as_of=later).total.minutes == 240
    assert trainee_counts(YEAR, as_of=NOW - timedelta(days=1)).total.turns == 0


def test_every_dimension_agrees_with_counting_by_hand():
    chance = random.Random(7)
    units, people = [a_unit(), a_unit()], [a_person() for _ in range(6)]
    rows = []
    for _ in range(40):
        facts = {
            "day": date(2025, 12, 1) + timedelta(days=chance.randrange(500)),
            "audience": chance.choice(list(AudienceKind)),
            "sex": chance.choice(list(Sex)),
            "topic_key": chance.choice("pq"),
            "course_code": chance.choice("CD"),
            "sector": chance.choice([None, "wood"]),
            "unit_id": chance.choice([None, units[0].id, units[1].id]),
            "funding": chance.choice(list(Funding)),
            "attended_minutes": chance.randrange(241),
            "counts": chance.random() < 0.8,
            "completed": False,
        }
        person = chance.choice(people)
        a_record(a_run(), person, **facts)
        rows.append(facts | {"person": person.id})
    keys = {None: None, units[0].id: units[0].key, units[1].id: units[1].key}
    by_hand = {
        Dimension.YEAR: lambda r: str(r["day"].year),
        Dimension.QUARTER: lambda r: f"{r['day'].year}-Q{(r['day'].month + 2) // 3}",
        Dimension.MONTH: lambda r: r["day"].strftime("%Y-%m"),
        Dimension.AUDIENCE: lambda r: r["audience"].value,
        Dimension.TOPIC: lambda r: r["topic_key"],
        Dimension.COURSE: lambda r: r["course_code"],
        Dimension.UNIT: lambda r: keys[r["unit_id"]],
        Dimension.SECTOR: lambda r: r["sector"],
        Dimension.SEX: lambda r: r["sex"].value,
        Dimension.FUNDING: lambda r: r["funding"].value,
        Dimension.RESULT: lambda r: "completed" if r["completed"] else "not_completed",
    }
    period = period_of_days("2026-01-01", "2026-12-31")
    for first in Dimension:
        for second in Dimension:
            if first is second:
                continue
            expected = defaultdict(list)
            for r in rows:
                if r["counts"] and r["day"].year == 2026:
                    expected[by_hand[first](r), by_hand[second](r)].append(r)
            got = trainee_counts(period, by=[first, second], as_of=NOW)
            assert {
                row.values: (row.measures.turns, row.measures.people, row.measures.minutes)
                for row in got.rows
            } == {
                key: (
                    len(found),
                    len({r["person"] for r in found}),
                    sum(r["attended_minutes"] for r in found),
                )
                for key, found in expected.items()
            }

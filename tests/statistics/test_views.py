"""Figures as people and programs get them."""

import csv
import io
from datetime import date

import pytest
import time_machine

from club.accounts.models import RoleName
from club.people.models import AudienceKind
from club.periods import period_of_days
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_course, a_person, a_run, a_topic, an_account

YEAR = "from=2026-01-01&to=2026-12-31"


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def some_records():
    for audience, people in (
        (AudienceKind.ENTERPRISE, 8),
        (AudienceKind.INDIVIDUAL, 2),
        (AudienceKind.STATE_AGENCY, 6),
    ):
        for n in range(people):
            a_record(a_run(), a_person(), audience=audience, day=date(2026, 1 + n % 2, 10))


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def test_the_json_has_the_published_form(official, some_records):
    answer = official.get(f"/statistics/trainees.json?{YEAR}&by=audience,month").json
    assert answer["period"] == {"from": "2026-01-01", "to": "2026-12-31", "cut": "calendar"}
    at, same = (
        "http://localhost/statistics/participations?",
        "&as_of=2026-03-03T02%3A00%3A00%2B00%3A00",
    )
    assert answer["total"] == {
        "turns": 16, "people": 16, "hours": 64.0, "completed": 16, "rows_at": f"{at}{YEAR}{same}",
    }  # fmt: skip
    assert answer["rows"][2] == {
        "audience": "enterprise", "month": "2026-01", "turns": 4, "people": 4, "hours": 16.0, "completed": 4,
        "rows_at": f"{at}{YEAR}{same}&audience=enterprise&month=2026-01",
    }  # fmt: skip
    assert set(answer) == {"period", "as_of", "definitions", "total", "rows"}


def test_outsiders_see_no_cell_of_fewer_than_five_people(client, some_records):
    rows = client.get(f"/statistics/trainees.json?{YEAR}&by=audience").json["rows"]
    assert {row["audience"]: row["people"] for row in rows} == {
        "enterprise": 8, "joined": 8,
    }  # fmt: skip


def test_a_small_month_does_not_follow_from_its_quarter(client):
    run = a_run()
    for month, people in ((1, 3), (2, 9), (3, 9), (5, 3), (6, 6)):
        for _ in range(people):
            a_record(run, a_person(), day=date(2026, month, 10))
    months = client.get(f"/statistics/trainees.json?{YEAR}&by=month").json["rows"]
    assert [row["people"] for row in months[:6]] == [None, None, 9, 0, None, None]


def test_a_small_course_does_not_follow_from_its_topic(client):
    topics = [a_topic(), a_topic()]
    for topic, numbers in zip(topics, ((3, 9, 8), (3, 6)), strict=True):
        for people in numbers:
            run = a_run(course=a_course(topic=topic))
            for _ in range(people):
                a_record(run, a_person(), course_code=run.course.code, topic_key=topic.key)
    rows = client.get(f"/statistics/trainees.json?{YEAR}&by=course").json["rows"]
    assert sorted(row["people"] for row in rows) == [9, 20]
    assert next(row for row in rows if row["people"] == 20)["course"] == "joined"


def test_a_total_of_fewer_than_five_people_is_hidden_too(client):
    a_record(a_run(), a_person())
    answer = client.get(f"/statistics/trainees.json?{YEAR}").json
    assert answer["total"]["people"] is None
    assert answer["total"]["hidden"] is True


def test_page_json_and_csv_say_the_same(official, some_records):
    counts = trainee_counts(
        period_of_days("2026-01-01", "2026-12-31"), by=[Dimension.AUDIENCE], as_of=NOW
    )
    expected = {row.values[0]: row.measures.turns for row in counts.rows}
    as_json = official.get(f"/statistics/trainees.json?{YEAR}&by=audience").json
    as_csv = official.get(f"/statistics/trainees.csv?{YEAR}&by=audience").data.decode("utf-8-sig")
    assert {row["audience"]: row["turns"] for row in as_json["rows"]} == expected
    assert {
        row["audience"]: int(row["turns"]) for row in csv.DictReader(io.StringIO(as_csv))
    } == expected


def test_the_rows_behind_add_up_to_the_figures(official, some_records):
    text = official.get(f"/statistics/participations.csv?{YEAR}").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    total = official.get(f"/statistics/trainees.json?{YEAR}").json["total"]
    assert len(rows) == total["turns"]
    assert len({row["person"] for row in rows}) == total["people"]
    assert sum(float(row["hours"]) for row in rows) == total["hours"]
    assert sum(int(row["completed"]) for row in rows) == total["completed"]


@pytest.mark.parametrize("role", [None, RoleName.MEMBER, RoleName.TRAINER])
def test_the_rows_behind_are_for_officials_only(client, sign_in, role):
    asking = sign_in(an_account(role)) if role else client
    assert asking.get("/statistics/participations.csv").status_code in {401, 403}


@pytest.mark.parametrize(
    "query",
    [
        "from=x&to=y",
        "from=2026-02-01&to=2026-01-01",
        "period=26",
        "by=shoe",
        "by=year,month,topic,sex",
        "as_of=never",
        "as_of=0001-01-01T00:00",
        "as_of=0001-01-01T00:00:00%2B14:00",
        "as_of=9999-12-31T23:59:59%2B00:00",
        "as_of=9999-12-31T23:59:59-14:00",
    ],
)
def test_an_unreadable_question_gets_a_clear_answer(client, query):
    for ending in ("", ".json", ".csv", ".xlsx"):
        answer = client.get(f"/statistics/trainees{ending}?{query}")
        assert answer.status_code == 422, ending
        if ending:
            assert answer.json["error"]
            assert "/api/openapi.json" in answer.json["advice"]
            assert answer.json["request"]


def test_a_day_of_as_of_means_its_end(official):
    a_record(a_run(), a_person())
    assert (
        official.get(f"/statistics/trainees.json?{YEAR}&as_of=2026-03-02").json["total"]["turns"]
        == 0
    )
    assert (
        official.get(f"/statistics/trainees.json?{YEAR}&as_of=2026-03-03").json["total"]["turns"]
        == 1
    )


@pytest.mark.parametrize("records", [1, 20])
def test_the_page_costs_the_same_however_much_there_is(official, count_queries, records):
    for _ in range(records):
        a_record(a_run(), a_person())
    official.get("/statistics/trainees")
    with count_queries() as seen:
        assert official.get("/statistics/trainees").status_code == 200
    assert len(seen) <= 20

"""A form says all that is wrong with it, also where two fields disagree, and leads to each."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from club import clock
from club.accounts.models import RoleName
from club.courses.models import Run, RunState
from club.db import db
from tests.support.factories import a_course, a_run, a_topic, an_account

CLASS = {
    "form": "in_person", "place": "Nhà văn hóa", "ward_id": "", "host_id": "", "seats": "30",
    "price_vnd": "0", "funding": "not_stated", "counting_threshold": "50",
    "completion_threshold": "80",
}  # fmt: skip


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def to_mend(answer):
    """The fields that the summary leads to, in order."""
    summary = answer.text.partition("data-error-summary")[2].partition("</ul>")[0]
    return re.findall(r'href="#([\w-]+)"', summary)


def test_a_class(office):
    wrong = CLASS | {
        "seats": "",
        "price_vnd": "-1",
        "registration_opens_at": "2026-05-02T08:00",
        "registration_closes_at": "2026-05-01T08:00",
    }
    answer = office.post(f"/office/runs/new?course={a_course().code}", data=wrong)
    assert to_mend(answer) == ["seats", "price_vnd", "registration_closes_at"]
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count(Run.id))) == 0


def test_a_published_class(office):
    run = a_run()
    wrong = CLASS | {"place": "", "price_vnd": "x", "seats": str(run.seats + 1)}
    answer = office.post(f"/office/runs/{run.code}/facts", data=wrong)
    assert {"place", "price_vnd", "seats"} <= set(to_mend(answer))


def test_what_depends_on_an_unsound_field_is_not_judged_yet(office):
    wrong = CLASS | {"counting_threshold": "x", "completion_threshold": "40"}
    answer = office.post(f"/office/runs/new?course={a_course().code}", data=wrong)
    assert to_mend(answer) == ["counting_threshold"]


def test_hours_are_judged_while_the_day_is_missing(office):
    run = a_run(state=RunState.DRAFT)
    wrong = {"day": "", "begins": "11:30", "ends": "07:30", "repeat": "once", "times": "0"}
    answer = office.post(f"/office/runs/{run.code}/sessions", data=wrong)
    assert to_mend(answer) == ["day", "ends", "times"]


def test_a_course(office):
    wrong = {
        "code": "x y", "title": "", "title_en": "Quick changeover", "topic_id": a_topic().id,
        "completion_threshold": "80", "duration_days_min": "3", "duration_days_max": "2",
    }  # fmt: skip
    answer = office.post("/office/courses/new", data=wrong)
    assert to_mend(answer) == ["code", "title", "duration_days_max"]


def test_the_terms_of_a_class(office):
    run = a_run(starts_at=clock.now() + timedelta(days=20))
    wrong = {
        "way_in": "open", "cutoff_hours": "x", "offer_hours": "1", "substitution_hours": "-1",
        "most_per_organisation": "0", "quotas_open_at": "2099-01-01T08:00",
    }  # fmt: skip
    answer = office.post(f"/office/runs/{run.code}/terms", data=wrong)
    assert to_mend(answer) == [
        "cutoff_hours", "offer_hours", "substitution_hours", "most_per_organisation",
        "quotas_open_at",
    ]  # fmt: skip
    assert answer.status_code == 422


def test_a_group_with_seats_of_its_own(office):
    address = f"/office/runs/{a_run().code}/groups"
    assert to_mend(office.post(address, data={"seats": "-1"})) == ["seats", "audience"]
    assert to_mend(office.post(address, data={"seats": "x"})) == ["seats", "audience"]


def test_a_sign_up(client):
    wrong = {"full_name": "x" * 201, "email": "an", "password": "ngan"}
    assert to_mend(client.post("/register", data=wrong)) == [
        "full_name", "email", "password", "personal_data",
    ]  # fmt: skip


def test_an_expert_certificate(office):
    tomorrow = clock.today() + timedelta(days=1)
    wrong = {
        "scheme": "", "body": "", "number": "--", "issued_on": f"{tomorrow}",
        "expires_on": f"{tomorrow - timedelta(days=2)}", "evidence": "Bản gốc",
    }  # fmt: skip
    answer = office.post("/me/certification/new", data=wrong)
    assert to_mend(answer) == ["scheme", "body", "number", "issued_on", "expires_on"]


def test_a_figure_of_the_plan(office):
    wrong = {"series": "", "value": "x", "period_from": "2026-02-01", "as_of": "2026-01-01"}
    answer = office.post("/office/plan/values/new", data=wrong)
    assert {"series", "value", "as_of", "source"} <= set(to_mend(answer))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ["Nhập ngày, chẳng hạn", "Nhập giờ, chẳng hạn", "Nhập số nguyên, chẳng hạn"]),
        ("en", ["Enter a day, such as", "Enter a time, such as", "Enter a whole number, such as"]),
    ],
)
def test_what_cannot_be_read_is_asked_for_with_an_example(office, language, words):
    run = a_run(state=RunState.DRAFT)
    wrong = {"day": "2027-02-30", "begins": "25:00", "ends": "9:00", "repeat": "once", "times": "x"}
    answer = office.post(f"/office/runs/{run.code}/sessions?lang={language}", data=wrong)
    for sentence in words:
        assert sentence in answer.text
    assert "Not a valid" not in answer.text

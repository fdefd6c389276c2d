import json
import re
from datetime import timedelta

import pytest
import time_machine

from club import clock
from club.courses.filters import RunFilter, filter_from
from club.courses.models import RunForm, RunState
from tests.support.factories import a_course, a_person, a_run, a_topic, a_unit

NOW = clock.now()
SOON = NOW + timedelta(days=10)


def codes(page):
    return re.findall(r'href="/runs/([^"]+)"', page.text)


def slugs(page):
    return re.findall(r'<a href="/courses/([\w-]+)">', page.text)


def coming(code, days=10, **given):
    return a_run(code=code, starts_at=NOW + timedelta(days=days), **given)


def structured(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    return json.loads(found[1])


def test_coming_runs_stand_in_order_of_time(client):
    coming("LATE-1", days=20)
    coming("SOON-1", days=5)
    coming("NOW-1", days=-0.01)
    coming("PAST-1", days=-5)
    assert codes(client.get("/courses/")) == ["NOW-1", "SOON-1", "LATE-1"]


@pytest.mark.parametrize("state", [RunState.DRAFT, RunState.CANCELLED, RunState.CLOSED])
def test_only_published_runs_are_in_the_catalogue(client, state):
    coming("X-1", state=state)
    assert codes(client.get("/courses/")) == []


def test_courses_without_a_run_follow_and_retired_ones_do_not(client):
    run = coming("X-1", course=a_course(slug="co-lop"))
    a_course(slug="chua-co-lop", duration_days_min=1, duration_days_max=2)
    a_course(slug="thoi-mo", retired_on=NOW.date())
    page = client.get("/courses/")
    assert codes(page) == [run.code]
    assert slugs(page) == ["chua-co-lop"]
    assert "1–2 ngày (dự kiến)" in page.text
    assert "1 lớp và 1 khóa chưa mở lớp" in page.text


def test_a_sourced_duration_is_not_called_a_proposal(client):
    a_course(duration_days_min=2, duration_days_max=2, duration_source="https://example.vn")
    page = client.get("/courses/")
    assert "2 ngày" in page.text
    assert "dự kiến" not in page.text


def test_search_needs_no_accents_and_every_word(client):
    coming("LEAN-1", course=a_course(title="Sản xuất tinh gọn", title_en="Lean"))
    coming("TPM-1", course=a_course(title="Bảo trì năng suất", title_en="TPM"))
    assert codes(client.get("/courses/?q=san xuat")) == ["LEAN-1"]
    assert codes(client.get("/courses/?q=Nang SUAT")) == ["TPM-1"]
    assert codes(client.get("/courses/?q=nang suat tinh gon")) == []
    assert codes(client.get("/courses/?q=100%25")) == []


def test_each_condition_narrows(client):
    ward, topic = a_unit(key="lai-thieu"), a_topic(key="digital")
    coming("WARD-1", ward=ward)
    coming("TOPIC-1", course=a_course(topic=topic))
    coming("FORM-1", form=RunForm.ONLINE, online_link="https://x.vn/1")
    coming("FOR-1", course=a_course(audience_keys=["workers", "enterprise"]))
    coming("SHUT-1", registration_closes_at=NOW - timedelta(days=1))
    assert codes(client.get("/courses/?ward=lai-thieu")) == ["WARD-1"]
    assert codes(client.get("/courses/?topic=digital")) == ["TOPIC-1"]
    assert codes(client.get("/courses/?form=online")) == ["FORM-1"]
    assert codes(client.get("/courses/?audience=workers")) == ["FOR-1"]
    open_ones = codes(client.get("/courses/?open=1"))
    assert sorted(open_ones) == ["FOR-1", "FORM-1", "TOPIC-1", "WARD-1"]


def test_a_month_finds_what_runs_in_it(client):
    run = coming("X-1", days=40)
    month = clock.local_day(run.starts_at)
    other = NOW + timedelta(days=100)
    assert codes(client.get(f"/courses/?month={month:%Y-%m}")) == ["X-1"]
    assert codes(client.get(f"/courses/?month={other:%Y-%m}")) == []


def test_chips_take_one_condition_away(client):
    page = client.get("/courses/?q=lean&open=1&form=online")
    chips = re.findall(r'class="filter-chip"\s+href="([^"]+)"', page.text)
    assert [chip.replace("&amp;", "&") for chip in chips] == [
        "/courses/?form=online&open=1",
        "/courses/?q=lean&open=1",
        "/courses/?q=lean&form=online",
    ]


@pytest.mark.parametrize(
    "nonsense",
    [
        "month=2026-13",
        "month=xx",
        "month=0001-01",
        "form=raft",
        "audience=nobody",
        "page=x",
        "open=no",
    ],
)
def test_nonsense_in_an_address_is_no_condition(client, nonsense):
    coming("X-1")
    page = client.get(f"/courses/?{nonsense}")
    assert (page.status_code, codes(page)) == (200, ["X-1"])


def test_hostile_conditions_come_back_as_text(client):
    page = client.get('/courses/?q=<script>alert(1)</script>&ward="><b>')
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert '"><b>' not in page.text


def test_conditions_survive_the_way_through_an_address():
    given = {
        "q": "năng suất",
        "month": "2026-12",
        "form": "online",
        "open": "1",
        "topic": "digital",
    }
    wanted = filter_from(given)
    assert wanted.in_use == ["q", "topic", "month", "form", "open"]
    assert wanted.address_query() == (
        "q=n%C4%83ng+su%E1%BA%A5t&topic=digital&month=2026-12&form=online&open=1"
    )
    assert wanted.without("form").form is None
    assert RunFilter().address_query() == ""


def test_nothing_found_says_so_and_leads_on(client):
    coming("X-1")
    page = client.get("/courses/?q=khongcogi")
    assert "Không có lớp hay khóa nào khớp tất cả điều kiện" in page.text


@pytest.mark.parametrize("address", ["/courses/", "/api/runs", "/courses/?open=1&q=khoa"])
def test_lists_cost_the_same_for_one_run_and_for_twenty(client, count_queries, address):
    costs = []
    for more in (1, 19):
        for _ in range(more):
            coming(f"R-{len(costs)}-{_}", places_taken=3)
            a_course()
        with count_queries() as seen:
            assert client.get(address).status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert costs[1] <= 8


def test_the_card_follows_the_places(client):
    run = coming("X-1", seats=10, places_taken=10, waiting_count=2)
    page = client.get("/courses/")
    assert "10/10 chỗ" in page.text
    assert "2 người chờ" in page.text
    from club.courses.run_story import keep_places

    keep_places(run, taken=9, waiting=0)
    page = client.get("/courses/")
    assert "9/10 chỗ" in page.text
    assert "Sắp hết chỗ" in page.text


def test_the_catalogue_speaks_english(client):
    coming("X-1", course=a_course(title="Sản xuất tinh gọn", title_en="Lean manufacturing"))
    page = client.get("/courses/?lang=en")
    assert "Lean manufacturing" in page.text
    assert "Sản xuất tinh gọn" not in page.text
    assert "1 class" in page.text
    assert "Sản xuất tinh gọn" in client.get("/courses/?lang=vi").text


def test_a_course_page_shows_content_runs_and_related(client):
    topic = a_topic()
    course = a_course(
        slug="lean", topic=topic, audience=["Kỹ thuật"], outline=["Bảy lãng phí", "Kéo"]
    )
    a_course(slug="tpm", topic=topic)
    coming("LEAN-1", course=course)
    coming("LEAN-2", course=course, state=RunState.CANCELLED)
    coming("LEAN-3", course=course, state=RunState.DRAFT, published_at=None)
    coming("LEAN-0", course=course, days=-9)
    page = client.get("/courses/lean")
    assert codes(page) == ["LEAN-1", "LEAN-2"]
    assert "Bảy lãng phí" in page.text
    assert "Nội dung dự kiến" in page.text
    assert "Đã mở 1 lớp" in page.text
    assert slugs(page) == ["tpm"]
    assert client.get("/courses/khong-co").status_code == 404


def test_a_course_page_costs_the_same_for_one_run_and_for_twenty(client, count_queries):
    course, costs = a_course(slug="lean"), []
    for more in (1, 19):
        for number in range(more):
            coming(f"R-{len(costs)}-{number}", course=course)
        with count_queries() as seen:
            assert client.get("/courses/lean").status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 10


def test_the_course_page_tells_machines(client):
    course = a_course(slug="lean", title="Lean </script><b>", outline=["Kéo"], code="LEAN")
    run = coming("LEAN-1", course=course)
    data = structured(client.get("/courses/lean"))
    assert data["@type"] == "Course"
    assert data["name"] == "Lean </script><b>"
    assert data["courseCode"] == "LEAN"
    assert data["url"] == "http://localhost/courses/lean"
    assert data["teaches"] == ["Kéo"]
    assert data["hasCourseInstance"] == [
        {
            "@type": "CourseInstance",
            "url": f"http://localhost/runs/{run.code}",
            "courseMode": "Onsite",
            "eventStatus": "https://schema.org/EventScheduled",
            "startDate": clock.local(run.starts_at).isoformat(),
            "endDate": clock.local(run.ends_at).isoformat(),
        }
    ]


PARTS = (
    '{% include "courses/_run_structured_data.html" %}{% include "courses/_run_facts.html" %}'
    '{% include "courses/_run_schedule.html" %}{% include "courses/_run_content.html" %}'
    '{% include "courses/_run_trainers.html" %}'
)


def rendered(app, run):
    from flask import render_template_string

    with app.test_request_context("/"):
        return render_template_string(PARTS, run=run)


def test_the_parts_of_a_run_page(app, count_queries):
    from club.courses.queries import run_by_code

    trainer = a_person(full_name="Trần Demo Khoa")
    ward = a_unit(name="Phường Lái Thiêu")
    a_run(
        code="X-1", sessions=2, place="Nhà văn hóa", ward=ward, trainers=[trainer],
        note="Mang theo ảnh.\nMặc áo dài tay.", online_link="https://secret.example.vn/room",
        course=a_course(outline=["Sàng lọc"]),
    )  # fmt: skip
    with count_queries() as seen:
        run = run_by_code("X-1")
    assert len(seen) == 2
    text = rendered(app, run)
    assert "2 buổi, 8 giờ học" in text
    assert "Trực tiếp, Nhà văn hóa, phường Lái Thiêu" in text
    assert "Không thu học phí" in text
    assert "Buổi 2. Buổi 2" in text
    assert "9:00 – 13:00" in text
    assert "Trần Demo Khoa" in text
    assert "Sàng lọc" in text
    assert "<p>Mặc áo dài tay.</p>" in text
    assert "secret.example.vn" not in text


def told_to_machines(app, code):
    from club.courses.queries import run_by_code

    text = rendered(app, run_by_code(code))
    return json.loads(re.search(r"ld\+json\">(.*?)</script>", text, re.DOTALL)[1])


def test_the_run_tells_machines(app):
    run = a_run(
        code="X-1", seats=10, places_taken=10, place="Phòng 2", price_vnd=100_000,
        trainers=[a_person(full_name="</script>An")], course=a_course(title="Thực hành 5S"),
    )  # fmt: skip
    with time_machine.travel(run.starts_at - timedelta(days=1)):
        data = told_to_machines(app, "X-1")
    assert (data["@type"], data["name"], data["url"]) == (
        "CourseInstance",
        "Thực hành 5S",
        "http://localhost/runs/X-1",
    )
    assert data["courseMode"] == "Onsite"
    assert data["startDate"] == "2026-03-13T09:00:00+07:00"
    assert data["courseWorkload"] == "PT240M"
    assert data["location"]["name"] == "Phòng 2"
    assert data["instructor"] == [{"@type": "Person", "name": "</script>An"}]
    assert data["remainingAttendeeCapacity"] == 0
    assert data["offers"]["price"] == 100_000
    assert data["offers"]["availability"] == "https://schema.org/SoldOut"


def test_what_nobody_can_register_for_is_not_offered_to_machines(app):
    coming("X-1")
    coming("X-2", state=RunState.CANCELLED)
    coming("X-3", days=-0.01)
    coming("X-4", registration_opens_at=NOW + timedelta(days=1))
    offered = {c: "offers" in told_to_machines(app, c) for c in ("X-1", "X-2", "X-3", "X-4")}
    assert offered == {"X-1": True, "X-2": False, "X-3": False, "X-4": False}


def test_a_cancelled_session_stays_in_the_schedule(app):
    from club.courses.operations import cancel_session
    from club.courses.queries import run_by_code

    run = a_run(code="X-1", sessions=2)
    cancel_session(run.sessions[0], by=None, now=NOW)
    text = rendered(app, run_by_code("X-1"))
    assert "Đã hủy" in text
    assert "Buổi 1. Buổi 2" in text
    assert "1 buổi, 4 giờ học" in text

"""A person's transcript: on the page, on paper and as data."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from club.db import transaction
from club.records.attendance.models import Mark
from club.records.certificates import codes
from club.records.operations import close_run
from tests.records.kit import (
    LAST_WEEK,
    a_coordinator,
    a_taught_run,
    certificates,
    marked,
    on_the_list,
    present,
)
from tests.records.outside_kit import decided, training_elsewhere
from tests.support.factories import NOW, a_course, a_person, a_topic, an_account

AN_HOUR_LATER = NOW + timedelta(hours=1)
YEAR_BEFORE = LAST_WEEK - timedelta(days=365)


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(AN_HOUR_LATER, tick=False):
        yield


@pytest.fixture
def learner():
    return an_account(person=a_person(full_name="Nguyễn Thị Thùy Dương", birth_year=1990))


def attended(person, *marks, title, topic=None, **given):
    topic = topic or a_topic()
    course = a_course(title=title, title_en=f"{title} EN", topic=topic)
    run = a_taught_run(course=course, **given)
    marked(run, on_the_list(run, person), *marks)
    close_run(run.id, by=None, now=NOW)
    return run


@pytest.fixture
def two_years(learner):
    """Completed in 2025 and begun in 2026, in topics of their own."""
    lean = a_topic(key="lean", name="Tinh gọn", name_en="Lean")
    old = attended(
        learner.person, Mark.PRESENT, Mark.PRESENT, title="5S", topic=lean, starts_at=YEAR_BEFORE
    )
    new = attended(learner.person, Mark.PRESENT, Mark.ABSENT, title="Kaizen")
    return old, new


def text_of(answer):
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def written_code():
    return codes.written(certificates()[0].code)


def test_the_page_shows_only_the_year_and_topic_asked_for(sign_in, learner, two_years):
    reader = sign_in(learner)

    def shown(query):
        table = reader.get(f"/me/records{query}").text
        return [title for title in ("5S", "Kaizen") if f">{title}</a>" in table]

    assert shown("") == ["5S", "Kaizen"]
    assert shown("?year=2025") == ["5S"]
    assert shown("?topic=lean") == ["5S"]
    assert shown("?year=2026&topic=lean") == []
    assert shown("?year=x&topic=") == ["5S", "Kaizen"]


def test_downloads_keep_the_conditions_of_the_page(sign_in, learner, two_years):
    page = sign_in(learner).get("/me/records?year=2025&topic=lean").text
    assert "/me/records.pdf?year=2025&amp;topic=lean" in page
    assert "/me/records.json?year=2025&amp;topic=lean" in page


def test_the_data_repeats_every_class_with_hours_result_and_certificate(
    sign_in, learner, two_years
):
    old, new = two_years
    answer = sign_in(learner).get("/me/records.json").json
    assert answer["name"] == "Nguyễn Thị Thùy Dương"
    facts = [
        (c["run"], c["ended_on"], c["hours_attended"], c["hours_planned"], c["result"])
        for c in answer["courses"]
    ]
    assert facts == [
        (new.code, "2026-03-01", 4, 8, "attended"),
        (old.code, "2025-03-01", 8, 8, "completed"),
    ]
    assert [c["certificate"] for c in answer["courses"]] == [None, certificates()[0].number]
    assert [c["certificate_code"] for c in answer["courses"]] == [None, written_code()]
    assert [(h["year"], h["hours"]) for h in answer["hours"]] == [(2026, 4), (2025, 8)]
    assert answer["hours_in_all"] == 12


def test_the_paper_says_what_it_is_whose_and_of_which_day(sign_in, learner, two_years):
    answer = sign_in(learner).get("/me/records.pdf")
    assert answer.mimetype == "application/pdf"
    text = text_of(answer)
    for words in (
        "Bản trích hồ sơ đào tạo",
        "Nguyễn Thị Thùy Dương",
        "sinh năm 1990",
        "03/03/2026",
        "5S",
        "Kaizen",
        "Hoàn thành",
        "Có dự, chưa hoàn thành",
        certificates()[0].number,
        # What can be checked with nothing but this paper in hand.
        written_code(),
        "theo mã in dưới số của giấy",
        "không phải là giấy chứng nhận",
    ):
        assert words in text, words
    box = PdfReader(BytesIO(answer.data)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_paper_of_a_part_says_of_which_part(sign_in, learner, two_years):
    text = text_of(sign_in(learner).get("/me/records.pdf?topic=lean"))
    assert "Chỉ gồm chủ đề Tinh gọn" in text
    assert "Kaizen" not in text


def test_paper_without_any_class_can_be_made(sign_in, learner):
    assert "Không có lớp nào" in text_of(sign_in(learner).get("/me/records.pdf"))


def test_paper_shows_training_elsewhere_apart(sign_in, learner):
    decided(training_elsewhere(learner, title="Quản lý kho"), by=a_coordinator())
    text = text_of(sign_in(learner).get("/me/records.pdf"))
    assert "Không có lớp nào" in text
    apart = text.split("Học ở nơi khác, câu lạc bộ đã xem minh chứng")[1]
    assert "Quản lý kho Trường Demo 05/01/2026 – 06/01/2026 16 03/03/2026" in apart


def test_the_conditions_hold_for_training_elsewhere_too(sign_in, learner):
    decided(training_elsewhere(learner, title="Quản lý kho"), by=a_coordinator())
    client = sign_in(learner)
    assert "Quản lý kho" in client.get("/me/records?year=2026").text
    page = client.get("/me/records?year=2025").text
    assert "Quản lý kho" not in page
    assert "Không có khóa nào học ở nơi khác như vậy" in page


def test_thirty_classes_with_long_titles_take_more_pages(sign_in, learner):
    course = a_course(title="Quản lý chất lượng toàn diện " * 6, title_en="TQM")
    for _ in range(30):
        run = a_taught_run(course=course)
        present(run, on_the_list(run, learner.person))
        close_run(run.id, by=None, now=NOW)
    answer = sign_in(learner).get("/me/records.pdf")
    assert len(PdfReader(BytesIO(answer.data)).pages) > 1


def test_the_page_costs_the_same_for_one_class_and_for_many(sign_in, learner, count_queries):
    reader = sign_in(learner)
    attended(learner.person, Mark.PRESENT, Mark.PRESENT, title="Một")
    with count_queries() as few:
        reader.get("/me/records")
    for number in range(5):
        attended(learner.person, Mark.PRESENT, Mark.PRESENT, title=f"Hai {number}")
    with count_queries() as many:
        reader.get("/me/records")
    assert len(many) == len(few)


def test_a_course_renamed_later_keeps_its_title_in_what_was_learned(sign_in, learner, two_years):
    course = two_years[0].course
    with transaction():
        course.title, course.title_en = "5S nâng cao", "Advanced 5S"
    reader = sign_in(learner)
    page = reader.get("/me/records").text
    assert ">5S</a>" in page
    assert "5S nâng cao" not in page
    assert "5S nâng cao" not in text_of(reader.get("/me/records.pdf"))
    courses = reader.get("/me/records.json").json["courses"]
    assert {"5S", "5S EN"} <= {one[name] for one in courses for name in ("title", "title_en")}

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from club.courses.importing import sync_courses
from club.courses.models import Course, CourseAudience
from club.db import db, transaction
from club.files.synced import Synced
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW, a_run, reload

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture
def synced():
    sync_topics(CONTENT, now=NOW)
    return sync_courses(CONTENT, now=NOW)


def course(code):
    return db.session.scalars(select(Course).where(Course.code == code)).one()


def test_the_catalogue_comes_in_once(synced):
    assert synced == Synced(added=24, changed=0, unchanged=0)
    assert sync_courses(CONTENT, now=NOW) == Synced(added=0, changed=0, unchanged=24)
    assert db.session.scalar(select(func.count(Course.id))) == 24


def test_unsourced_durations_have_no_source(synced):
    five_s = course("5S")
    assert (five_s.duration_days_min, five_s.duration_days_max) == (1, 2)
    assert db.session.scalars(select(Course.duration_source).distinct()).all() == [None]
    assert course("DPS-B").duration_days_min is None


def test_every_course_is_complete_in_both_languages(synced):
    for row in db.session.scalars(select(Course)):
        assert row.title
        assert row.title_en
        assert row.summary
        assert row.summary_en
        assert len(row.audience) == len(row.audience_en) > 0
        assert len(row.outline) == len(row.outline_en)
        assert row.audience_keys
        assert {CourseAudience(key) for key in row.audience_keys}


def test_addresses_are_folded_titles(synced):
    assert course("5S").slug == "thuc-hanh-5s"
    assert course("ISO9001").slug == "iso-9001-nhan-thuc-danh-gia-vien-noi-bo"


def test_a_course_is_found_without_accents_by_any_of_its_words(synced):
    key = course("KAIZEN").search_key
    assert "cai tien lien tuc" in key
    assert "to truong" in key
    assert "recognising waste" in key


def test_what_staff_changed_stays_and_the_rest_follows_the_file(synced):
    with transaction():
        edited, other = course("5S"), course("TPM")
        edited.title, edited.edited_at = "Thực hành 5S tại xưởng", NOW
        other.title = "Bảo trì"
    assert sync_courses(CONTENT, now=NOW) == Synced(added=0, changed=1, unchanged=23)
    assert course("5S").title == "Thực hành 5S tại xưởng"
    assert course("TPM").title == "Bảo trì năng suất tổng thể"
    assert course("TPM").slug == "bao-tri-nang-suat-tong-the"


def test_the_runs_of_a_course_that_its_file_changed_are_new_to_feeds_and_pages(synced):
    courses = db.session.scalars(select(Course).order_by(Course.id).limit(2)).all()
    changed, same = (a_run(course=course) for course in courses)
    before = changed.revision, same.revision
    with transaction() as session:
        session.execute(update(Course).where(Course.id == changed.course_id).values(title="Cũ"))
    sync_courses(CONTENT, now=NOW)
    assert (reload(changed).revision, reload(same).revision) == (before[0] + 1, before[1])

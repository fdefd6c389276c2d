from dataclasses import replace

import pytest

from club.courses import queries
from club.courses.course_editing import CourseFacts, change_course, create_course
from club.courses.models import CourseAudience
from club.courses.rules import CourseRefusal
from club.refusal import RefusedError
from tests.support.factories import NOW, a_course, a_run, a_topic, reload


def facts(**given):
    defaults = {"code": "SMED", "title": "Chuyển đổi nhanh", "title_en": "Quick changeover"}
    return CourseFacts(**defaults | {"topic_id": a_topic().id} | given)


def refused(what, *args):
    with pytest.raises(RefusedError) as caught:
        what(*args, by=None, now=NOW)
    return caught.value.refusal


def test_a_new_course_has_an_address_of_its_title():
    course = create_course(facts(audience_keys=[CourseAudience.WORKERS]), by=None, now=NOW)
    assert queries.course_by_slug("chuyen-doi-nhanh") is course
    assert (course.audience_keys, course.edited_at) == (["workers"], NOW)
    assert "quick changeover" in course.search_key


def test_equal_titles_get_addresses_of_their_own():
    create_course(facts(), by=None, now=NOW)
    second = create_course(facts(code="SMED2"), by=None, now=NOW)
    assert second.slug == "chuyen-doi-nhanh-2"


def test_a_code_belongs_to_one_course():
    create_course(facts(), by=None, now=NOW)
    assert refused(create_course, facts()) is CourseRefusal.CODE_TAKEN


def test_the_code_stays_once_runs_carry_it():
    run = a_run(course=a_course(code="OLD"))
    given = facts(code="NEW", topic_id=run.course.topic_id)
    assert refused(change_course, run.course, given) is CourseRefusal.CODE_IN_USE
    unused = a_course(code="UNUSED")
    assert change_course(unused, given, by=None, now=NOW).code == "NEW"


def test_changing_a_course_is_news_for_its_runs():
    run = a_run(course=a_course(code="OLD"))
    given = facts(code="OLD", title="Tên mới", topic_id=run.course.topic_id)
    slug = run.course.slug
    course = change_course(run.course, given, by=None, now=NOW)
    assert (course.title, course.slug, course.edited_at) == ("Tên mới", slug, NOW)
    assert reload(run).revision == 2


def test_a_longest_duration_below_the_shortest_is_refused():
    given = replace(facts(), duration_days_min=3, duration_days_max=2)
    assert refused(create_course, given) is CourseRefusal.DURATION_ORDER

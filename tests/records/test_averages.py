from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import db
from club.records.inquiries.averages import averages_by_course, averages_by_trainer
from club.records.inquiries.models import Inquiry
from club.records.inquiries.operations import Opinion, answer_feedback, ask_who_took_part
from club.records.operations import close_run
from club.records.results.facts import Result
from club.records.results.operations import Typed, save_results
from tests.records.kit import a_coordinator, a_taught_run, present
from tests.support.factories import NOW, a_course, a_person, an_account

LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def a_closed_run(people, answers, *, rating=4, before=40, after=70, **given):
    """Everybody came; the first ``answers`` people gave the same rating to everything."""
    run = a_taught_run(**given)
    there = [present(run) for _ in range(people)]
    result = Result(pre_test=Decimal(before), post_test=Decimal(after))
    save_results(run.id, {p.id: Typed(result) for p in there}, by=None, now=NOW)
    close_run(run.id, by=None, now=NOW)
    ask_who_took_part(now=NOW + timedelta(hours=1))
    inquiries = db.session.query(Inquiry).filter_by(run_id=run.id).order_by(Inquiry.id).all()
    for inquiry in inquiries[:answers]:
        answer_feedback(inquiry.id, Opinion(*[rating] * 4), now=NOW + timedelta(days=1))
    return run


def test_averages_weigh_people_not_classes():
    course = a_course()
    a_closed_run(5, 5, rating=5, after=90, course=course)
    a_closed_run(15, 15, rating=3, after=60, course=course, post_test_minimum=80)
    (average,) = averages_by_course(now=LATER)
    assert (average.runs, average.answers, average.counted) == (2, 20, 20)
    assert average.feedback == Decimal("3.5")
    assert average.completed == Decimal("0.25")
    assert average.gain == Decimal("27.5")


def test_no_average_stands_on_fewer_than_five_people():
    a_closed_run(4, 4)
    (average,) = averages_by_course(now=LATER)
    assert (average.feedback, average.completed, average.gain) == (None, None, None)


def test_feedback_of_a_class_with_too_few_answers_is_in_no_average():
    """Else the four would follow from two averages."""
    course = a_course()
    a_closed_run(5, 5, rating=5, course=course)
    a_closed_run(9, 4, rating=1, course=course)
    (average,) = averages_by_course(now=LATER)
    assert (average.feedback, average.answers) == (5, 5)


def test_feedback_that_is_still_coming_in_is_in_no_average():
    a_closed_run(8, 6)
    (average,) = averages_by_course(now=NOW + timedelta(days=2))
    assert average.feedback is None
    (average,) = averages_by_course(now=LATER)
    assert average.feedback == 4


def test_each_trainer_of_a_class_gets_all_of_it():
    an, binh = a_person(full_name="Lê An"), a_person(full_name="Lê Bình")
    a_closed_run(5, 5, rating=5, trainers=[an, binh])
    a_closed_run(5, 5, rating=3, trainers=[binh])
    found = averages_by_trainer(now=LATER)
    assert [(a.name, a.runs, a.feedback) for a in found] == [
        ("Lê An", 1, Decimal(5)),
        ("Lê Bình", 2, Decimal(4)),
    ]


def test_coordinators_read_them_and_trainers_do_not(sign_in):
    run = a_closed_run(5, 5)
    with time_machine.travel(LATER, tick=False):
        page = sign_in(a_coordinator()).get("/office/outcomes")
        assert "4 (5 ý kiến)" in page.text
        assert "30 điểm phần trăm (5 người)" in page.text
        assert run.course.title in page.text
        trainer = sign_in(an_account(RoleName.TRAINER))
        assert trainer.get("/office/outcomes").status_code in {403, 404}


def test_the_page_costs_the_same_for_one_class_and_for_six(sign_in, count_queries):
    client = sign_in(a_coordinator())

    def cost():
        with count_queries() as queries:
            client.get("/office/outcomes")
        return len(queries)

    a_closed_run(1, 1, trainers=[a_person()])
    cost()
    few = cost()
    for _ in range(5):
        a_closed_run(1, 1, trainers=[a_person()])
    assert cost() == few

"""Who is asked after a class, and who is asked no more."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from club.db import db
from club.records.inquiries.models import Inquiry, InquiryKind
from club.records.inquiries.operations import Opinion, answer_feedback, ask_who_took_part
from club.records.inquiries.queries import asked_about, feedback_about
from club.records.operations import close_run, reopen_run
from tests.records.kit import a_taught_run, present
from tests.support.factories import NOW

GOOD = Opinion(useful=4, clear=5, practical=3, recommended=4)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def closed(*, count):
    run = a_taught_run()
    for _ in range(count):
        present(run)
    close_run(run.id, by=None, now=NOW)
    return run


def asked(kind=InquiryKind.FEEDBACK):
    return db.session.scalars(select(Inquiry).where(Inquiry.kind == kind)).all()


def answered_by_all(run):
    for inquiry in asked():
        if inquiry.run_id == run.id and not inquiry.answered:
            answer_feedback(inquiry.id, GOOD, now=NOW + AN_HOUR)


def joined_later(run):
    """Somebody is put on the list of a class that was opened again."""
    reopen_run(run.id, reason="Thiếu một người", by=None, now=NOW + 2 * AN_HOUR)
    person = present(run)
    close_run(run.id, by=None, now=NOW + 3 * AN_HOUR)
    return person


def test_whoever_joins_after_answers_were_shown_is_not_asked_how_it_was():
    """Six answers that were shown, and seven, would tell what the seventh says."""
    run = closed(count=6)
    ask_who_took_part(now=NOW + AN_HOUR)
    answered_by_all(run)
    before = feedback_about(run.id)
    person = joined_later(run)
    ask_who_took_part(now=NOW + 4 * AN_HOUR)
    assert person.id not in {inquiry.person_id for inquiry in asked()}
    assert asked_about(run.id).may_be_shown(now=NOW + 4 * AN_HOUR)
    assert feedback_about(run.id) == before
    ask_who_took_part(now=NOW + 28 * A_DAY)
    assert person.id in {inquiry.person_id for inquiry in asked(InquiryKind.AFTER_30_DAYS)}


@pytest.mark.parametrize("people", [4, 6])
def test_whoever_joins_before_answers_were_shown_is_asked_like_the_others(people):
    run = closed(count=people)
    ask_who_took_part(now=NOW + AN_HOUR)
    if people == 4:
        answered_by_all(run)
    person = joined_later(run)
    ask_who_took_part(now=NOW + 4 * AN_HOUR)
    assert person.id in {inquiry.person_id for inquiry in asked()}
    answered_by_all(run)
    assert asked_about(run.id).answers == people + 1
    assert asked_about(run.id).may_be_shown(now=NOW + 4 * AN_HOUR)

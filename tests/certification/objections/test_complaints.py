import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from club.certification.objections import queries
from club.certification.objections.models import (
    Complaint,
    ComplaintAbout,
    ComplaintState,
    ComplaintStepKind,
)
from club.certification.objections.operations import complaining, forgetting, handling
from club.certification.objections.rules import ComplaintRefusal
from club.clock import local_day
from club.db import db
from club.outbox.models import Letter
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator, an_assessor
from tests.certification.objections.kit import VISITOR, a_complaint, a_sender, heard
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

TODAY = local_day(NOW)
UPHELD, NOT_UPHELD = ComplaintState.UPHELD, ComplaintState.NOT_UPHELD


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def closed(complaint, outcome=NOT_UPHELD, *, reason="Không có gì cho thấy.", by=None, now=NOW):
    by = (by or a_coordinator()).id
    return handling.close(complaint.id, outcome, reason=reason, by=by, now=now)


def test_a_complaint_gets_a_number_its_days_and_a_receipt():
    sender = a_sender()
    complaint = a_complaint(sender)
    assert complaint.number == f"KN-2026-{complaint.id:05}"
    assert complaint.state is ComplaintState.RECEIVED
    assert complaint.acknowledge_by == TODAY + timedelta(days=5)
    assert complaint.due_on == TODAY + timedelta(days=30)
    [letter] = letters_to(sender.person_id, "certification.complaint_received")
    assert complaint.number in letter.subject
    assert letter.body_text.replace(f"/complaints/{complaint.public_id}", "/complaints/…") in (
        complaint.steps[0].told
    )


def test_the_same_sent_twice_is_there_once():
    sender = a_sender()
    assert a_complaint(sender) is a_complaint(sender)
    assert a_complaint(sender, words="Chuyện khác.") is not a_complaint(sender)
    assert a_complaint() is not a_complaint(sender)


def test_what_was_answered_can_be_sent_again():
    sender = a_sender()
    first = closed(a_complaint(sender))
    assert a_complaint(sender) is not first


def test_a_visitor_confirms_the_address_and_the_days_count_from_then_on():
    complaint = a_complaint(VISITOR)
    assert complaint.state is ComplaintState.UNCONFIRMED
    assert queries.open_complaints() == []
    letters = letters_of("certification.complaint_to_confirm")
    assert [one.recipient for one in letters] == ["khach@example.vn"]
    assert "/complaints/by-link/" in letters[0].body_text
    # The link is the visitor's alone: what is kept of the letter does not hold it.
    assert "/complaints/by-link/" not in complaint.steps[0].told
    later = NOW + timedelta(days=2)
    complaining.confirm(complaint.id, now=later)
    assert complaint.state is ComplaintState.RECEIVED
    assert complaint.due_on == TODAY + timedelta(days=32)
    assert queries.open_complaints() == [complaint]
    with refused(ComplaintRefusal.CONFIRMED_ALREADY):
        complaining.confirm(complaint.id, now=later)


def letters_of(kind):
    return db.session.scalars(select(Letter).where(Letter.kind == kind)).all()


def test_what_nobody_confirms_goes_away_after_a_week():
    a_complaint(VISITOR)
    kept = a_complaint()
    week = timedelta(days=7)
    assert forgetting.forget_unconfirmed(now=NOW + week) == 0
    assert forgetting.forget_unconfirmed(now=NOW + week + timedelta(seconds=1)) == 1
    assert db.session.scalars(select(Complaint)).all() == [kept]


def test_nobody_sends_without_end():
    sender = a_sender()
    for number in range(10):
        a_complaint(sender, words=f"Lần {number}")
    with refused(ComplaintRefusal.TOO_MANY):
        a_complaint(sender, words="Lần nữa")


def test_somebody_confirms_to_the_sender_that_it_is_looked_after():
    sender = a_sender()
    complaint, by = a_complaint(sender), a_coordinator()
    handling.acknowledge(complaint.id, by=by.id, now=NOW)
    assert complaint.state is ComplaintState.ACKNOWLEDGED
    assert len(letters_to(sender.person_id, "certification.complaint_acknowledged")) == 1
    with refused(ComplaintRefusal.ACKNOWLEDGED_ALREADY):
        handling.acknowledge(complaint.id, by=by.id, now=NOW)


def test_whom_it_is_about_who_sent_it_and_who_is_named_do_not_look_after_it():
    about, own = a_coordinator(), a_coordinator()
    complaint = a_complaint(a_sender(own))
    heard(complaint, about.person)
    named = a_coordinator()
    other = a_complaint(named=f"Anh {named.person.full_name.upper()}, điều phối viên")
    for account, sent, refusal in (
        (about, complaint, ComplaintRefusal.ABOUT_YOU),
        (own, complaint, ComplaintRefusal.OWN),
        (named, other, ComplaintRefusal.NAMES_YOU),
    ):
        for act in (
            lambda by, sent: handling.acknowledge(sent.id, by=by.id, now=NOW),
            lambda by, sent: heard(sent, by=by),
            lambda by, sent: closed(sent, by=by),
        ):
            with refused(refusal):
                act(account, sent)


def test_whom_it_is_about_is_asked_and_answers():
    complaint, account = a_complaint(), an_assessor()
    hearing = heard(complaint, account.person)
    [letter] = letters_to(account.person_id, "certification.complaint_heard")
    assert "Việc này có đúng không?" in letter.body_text
    assert complaint.words not in letter.body_text
    with refused(ComplaintRefusal.ANSWER_MISSING):
        complaining.answer(hearing.id, None, by=account.id, now=NOW)
    complaining.answer(hearing.id, "Không đúng.", by=account.id, now=NOW)
    assert hearing.answer == "Không đúng."
    with refused(ComplaintRefusal.ANSWERED_ALREADY):
        complaining.answer(hearing.id, "Nữa.", by=account.id, now=NOW)
    kinds = [step.kind for step in reload(complaint).steps]
    assert kinds[-2:] == [ComplaintStepKind.HEARD, ComplaintStepKind.ANSWERED]


def test_a_question_needs_words_a_day_to_come_and_somebody_else():
    sender = an_account()
    complaint = a_complaint(a_sender(sender))
    person = a_person()
    with refused(ComplaintRefusal.PUT_MISSING):
        heard(complaint, person, put=None)
    with refused(ComplaintRefusal.DAY_PAST):
        heard(complaint, person, days=0)
    with refused(ComplaintRefusal.SENDER):
        heard(complaint, sender.person)
    heard(complaint, person)
    with refused(ComplaintRefusal.ASKED_ALREADY):
        heard(complaint, person)


def test_nobody_is_found_at_fault_unheard():
    complaint = a_complaint()
    with refused(ComplaintRefusal.NOBODY_HEARD):
        closed(complaint, UPHELD)
    account = an_assessor()
    hearing = heard(complaint, account.person)
    with refused(ComplaintRefusal.STILL_HEARD):
        closed(complaint, UPHELD)
    # Whoever says nothing has been heard once the day is over.
    over = NOW + timedelta(days=11)
    assert hearing.answer is None
    assert closed(complaint, UPHELD, now=over).state is UPHELD


def test_a_complaint_about_the_process_needs_nobody_to_be_heard():
    complaint = a_complaint(about=ComplaintAbout.PROCESS)
    assert closed(complaint, ComplaintState.PARTLY).state is ComplaintState.PARTLY


def test_the_outcome_is_told_to_both_with_a_reason():
    sender, account = a_sender(), an_assessor()
    complaint = a_complaint(sender)
    complaining.answer(heard(complaint, account.person).id, "Đúng.", by=account.id, now=NOW)
    with refused(ComplaintRefusal.REASON_MISSING):
        closed(complaint, UPHELD, reason=None)
    closed(complaint, UPHELD, reason="Đã nhắc nhở.")
    [letter] = letters_to(sender.person_id, "certification.complaint_closed")
    assert "Đã nhắc nhở." in letter.body_text
    [theirs] = letters_to(account.person_id, "certification.complaint_heard_outcome")
    assert "Đã nhắc nhở." not in theirs.body_text
    with refused(ComplaintRefusal.NOT_OPEN):
        closed(complaint)


def test_time_is_extended_once_with_a_reason():
    complaint, by = a_complaint(), a_coordinator().id
    with refused(ComplaintRefusal.REASON_MISSING):
        handling.extend(complaint.id, reason=None, by=by, now=NOW)
    handling.extend(complaint.id, reason="Chờ trả lời.", by=by, now=NOW)
    assert complaint.due_on == TODAY + timedelta(days=60)
    with refused(ComplaintRefusal.EXTENDED_ALREADY):
        handling.extend(complaint.id, reason="Nữa.", by=by, now=NOW)


def test_time_is_not_extended_once_it_is_over():
    complaint = a_complaint()
    late = NOW + timedelta(days=31)
    with refused(ComplaintRefusal.OVERDUE):
        handling.extend(complaint.id, reason="Muộn.", by=a_coordinator().id, now=late)


def test_what_was_taken_back_is_over_and_told_to_whom_it_was_about():
    complaint, account = a_complaint(), an_assessor()
    hearing = heard(complaint, account.person)
    complaining.take_back(complaint.id, reason=None, by=None, now=NOW)
    assert len(letters_to(account.person_id, "certification.complaint_heard_outcome")) == 1
    with refused(ComplaintRefusal.NOT_OPEN):
        complaining.answer(hearing.id, "Đúng.", by=account.id, now=NOW)
    with refused(ComplaintRefusal.NOT_OPEN):
        closed(complaint)

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from club.audit.models import AuditEntry
from club.courses import operations, queries, run_story
from club.courses.models import Run, RunEvent, RunForm, RunState, Session, SessionState
from club.courses.rules import RunFacts, RunRefusal, SessionRefusal, Slot, TrainerRefusal, facts_of
from club.db import db
from club.refusal import RefusedError
from tests.support.factories import NOW, a_course, a_person, a_run, a_unit, an_account, reload

LATER = NOW + timedelta(hours=1)
FACTS = RunFacts(seats=20, place="Hội trường")


def slot(days, hours=4, **given):
    begins = NOW + timedelta(days=days)
    return Slot(begins, begins + timedelta(hours=hours), **given)


def a_draft(**given):
    return operations.create_run(a_course(), replace(FACTS, **given), by=None, now=NOW)


def refused(what, *args, **given):
    with pytest.raises(RefusedError) as caught:
        what(*args, **{"by": None, "now": LATER} | given)
    return caught.value.refusal


def story(run):
    kinds = db.session.execute(
        select(RunEvent.kind, RunEvent.detail)
        .where(RunEvent.run_id == run.id)
        .order_by(RunEvent.id)
    )
    return [(kind.value, detail) for kind, detail in kinds]


def test_codes_count_up_within_course_and_year():
    course = a_course(code="5S")
    codes = [operations.create_run(course, FACTS, by=None, now=NOW).code for _ in range(2)]
    next_year = NOW.replace(year=2027)
    codes.append(operations.create_run(course, FACTS, by=None, now=next_year).code)
    assert codes == ["5S-2026-01", "5S-2026-02", "5S-2027-01"]


def test_the_year_of_a_code_is_the_local_one():
    new_year_in_vietnam = NOW.replace(month=12, day=31, hour=18)
    run = operations.create_run(a_course(code="TPM"), FACTS, by=None, now=new_year_in_vietnam)
    assert run.code == "TPM-2027-01"


def test_a_new_run_is_a_draft_with_a_story_and_an_audit_entry():
    account = an_account()
    run = operations.create_run(a_course(), FACTS, by=account.id, now=NOW)
    assert (run.state, run.places_taken, run.waiting_count) == (RunState.DRAFT, 0, 0)
    assert story(run) == [("created", None)]
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject_id, entry.account_id) == (
        "courses.create_run",
        run.code,
        account.id,
    )


def test_a_retired_course_gets_no_new_run():
    course = a_course(retired_on=NOW.date())
    assert refused(operations.create_run, course, FACTS) is RunRefusal.COURSE_RETIRED


def test_a_refused_run_leaves_nothing_behind():
    assert refused(operations.create_run, a_course(), replace(FACTS, seats=0)) is RunRefusal.SEATS
    assert db.session.scalar(select(func.count(Run.id))) == 0


def test_first_start_and_last_end_follow_the_sessions():
    run = a_draft()
    second, first = operations.add_sessions(run, [slot(5), slot(3)], by=None, now=NOW)
    assert (run.starts_at, run.ends_at) == (first.starts_at, second.ends_at)
    operations.cancel_session(first, by=None, now=LATER)
    assert (run.starts_at, run.ends_at) == (second.starts_at, second.ends_at)
    operations.cancel_session(second, by=None, now=LATER)
    assert (run.starts_at, run.ends_at) == (None, None)


def test_several_sessions_come_together_or_not_at_all():
    run = a_draft()
    wrong = [slot(3), slot(4), slot(4, hours=2)]
    assert refused(operations.add_sessions, run, wrong) is SessionRefusal.OVERLAPS
    assert db.session.scalar(select(func.count(Session.id))) == 0
    assert reload(run).starts_at is None


def test_revision_and_modification_follow_every_change():
    run = a_draft()
    operations.add_session(run, slot(3), by=None, now=LATER)
    assert (run.revision, run.modified_at) == (2, LATER)
    operations.change_run(run, replace(FACTS, note="Mang bút"), by=None, now=LATER)
    operations.publish_run(run, by=None, now=LATER)
    assert run.revision == 4


def test_saying_the_same_again_changes_nothing():
    run = a_draft()
    operations.change_run(run, FACTS, by=None, now=LATER)
    assert (run.revision, run.modified_at, len(story(run))) == (1, NOW, 1)


def test_a_published_run_has_its_day_of_publication_and_story():
    run = a_draft()
    operations.add_session(run, slot(3), by=None, now=NOW)
    operations.publish_run(run, by=None, now=LATER)
    assert (run.state, run.published_at) == (RunState.PUBLISHED, LATER)
    assert [kind for kind, _ in story(run)] == ["created", "session_added", "published"]
    assert refused(operations.publish_run, run) is RunRefusal.NOT_A_DRAFT


def test_a_run_without_sessions_is_not_published():
    run = a_draft()
    assert refused(operations.publish_run, run) is RunRefusal.NO_SESSIONS
    assert reload(run).state is RunState.DRAFT


def test_the_sequence_rises_only_with_time_place_or_state():
    run = a_draft()
    meeting = operations.add_session(run, slot(3, title="Một"), by=None, now=NOW)
    assert meeting.sequence == 0
    operations.move_session(meeting, slot(3, title="Hai"), by=None, now=LATER)
    assert (meeting.sequence, meeting.modified_at, meeting.title) == (0, LATER, "Hai")
    operations.move_session(meeting, slot(4, title="Hai"), by=None, now=LATER)
    assert (meeting.sequence, meeting.modified_at) == (1, LATER)
    operations.move_session(meeting, slot(4, title="Hai", place="Xưởng"), by=None, now=LATER)
    assert meeting.sequence == 2
    operations.change_run(run, replace(FACTS, seats=30, note="Mới"), by=None, now=LATER)
    assert meeting.sequence == 2
    operations.cancel_session(meeting, by=None, now=LATER)
    assert (meeting.sequence, meeting.state) == (3, SessionState.CANCELLED)


def test_moving_the_run_moves_the_sessions_without_a_place_of_their_own():
    run = a_draft()
    here, elsewhere = operations.add_sessions(
        run, [slot(3), slot(4, place="Xưởng")], by=None, now=NOW
    )
    operations.change_run(run, replace(FACTS, place="Phòng 2"), by=None, now=LATER)
    assert (here.sequence, elsewhere.sequence) == (1, 0)
    ward = a_unit()
    operations.change_run(run, replace(FACTS, place="Phòng 2", ward_id=ward.id), by=None, now=LATER)
    assert (here.sequence, elsewhere.sequence) == (2, 1)


def test_going_online_is_a_move():
    run = a_draft()
    meeting = operations.add_session(run, slot(3), by=None, now=NOW)
    online = replace(FACTS, form=RunForm.ONLINE, online_link="https://meet.example.vn/a")
    operations.change_run(run, online, by=None, now=LATER)
    assert meeting.sequence == 1
    operations.change_run(run, replace(online, place="Phòng 9"), by=None, now=LATER)
    assert meeting.sequence == 1


def test_the_deadline_entry_follows_its_time_and_the_state():
    run = a_draft()
    operations.add_session(run, slot(3), by=None, now=NOW)
    operations.change_run(run, replace(FACTS, registration_closes_at=LATER), by=None, now=NOW)
    assert (run.deadline_sequence, run.deadline_modified_at) == (1, NOW)
    operations.publish_run(run, by=None, now=LATER)
    assert (run.deadline_sequence, run.deadline_modified_at) == (2, LATER)


def test_moving_the_first_session_before_the_end_of_registration_is_refused():
    run = a_draft(registration_closes_at=NOW + timedelta(days=4))
    meeting, _ = operations.add_sessions(run, [slot(5), slot(6)], by=None, now=NOW)
    operations.publish_run(run, by=None, now=NOW)
    assert refused(operations.move_session, meeting, slot(2)) is RunRefusal.CLOSES_TOO_LATE
    assert reload(meeting).sequence == 0


def test_a_cancelled_session_stays_and_does_not_move():
    run = a_draft()
    meeting, _ = operations.add_sessions(run, [slot(3), slot(4)], by=None, now=NOW)
    operations.cancel_session(meeting, by=None, now=NOW)
    assert refused(operations.move_session, meeting, slot(9)) is SessionRefusal.CANCELLED
    assert refused(operations.cancel_session, meeting) is SessionRefusal.CANCELLED
    operations.add_session(run, slot(3), by=None, now=NOW)
    assert db.session.scalar(select(func.count(Session.id))) == 3


def test_cancelling_a_run_cancels_its_sessions_and_keeps_its_dates():
    run = a_run(sessions=2)
    begins = run.starts_at
    operations.cancel_run(run, reason=" Mưa bão ", by=None, now=LATER)
    assert (run.state, run.cancellation_reason, run.cancelled_at) == (
        RunState.CANCELLED,
        "Mưa bão",
        LATER,
    )
    assert [(s.state, s.sequence) for s in run.sessions] == [(SessionState.CANCELLED, 1)] * 2
    assert run.starts_at == begins
    assert refused(operations.cancel_run, run, reason="x") is RunRefusal.ALREADY_CANCELLED


@pytest.mark.parametrize("state", [RunState.CLOSED, RunState.CANCELLED])
def test_nothing_of_a_run_that_is_done_with_changes(state):
    run = a_run(state=state, place="Phòng 1")
    meeting, person = run.sessions[0], a_person()
    facts = replace(facts_of(run), note="x")
    assert refused(operations.change_run, run, facts) is RunRefusal.NOT_EDITABLE
    assert refused(operations.add_session, run, slot(20)) is RunRefusal.NOT_EDITABLE
    assert refused(operations.move_session, meeting, slot(20)) is RunRefusal.NOT_EDITABLE
    assert refused(operations.cancel_session, meeting) is RunRefusal.NOT_EDITABLE
    assert refused(operations.add_trainer, run, person) is RunRefusal.NOT_EDITABLE


def test_trainers_come_and_go_once():
    run, person = a_draft(), a_person(full_name="Trần Thị Bình")
    operations.add_trainer(run, person, by=None, now=LATER)
    assert refused(operations.add_trainer, run, person) is TrainerRefusal.ALREADY_THERE
    assert [t.person.full_name for t in queries.run_by_code(run.code).trainers] == ["Trần Thị Bình"]
    operations.remove_trainer(run, person.id, by=None, now=LATER)
    assert queries.run_by_code(run.code).trainers == []
    assert refused(operations.remove_trainer, run, person.id) is TrainerRefusal.NOT_THERE
    assert story(run)[1:] == [
        ("trainer_added", "Trần Thị Bình"),
        ("trainer_removed", "Trần Thị Bình"),
    ]


def test_places_are_noted_without_a_new_revision():
    run = a_run()
    run_story.keep_places(run, taken=3, waiting=1)
    assert (reload(run).places_taken, run.waiting_count, run.revision) == (3, 1, 1)


def test_the_story_tells_what_changed():
    run = a_draft()
    operations.change_run(run, replace(FACTS, price_vnd=100_000, note="x"), by=None, now=LATER)
    assert story(run)[-1] == ("changed", "note,price_vnd")
    meeting = operations.add_session(run, slot(0), by=None, now=LATER)
    assert story(run)[-1] == ("session_added", "03/03/2026 09:00 – 13:00")
    operations.move_session(meeting, slot(1), by=None, now=LATER)
    assert story(run)[-1] == (
        "session_moved",
        "03/03/2026 09:00 – 13:00 → 04/03/2026 09:00 – 13:00",
    )


def test_a_trainer_is_found_by_name_or_added():
    run, known = a_draft(), a_person(full_name="Trần Thị Bình", email="binh@example.vn")
    operations.add_trainer_called(run, " Trần  Thị Bình ", email=None, by=None, now=LATER)
    operations.add_trainer_called(run, "Lê Mới", email="moi@example.vn", by=None, now=LATER)
    trainers = [t.person for t in queries.run_by_code(run.code).trainers]
    assert trainers[0] is known
    assert (trainers[1].full_name, trainers[1].email) == ("Lê Mới", "moi@example.vn")


def test_of_several_people_of_one_name_the_address_decides():
    run = a_draft()
    a_person(full_name="Nguyễn Văn An", email="an@example.vn")
    other = a_person(full_name="Nguyễn Văn An", email="an2@example.vn")
    add = operations.add_trainer_called
    assert refused(add, run, "Nguyễn Văn An", email=None) is TrainerRefusal.SEVERAL
    add(run, "Nguyễn Văn An", email="AN2@example.vn", by=None, now=LATER)
    assert [t.person for t in queries.run_by_code(run.code).trainers] == [other]

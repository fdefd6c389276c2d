from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.audit.models import AuditEntry
from club.courses.models import Funding, RunEventKind, RunForm, RunState, SessionState
from club.db import transaction
from club.people.models import AudienceKind, JobGroup, Sex, SizeClass
from club.records.attendance.models import Mark
from club.records.attendance.operations import add_walk_in, mark_attendance, mark_the_rest_present
from club.records.attendance.rules import Refusal as AttendanceRefusal
from club.records.models import TrainingRecord
from club.records.operations import close_run, outcomes_of, reopen_run
from club.records.rules import Refusal
from club.refusal import RefusedError
from club.registration.models import Registration
from club.units.models import UnitSuccession
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    current_records,
    every,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    a_topic,
    a_unit,
    an_organisation,
    reload,
    saved,
)

P, L, A, E = Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED


def refusal_of(run, **given):
    with pytest.raises(RefusedError) as refused:
        close_run(run.id, by=None, now=NOW, **given)
    return refused.value.refusal


def test_everybody_on_the_list_gets_a_record_by_the_thresholds_of_the_run():
    run = a_taught_run(sessions=4, starts_at=NOW - timedelta(days=5))
    people = {
        "all": marked(run, on_the_list(run), P, L, P, P),
        "half": marked(run, on_the_list(run), P, P, A, E),
        "once": marked(run, on_the_list(run), P, A, A, A),
        "never": on_the_list(run),
    }
    close_run(run.id, by=None, now=NOW)
    records = current_records(run)
    told = {
        who: (r.attended_minutes, r.counts, r.completed)
        for who, person in people.items()
        for r in [records[person.id]]
    }
    assert told == {
        "all": (960, True, True),
        "half": (480, True, False),
        "once": (240, False, False),
        "never": (0, False, False),
    }
    assert {r.planned_minutes for r in records.values()} == {960}


def test_the_preview_says_what_closing_does():
    run = a_taught_run()
    present(run)
    marked(run, on_the_list(run), P, A)
    said = [(o.entry.person.id, o.counts, o.completed) for o in outcomes_of(run)]
    close_run(run.id, by=None, now=NOW)
    assert sorted(said) == sorted(
        (p, r.counts, r.completed) for p, r in current_records(run).items()
    )


def test_a_record_freezes_every_dimension():
    ward, later = a_unit(), a_unit()
    firm = an_organisation(
        name="Cơ khí Demo", sector="mechanics", size_class=SizeClass.SMALL, ward_id=ward.id
    )
    person = a_person(sex=Sex.FEMALE, job_group=JobGroup.WORKERS)
    run = a_taught_run(form=RunForm.BLENDED, funding=Funding.SCIENCE_BUDGET)
    on_the_list(run, person, audience=AudienceKind.ENTERPRISE, organisation_id=firm.id)
    present(run, person)
    close_run(run.id, by=None, now=NOW)
    with transaction():
        firm.name, firm.sector, firm.ward_id = "Tên mới", "food", later.id
        person.job_group = JobGroup.MANAGERS
    (record,) = current_records(run).values()
    assert (record.audience, record.organisation_id) == (AudienceKind.ENTERPRISE, firm.id)
    assert (record.organisation_name, record.sector) == ("Cơ khí Demo", "mechanics")
    assert (record.size_class, record.unit_id) == (SizeClass.SMALL, ward.id)
    assert (record.sex, record.job_group) == (Sex.FEMALE, JobGroup.WORKERS)
    assert (record.topic_key, record.course_code) == (run.course.topic.key, run.course.code)
    assert (record.form, record.funding) == (RunForm.BLENDED, Funding.SCIENCE_BUDGET)
    assert (record.day, record.person_days) == (date(2026, 3, 1), Decimal(1))


def test_an_individual_is_counted_where_he_lives():
    ward = a_unit()
    run = a_taught_run()
    present(run, on_the_list(run, a_person(ward_id=ward.id)))
    close_run(run.id, by=None, now=NOW)
    (record,) = current_records(run).values()
    assert (record.audience, record.unit_id) == (AudienceKind.INDIVIDUAL, ward.id)
    assert (record.organisation_name, record.size_class) == (None, SizeClass.NOT_STATED)


def test_an_old_ward_is_counted_as_what_it_became_before_that_day():
    new = a_unit(valid_from=date(2025, 7, 1))
    old = a_unit(valid_to=date(2025, 6, 30))
    saved(UnitSuccession(predecessor_id=old.id, successor_id=new.id, on_day=date(2025, 7, 1)))
    split = a_unit(valid_to=date(2025, 6, 30))
    for part in (new, a_unit()):
        saved(
            UnitSuccession(
                predecessor_id=split.id, successor_id=part.id, on_day=date(2025, 7, 1), in_part=True
            )
        )
    run = a_taught_run()
    whole, torn = (present(run, on_the_list(run, a_person(ward_id=u.id))) for u in (old, split))
    close_run(run.id, by=None, now=NOW)
    records = current_records(run)
    assert (records[whole.id].unit_id, records[torn.id].unit_id) == (new.id, split.id)


def test_the_day_of_a_run_is_the_local_day_on_which_its_last_held_session_ended():
    # 18:30 UTC is half past one in the morning of the next day where the club is.
    run = a_run(sessions=2, starts_at=NOW.replace(day=1, hour=14, minute=30))
    with transaction():
        run.sessions[1].state = SessionState.CANCELLED
    person = on_the_list(run)
    mark_attendance(run.sessions[0].id, person.id, mark=P, by=None, now=NOW)
    close_run(run.id, by=None, now=NOW)
    record = current_records(run)[person.id]
    assert (record.day, record.planned_minutes) == (date(2026, 3, 2), 240)


def test_a_walk_in_gets_a_record_like_everybody():
    run = a_taught_run()
    person = a_person()
    add_walk_in(run.id, person.id, by=None, now=NOW)
    present(run, person)
    close_run(run.id, by=None, now=NOW)
    assert current_records(run)[person.id].completed


def test_closing_is_written_on_the_run_and_in_its_story():
    run, coordinator = a_taught_run(), a_coordinator()
    present(run)
    revision = run.revision
    close_run(run.id, by=coordinator.id, now=NOW)
    reload(run)
    assert (run.state, run.closed_at, run.closed_by_id) == (RunState.CLOSED, NOW, coordinator.id)
    assert run.revision == revision + 1
    assert [e.kind for e in run.events] == [RunEventKind.CLOSED]
    (entry,) = every(AuditEntry)
    assert (entry.action, entry.subject_id) == ("records.close_run", run.code)
    assert entry.detail == {
        "records": 1, "counting": 1, "completed": 1, "certificates": ["CN-2026-000001"]
    }  # fmt: skip


def test_a_run_is_closed_once():
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW)
    assert refusal_of(run) is Refusal.ALREADY_CLOSED
    assert len(every(TrainingRecord)) == 1


def test_a_run_is_not_closed_before_its_last_session_has_ended():
    run = a_run(sessions=2, starts_at=NOW - timedelta(days=1, hours=3))
    assert refusal_of(run) is Refusal.NOT_OVER


def test_a_run_without_sessions_is_not_closed():
    assert refusal_of(a_run(sessions=0)) is Refusal.NO_SESSIONS


def test_a_session_without_marks_must_be_confirmed():
    run = a_taught_run()
    first, second = (session.id for session in run.sessions)
    marked(run, on_the_list(run), P)
    assert refusal_of(run) is Refusal.SESSIONS_UNMARKED
    assert refusal_of(run, accepting_unmarked=[first]) is Refusal.SESSIONS_UNMARKED
    assert len(close_run(run.id, by=None, now=NOW, accepting_unmarked=[second]).records) == 1


def test_a_run_that_nobody_came_to_can_be_closed_with_nobody_counting():
    run = a_taught_run()
    on_the_list(run)
    closing = close_run(run.id, by=None, now=NOW, accepting_unmarked=[s.id for s in run.sessions])
    assert [(r.attended_minutes, r.counts) for r in closing.records] == [(0, False)]
    assert closing.certificates == []


def test_after_closing_nobody_is_marked():
    run = a_taught_run()
    person = present(run)
    close_run(run.id, by=None, now=NOW)
    with pytest.raises(RefusedError) as refused:
        mark_attendance(run.sessions[0].id, person.id, mark=A, by=None, now=NOW)
    assert refused.value.refusal is AttendanceRefusal.RUN_CLOSED
    with pytest.raises(RefusedError):
        mark_the_rest_present(run.sessions[0].id, by=None, now=NOW)


def test_reopening_supersedes_the_records_and_keeps_them():
    run, coordinator = a_taught_run(), a_coordinator()
    person = marked(run, on_the_list(run), P, A)
    close_run(run.id, by=None, now=NOW)
    later = NOW + timedelta(days=1)
    reopen_run(run.id, reason="Ghi nhầm buổi 2", by=coordinator.id, now=later)
    assert current_records(run) == {}
    assert (reload(run).state, run.closed_at) == (RunState.PUBLISHED, None)
    assert [(e.kind, e.reason) for e in run.events] == [
        (RunEventKind.CLOSED, None),
        (RunEventKind.REOPENED, "Ghi nhầm buổi 2"),
    ]
    mark_attendance(run.sessions[1].id, person.id, mark=P, by=None, now=later)
    close_run(run.id, by=None, now=later)
    old, new = every(TrainingRecord)
    assert (old.superseded_at, old.completed) == (later, False)
    assert (new.superseded_at, new.completed) == (None, True)


def reclosed(run, person, change=lambda: None):
    """Close the run, reopen it, let the world change, close it again."""
    present(run, person)
    close_run(run.id, by=None, now=NOW)
    reopen_run(run.id, reason="Nhầm", by=None, now=NOW + timedelta(days=1))
    with transaction():
        change()
    close_run(run.id, by=None, now=NOW + timedelta(days=40))
    return every(TrainingRecord)


DIMENSIONS = (
    "audience", "organisation_id", "organisation_name", "sector", "size_class", "unit_id", "sex",
    "job_group", "topic_key", "course_code", "course_title", "course_title_en", "form", "funding", "day",
)  # fmt: skip


def dimensions_of(record):
    return {name: getattr(record, name) for name in DIMENSIONS}


def test_closing_again_keeps_what_held_on_the_day_of_the_run():
    ward, later, another = a_unit(), a_unit(), a_topic()
    firm = an_organisation(sector="mechanics", size_class=SizeClass.SMALL, ward_id=ward.id)
    person = a_person(sex=Sex.FEMALE, job_group=JobGroup.WORKERS)
    alone = a_person(ward_id=ward.id)
    run = a_taught_run()
    on_the_list(run, person, audience=AudienceKind.ENTERPRISE, organisation_id=firm.id)
    present(run, on_the_list(run, alone))

    def change():
        firm.name, firm.sector, firm.ward_id = "Tên mới", "food", later.id
        firm.size_class = SizeClass.LARGE
        person.sex, person.job_group, alone.ward_id = Sex.MALE, JobGroup.MANAGERS, later.id
        run.course.topic_id = another.id
        run.course.title, run.course.title_en = "Tên khóa học mới", "A new title"

    records = reclosed(run, person, change)
    for who in (person, alone):
        first, second = (dimensions_of(r) for r in records if r.person_id == who.id)
        assert first == second


def test_a_decision_about_the_registration_or_the_run_changes_the_record():
    ward = a_unit()
    wrong, right = an_organisation(), an_organisation(sector="food", ward_id=ward.id)
    run = a_taught_run(funding=Funding.NOT_STATED)
    person = on_the_list(
        run, a_person(sex=Sex.FEMALE), audience=AudienceKind.ENTERPRISE, organisation_id=wrong.id
    )

    def change():
        (registration,) = every(Registration)
        registration.organisation_id = right.id
        person.sex, run.funding = Sex.MALE, Funding.SCIENCE_BUDGET

    _first, second = reclosed(run, person, change)
    assert (second.organisation_id, second.organisation_name) == (right.id, right.name)
    assert (second.sector, second.unit_id) == ("food", ward.id)
    assert (second.funding, second.sex) == (Funding.SCIENCE_BUDGET, Sex.FEMALE)


def test_closing_a_third_time_keeps_what_the_second_decided():
    run = a_taught_run()
    person = present(run)
    for _ in range(3):
        close_run(run.id, by=None, now=NOW)
        reopen_run(run.id, reason="Nhầm", by=None, now=NOW)
        with transaction():
            person.job_group = JobGroup.MANAGERS
    assert {r.job_group for r in every(TrainingRecord)} == {JobGroup.NOT_STATED}


@pytest.mark.parametrize(
    ("closed", "reason", "refusal"),
    [(False, "Nhầm", Refusal.NOT_CLOSED), (True, None, Refusal.REASON_MISSING)],
)
def test_reopening_is_refused_without_need_or_reason(closed, reason, refusal):
    run = a_taught_run()
    present(run)
    if closed:
        close_run(run.id, by=None, now=NOW)
    with pytest.raises(RefusedError) as refused:
        reopen_run(run.id, reason=reason, by=None, now=NOW)
    assert refused.value.refusal is refusal


def test_closing_asks_the_database_equally_often_for_one_and_for_twenty(count_queries):
    def closing_of(people):
        run = a_taught_run()
        for _ in range(people):
            on_the_list(run, a_person(email=None))
        for session in run.sessions:
            mark_the_rest_present(session.id, by=None, now=NOW)
        with count_queries() as seen:
            close_run(run.id, by=None, now=NOW)
        return len([s for s in seen if s.startswith("SELECT")])

    closing_of(1)  # opens the year's numbers
    assert closing_of(1) == closing_of(20)

import threading
from datetime import date, timedelta

import pytest

from club.audit.models import AuditEntry
from club.db import db, transaction
from club.identity.models import ClubProfile
from club.outbox.models import Letter, LetterState
from club.records.attendance.models import AttendanceChange, AttendanceMark, Mark
from club.records.attendance.operations import mark_attendance
from club.records.certificates import codes
from club.records.certificates.models import CertificateState, NumberSeries
from club.records.certificates.numbering import take_numbers
from club.records.certificates.operations import issue_certificates, revoke_certificate
from club.records.certificates.rules import Refusal
from club.records.operations import close_run, reopen_run
from club.records.rules import Refusal as ClosingRefusal
from club.refusal import RefusedError
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    every,
    marked,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_course, a_person, an_account, saved

LATER = NOW + timedelta(days=2)


def closed_with_one(**given):
    run = a_taught_run()
    person = present(run, on_the_list(run, a_person(**given)))
    close_run(run.id, by=None, now=NOW)
    return run, person


def corrected(run, person, *marks):
    reopen_run(run.id, reason="Ghi nhầm người", by=None, now=LATER)
    marked(run, person, *marks, now=LATER)
    return close_run(run.id, by=None, now=LATER, accepting_unmarked=[s.id for s in run.sessions])


def test_closing_gives_a_certificate_to_everybody_who_completed_and_to_nobody_else():
    run = a_taught_run()
    done = present(run)
    marked(run, on_the_list(run), Mark.PRESENT, Mark.ABSENT)
    close_run(run.id, by=None, now=NOW)
    assert [c.person_id for c in certificates()] == [done.id]


def test_a_certificate_repeats_what_it_certifies():
    saved(
        ClubProfile(
            valid_from=date(2022, 1, 1),
            name="Câu lạc bộ Demo",
            name_en="Demo Club",
            short_name="Demo",
            short_name_en="Demo",
            founding_text="",
            founding_text_en="",
            changed_at=NOW,
        )
    )
    run = a_taught_run(course=a_course(title="Đo lường năng suất", title_en="Measuring"))
    person = present(run, on_the_list(run, a_person(full_name="Nguyễn Thị Dung")))
    close_run(run.id, by=None, now=NOW)
    with transaction():
        person.full_name = "Tên khác"
        run.course.title = "Khóa khác"
    (it,) = certificates()
    assert (it.number, it.state) == ("CN-2026-000001", CertificateState.VALID)
    assert codes.is_well_formed(it.code)
    assert (it.holder_name, it.course_title, it.course_title_en) == (
        "Nguyễn Thị Dung", "Đo lường năng suất", "Measuring"
    )  # fmt: skip
    assert (it.first_day, it.last_day) == (date(2026, 2, 28), date(2026, 3, 1))
    assert (it.attended_minutes, it.run_code) == (480, run.code)
    assert (it.issuer_name, it.issuer_name_en) == ("Câu lạc bộ Demo", "Demo Club")
    assert (it.issued_on, it.issued_at) == (date(2026, 3, 3), NOW)


def test_numbers_begin_anew_each_year_and_have_no_gap():
    assert list(take_numbers("CN", year=2026, count=3)) == [1, 2, 3]
    assert list(take_numbers("CN", year=2027, count=1)) == [1]
    assert list(take_numbers("CN", year=2026, count=2)) == [4, 5]


def test_a_number_of_a_failed_transaction_is_given_to_the_next():
    def fail():
        with transaction():
            take_numbers("CN", year=2026, count=7)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(take_numbers("CN", year=2026, count=1)) == [1]


def test_numbers_follow_the_local_year():
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW.replace(year=2026, month=12, day=31, hour=17))
    assert [c.number for c in certificates()] == ["CN-2027-000001"]


def test_each_holder_gets_a_letter_in_the_own_language_at_the_account_s_address():
    vietnamese, english, silent = (
        a_person(full_name="Phạm An"),
        a_person(language="en"),
        a_person(email=None),
    )
    account = an_account(person=vietnamese)
    run = a_taught_run(course=a_course(title="Thực hành 5S", title_en="5S in practice"))
    for person in (vietnamese, english, silent):
        present(run, on_the_list(run, person))
    close_run(run.id, by=None, now=NOW)
    letters = {letter.person_id: letter for letter in every(Letter)}
    assert set(letters) == {vietnamese.id, english.id, silent.id}
    assert letters[silent.id].state is LetterState.IN_SITE
    assert letters[vietnamese.id].recipient == account.email
    assert letters[vietnamese.id].subject == "Giấy chứng nhận hoàn thành: Thực hành 5S"
    assert letters[english.id].subject == "Your certificate of completion: 5S in practice"
    mine = next(c for c in certificates() if c.person_id == english.id)
    assert f"http://localhost/certificates/{mine.public_id}\n" in letters[english.id].body_text
    assert f"http://localhost/verify/{mine.code}\n" in letters[english.id].body_text
    # Whoever has no account is told how to come to the file all the same.
    has_way = {
        p.id: "http://localhost/register\n" in letters[p.id].body_text
        for p in (vietnamese, english)
    }
    assert has_way == {vietnamese.id: False, english.id: True}


def test_a_certificate_that_is_still_true_survives_a_reopening():
    run, person = closed_with_one()
    (before,) = certificates()
    assert corrected(run, person).certificates == []
    assert [(c.id, c.state) for c in certificates()] == [(before.id, CertificateState.VALID)]


def test_other_hours_replace_the_certificate_and_link_both():
    run = a_taught_run(sessions=5, starts_at=NOW - timedelta(days=7))
    person = marked(run, on_the_list(run), *[Mark.PRESENT] * 4, Mark.ABSENT)
    close_run(run.id, by=None, now=NOW)
    corrected(run, person, None, None, None, None, Mark.LATE)
    old, new = certificates()
    assert (old.state, old.state_reason, old.state_changed_at) == (
        CertificateState.REPLACED, "Ghi nhầm người", LATER
    )  # fmt: skip
    assert (new.state, new.attended_minutes, new.number) == (
        CertificateState.VALID, 1200, "CN-2026-000002"
    )  # fmt: skip
    assert (new.replaces, old.replaced_by) == (old, new)
    assert old.number in every(Letter)[-1].body_text


def test_who_did_not_complete_after_all_loses_the_certificate_and_is_told_why():
    run, person = closed_with_one()
    corrected(run, person, Mark.PRESENT, Mark.ABSENT)
    (it,) = certificates()
    assert (it.state, it.state_reason) == (CertificateState.REVOKED, "Ghi nhầm người")
    letter = every(Letter)[-1]
    assert letter.kind == "records.certificate_revoked"
    assert "Ghi nhầm người" in letter.body_text


def test_a_revoked_certificate_keeps_who_when_and_why():
    coordinator = a_coordinator()
    closed_with_one()
    (it,) = certificates()
    revoke_certificate(it.id, reason="Nhầm người học", by=coordinator.id, now=LATER)
    assert (it.state, it.state_reason) == (CertificateState.REVOKED, "Nhầm người học")
    assert (it.state_changed_at, it.state_changed_by_id) == (LATER, coordinator.id)
    assert every(AuditEntry)[-1].subject_id == it.number
    with pytest.raises(RefusedError) as refused:
        revoke_certificate(it.id, reason="Lại", by=coordinator.id, now=LATER)
    assert refused.value.refusal is Refusal.NOT_VALID_ANY_MORE


def test_revoking_needs_a_reason():
    closed_with_one()
    (it,) = certificates()
    with pytest.raises(RefusedError) as refused:
        revoke_certificate(it.id, reason=None, by=None, now=LATER)
    assert (refused.value.refusal, refused.value.field) == (Refusal.REASON_MISSING, "reason")


def test_issuing_again_gives_nobody_a_second_certificate():
    run, _person = closed_with_one()
    with pytest.raises(RefusedError) as refused:
        issue_certificates(run.id, by=None, now=LATER)
    assert refused.value.refusal is Refusal.NOTHING_TO_ISSUE


def test_a_revoked_certificate_is_not_issued_again():
    run, _person = closed_with_one()
    revoke_certificate(certificates()[0].id, reason="Nhầm", by=None, now=LATER)
    with pytest.raises(RefusedError):
        issue_certificates(run.id, by=None, now=LATER)


def test_a_missing_certificate_is_issued_later():
    run, person = closed_with_one()
    with transaction() as session:
        session.delete(certificates()[0])
    (it,) = issue_certificates(run.id, by=None, now=LATER)
    assert (it.person_id, it.number) == (person.id, "CN-2026-000002")


def test_certificates_of_an_open_run_are_refused():
    run = a_taught_run()
    with pytest.raises(RefusedError) as refused:
        issue_certificates(run.id, by=None, now=NOW)
    assert refused.value.refusal is Refusal.NOT_CLOSED_YET


def test_one_certificate_each_whoever_closes_at_once(app):
    run = a_taught_run()
    people = {present(run).id for _ in range(5)}
    run_id, answers = run.id, []
    db.session.rollback()

    def close():
        with app.app_context():
            try:
                answers.append(len(close_run(run_id, by=None, now=NOW).certificates))
            except RefusedError as refused:
                answers.append(refused.refusal)

    threads = [threading.Thread(target=close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [5, *[ClosingRefusal.ALREADY_CLOSED] * 3]
    assert sorted(c.person_id for c in certificates()) == sorted(people)


def test_runs_closed_at_once_share_the_numbers_without_gap_or_double(app):
    runs = [a_taught_run() for _ in range(4)]
    for run in runs:
        for _ in range(3):
            present(run)
    ids = [run.id for run in runs]
    db.session.rollback()

    def close(run_id):
        with app.app_context():
            close_run(run_id, by=None, now=NOW)

    threads = [threading.Thread(target=close, args=(run_id,)) for run_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(c.number for c in certificates()) == [f"CN-2026-{n:06d}" for n in range(1, 13)]
    assert [s.last for s in every(NumberSeries)] == [12]


def test_marks_of_two_trainers_at_once_are_both_kept(app):
    run = a_taught_run()
    person = on_the_list(run)
    session_id, person_id = run.sessions[0].id, person.id
    db.session.rollback()

    def mark(what):
        with app.app_context():
            mark_attendance(session_id, person_id, mark=what, by=None, now=NOW)

    threads = [threading.Thread(target=mark, args=(m,)) for m in (Mark.PRESENT, Mark.ABSENT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    told = {every(AttendanceMark)[0].mark, every(AttendanceChange)[0].mark}
    assert told == {Mark.PRESENT, Mark.ABSENT}


def test_numbers_go_on_from_the_last_one_given_out():
    saved(NumberSeries(series="CN", year=2026, last=41))
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW)
    assert [c.number for c in certificates()] == ["CN-2026-000042"]

"""The same person entered twice becomes one, and two again, without a loss."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose, RoleName
from club.audit.models import AuditEntry
from club.db import db, transaction
from club.membership.models import Membership
from club.outbox.models import Letter
from club.people.merging import operations
from club.people.models import NAMELESS, Person
from club.people.queries import people_matching, person_by_public_id, possible_duplicates
from club.periods import period_of_days
from club.privacy.requests.models import RequestKind
from club.privacy.requests.operations import Wish, ask
from club.records.attendance.models import AttendanceMark, Mark
from club.records.attendance.operations import add_walk_in, mark_attendance
from club.records.attendance.queries import entries_of
from club.records.certificates.operations import revoke_certificate
from club.records.operations import close_run, reopen_run
from club.records.queries import records_of
from club.refusal import RefusedError
from club.registration.models import Registration, RegistrationState
from club.registration.operations import register_on_behalf
from club.rooms import PERSONAL_DATA
from club.statistics.figures import trainee_counts
from tests.people.merging_kit import (
    TOLD_IN,
    conflicts,
    entry,
    everything,
    joined,
    planned,
    rows_of,
    two_entries,
    undone,
)
from tests.privacy.test_erasing import a_marked_person
from tests.records.kit import (
    a_coordinator,
    a_taught_run,
    certificates,
    marked,
    on_the_list,
    present,
)
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import NOW, a_person, a_run, an_account, reload, saved

pytestmark = pytest.mark.slow

LATER, DAY = NOW + timedelta(hours=1), timedelta(days=1)


def closed(run, now=NOW):
    close_run(run.id, by=None, now=now)
    return run


def figures_of_year():
    counts = trainee_counts(period_of_days("2026-01-01", "2026-12-31"), as_of=LATER).total
    return counts.turns, counts.people


def counted_people():
    """Turns, and people of each year, over all years."""
    years = [
        trainee_counts(period_of_days(f"{year}-01-01", f"{year}-12-31"), as_of=TODAY + DAY).total
        for year in range(2022, 2027)
    ]
    return sum(year.turns for year in years), sum(year.people for year in years)


def told_figures(kept, gone):
    """Of one year: turns, then people."""
    return [(one.before, one.after) for one in planned(kept, gone).figures]


def refused(act, *args, **given):
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    return error.value.refusal.name


def test_everything_goes_to_the_entry_that_stays_and_comes_back():
    kept, gone = two_entries()
    closed_run = a_taught_run()
    present(closed_run, on_the_list(closed_run, gone))
    closed(closed_run)
    on_the_list(a_run(), gone)
    staff = a_coordinator()
    before, theirs = everything(but=TOLD_IN), rows_of(gone)
    assert theirs["completion_certificate"] == 1
    merged = joined(kept, gone, by=staff)
    assert rows_of(gone) == {}
    assert {"registration": 2, "training_record": 1}.items() <= rows_of(kept).items()
    assert entry(gone).merged_into_id == kept.id
    undone(merged, by=staff)
    assert everything(but=TOLD_IN) == before


def test_what_one_entry_does_not_say_comes_from_the_other_and_goes_again():
    kept, gone = two_entries()
    kept.phone, gone.birth_year, gone.email = None, 1985, "hoa@example.vn"
    kept_email = kept.email
    db.session.commit()
    merged = joined(kept, gone)
    assert (entry(kept).phone, entry(kept).birth_year) == ("+84901234567", 1985)
    assert (entry(kept).email, entry(kept).full_name) == (kept_email, "Nguyễn Thị Hoa")
    with transaction():
        entry(kept).birth_year = 1986
    undone(merged)
    assert (entry(kept).phone, entry(kept).birth_year) == (None, 1986)


def test_certificates_keep_the_name_that_is_printed():
    kept, gone = two_entries()
    run = a_taught_run()
    present(run, on_the_list(run, gone))
    closed(run)
    joined(kept, gone)
    (paper,) = certificates()
    assert (paper.person_id, paper.holder_name) == (kept.id, "Nguyen Thi Hoa")


def test_the_figures_are_what_was_told_before():
    kept, gone = two_entries()
    both, hers = a_taught_run(), a_taught_run()
    for person in (kept, gone):
        present(both, on_the_list(both, person))
    present(hers, on_the_list(hers, gone))
    closed(both), closed(hers)
    (_first, second, *_rest) = certificates()
    revoke_certificate(second.id, reason="Cấp hai lần", by=a_coordinator().id, now=NOW)
    assert figures_of_year() == (3, 2)
    assert told_figures(kept, gone) == [(3, 2), (2, 1)]
    merged = joined(kept, gone)
    assert figures_of_year() == (2, 1)
    undone(merged)
    assert figures_of_year() == (3, 2)


def test_figures_as_of_a_day_before_keep_their_turns():
    kept, gone = two_entries()
    run = a_taught_run(completion_threshold=100)
    for person in (kept, gone):
        marked(run, on_the_list(run, person), Mark.PRESENT, Mark.ABSENT)
    closed(run)
    joined(kept, gone, now=LATER)
    period = period_of_days("2026-01-01", "2026-12-31")
    turns = [trainee_counts(period, as_of=when).total.turns for when in (NOW, LATER)]
    assert turns == [2, 1]


def test_both_on_the_list_of_a_class_that_goes_on():
    kept, gone = two_entries()
    run = a_run()
    on_the_list(run, kept), on_the_list(run, gone, state=RegistrationState.WAITING)
    assert conflicts(kept, gone) == [("REGISTERED_TWICE", [run.code])]
    staff, before = a_coordinator(), everything()
    assert refused(joined, kept, gone, by=staff) == "REGISTERED_TWICE"
    assert everything() == before


def test_marks_of_the_same_session_have_to_be_alike():
    kept, gone = two_entries()
    run = a_taught_run()
    marked(run, on_the_list(run, kept), Mark.ABSENT, None)
    add_walk_in(run.id, gone.id, by=None, now=NOW)
    marked(run, gone, Mark.PRESENT, Mark.PRESENT)
    (name, (where,)) = conflicts(kept, gone)[0]
    assert (name, where.startswith(run.code)) == ("MARKS_DIFFER", True)
    mark_attendance(run.sessions[0].id, kept.id, mark=Mark.PRESENT, by=None, now=LATER)
    joined(kept, gone)
    assert [e.person.id for e in entries_of(run.id)] == [kept.id]
    marks = db.session.query(AttendanceMark).filter_by(person_id=kept.id).all()
    assert [mark.mark for mark in marks] == [Mark.PRESENT, Mark.PRESENT]


def test_two_certificates_of_one_class():
    kept, gone = two_entries()
    run = a_taught_run()
    present(run, on_the_list(run, kept)), present(run, on_the_list(run, gone))
    closed(run)
    numbers = {paper.person_id: paper.number for paper in certificates()}
    both = f"{run.code}, {numbers[kept.id]}, {numbers[gone.id]}"
    assert conflicts(kept, gone) == [("CERTIFIED_TWICE", [both])]


def test_the_better_record_of_a_class_is_not_lost():
    kept, gone = two_entries()
    run = a_taught_run()
    marked(run, on_the_list(run, kept), Mark.ABSENT, Mark.ABSENT)
    present(run, on_the_list(run, gone))
    closed(run)
    assert conflicts(kept, gone) == [("GOES_WITH_MORE", [run.code])]
    assert conflicts(gone, kept) == []


def test_a_class_that_was_closed_for_two_is_told_and_reckoned_anew_when_closed_again():
    kept, gone = two_entries()
    run = a_taught_run()
    marked(run, on_the_list(run, kept), Mark.PRESENT, None)
    assert planned(kept, gone).remarks == []
    marked(run, on_the_list(run, gone), None, Mark.PRESENT)
    closed(run)
    (remark,) = planned(kept, gone).remarks
    assert (run.code in remark, "chốt lại" in remark) == (True, True)
    joined(kept, gone)
    assert [(r.attended_minutes, r.completed) for r in records_of(kept.id)] == [(240, False)]
    reopen_run(run.id, reason="Một người ghi hai lần", by=None, now=LATER)
    closed(run, LATER)
    assert [(r.attended_minutes, r.completed) for r in records_of(kept.id)] == [(480, True)]
    assert records_of(gone.id) == []


def test_two_members_and_two_open_requests():
    kept, gone = two_entries()
    for person in (kept, gone):
        saved(Membership(person_id=person.id, from_day=NOW.date()))
    ask(gone.id, Wish(RequestKind.OBJECTION, "Đừng gọi"), now=NOW)
    assert [name for name, _ in conflicts(kept, gone)] == ["MEMBER_TWICE", "ASKED"]


def test_of_two_sign_ins_one_is_closed_and_told():
    kept, gone = two_entries()
    stays, goes = an_account(person=kept), an_account(person=gone)
    merged = joined(kept, gone)
    assert (reload(stays).active, reload(goes).active) == (True, False)
    assert (goes.person_id, stays.person_id) == (gone.id, kept.id)
    letters = {one.kind: one for one in db.session.scalars(select(Letter))}
    assert letters["accounts.sign_in_closed"].recipient == goes.email
    assert stays.email not in letters["accounts.sign_in_closed"].body_text
    assert letters["accounts.entries_joined"].recipient == stays.email
    undone(merged)
    assert reload(goes).active
    kinds = {one.kind for one in db.session.scalars(select(Letter))}
    assert "accounts.sign_in_open_again" in kinds


def test_a_single_sign_in_goes_along():
    kept, gone = two_entries()
    account = an_account(person=gone)
    joined(kept, gone)
    assert (reload(account).person_id, account.active) == (kept.id, True)


def test_nobody_who_works_for_the_club_is_shut_out():
    kept, gone = two_entries()
    an_account(person=kept)
    goes = an_account(RoleName.ADMINISTRATOR, person=gone)
    assert conflicts(kept, gone) == [("HOLDS_ROLES", [goes.email])]
    assert conflicts(gone, kept) == []


def test_a_sign_up_that_nobody_confirmed():
    kept, gone = two_entries()
    account = an_account(person=kept, confirmed_at=None)
    assert conflicts(kept, gone) == [("UNCONFIRMED", [account.email])]


def test_what_the_entry_that_stays_agreed_to_holds():
    kept, gone = two_entries()
    for person in (kept, gone):
        with transaction():
            give_consent(person.id, ConsentPurpose.NEWS, language="vi", now=NOW)
    with transaction():
        give_consent(gone.id, ConsentPurpose.RECORDS_FOR_EMPLOYER, language="vi", now=NOW)
    joined(kept, gone)
    assert (rows_of(kept)["consent"], rows_of(gone)["consent"]) == (2, 1)


def test_refusals():
    kept, gone = two_entries()
    nameless, coordinator = a_person(full_name=NAMELESS), a_coordinator()
    assert refused(joined, kept, kept) == "ITSELF"
    assert refused(joined, kept, nameless) == "NAMELESS"
    assert refused(joined, kept, coordinator.person, by=coordinator) == "OWN"
    joined(kept, gone)
    assert refused(joined, kept, gone) == "MERGED_ALREADY"
    assert refused(joined, gone, a_person()) == "MERGED_ALREADY"


def test_nothing_happens_where_something_has_changed_since_it_was_seen():
    kept, gone = two_entries()
    seen = planned(kept, gone).fingerprint
    on_the_list(a_run(), gone)
    given = {"seen": seen, "reason": "x", "by": a_coordinator(), "now": NOW}
    assert refused(operations.merge, kept.id, gone.id, **given) == "MEANWHILE"
    assert rows_of(gone) == {"registration": 1}


def test_undoing_is_refused_once_a_class_was_closed_as_one_persons():
    kept, gone = two_entries()
    run = a_taught_run()
    marked(run, on_the_list(run, gone), Mark.PRESENT, Mark.ABSENT)
    merged = joined(kept, gone)
    closed(run, now=LATER)
    assert refused(undone, merged) == "CLOSED_SINCE"
    reopen_run(run.id, reason="Gộp nhầm", by=None, now=LATER)
    undone(merged)
    assert refused(undone, merged) == "UNDONE_ALREADY"


def test_undoing_is_refused_once_rows_moved_on():
    first, second = two_entries()
    third = a_person()
    on_the_list(a_run(), second)
    merged = joined(first, second)
    later = joined(third, first)
    assert refused(undone, merged) == "MERGED_ON"
    undone(later)
    db.session.query(Registration).update({"person_id": third.id})
    db.session.commit()
    assert refused(undone, merged) == "MOVED_SINCE"


def test_a_sign_in_opened_again_by_hand_stays_as_it_is():
    kept, gone = two_entries()
    an_account(person=kept)
    goes = an_account(person=gone)
    merged = joined(kept, gone)
    with transaction():
        reload(goes).active = True
    assert refused(undone, merged) == "MOVED_SINCE"


def test_the_entry_that_went_is_nobody_to_choose_but_leads_to_who_stayed():
    kept, gone = two_entries()
    joined(kept, gone)
    assert [p.id for p in people_matching("Hoa")] == [kept.id]
    assert [p.id for p in possible_duplicates("Hoa", phone="+84901234567")] == []
    found = possible_duplicates("Nguyễn Thị Hoa", phone="+84901234567")
    assert [p.id for p in found] == [kept.id]
    assert person_by_public_id(gone.public_id).id == kept.id


def test_nobody_registers_as_an_entry_that_went():
    kept, gone = two_entries()
    run, staff = a_run(), a_coordinator()
    joined(kept, gone)
    given = {"run_id": run.id, "organisation_id": None, "by": staff.id, "now": NOW}
    assert refused(register_on_behalf, gone.id, **given) == "NO_SUCH_PERSON"
    taught = a_taught_run()
    assert refused(add_walk_in, taught.id, gone.id, by=None, now=NOW) == "NOT_AN_ENTRY"


def test_the_log_tells_it_by_both_entries():
    kept, gone = two_entries()
    undone(joined(kept, gone))
    merges = select(AuditEntry).where(AuditEntry.action.like("people.%merge"))
    entries = db.session.scalars(merges.order_by(AuditEntry.id))
    told = [(one.action, one.subject_id, one.detail["person"]) for one in entries]
    ids = str(kept.public_id), str(gone.public_id)
    assert told == [
        (action, *order)
        for action in ("people.merge", "people.undo_merge")
        for order in (ids, ids[::-1])
    ]


@pytest.mark.slow
def test_every_table_moves_and_comes_back():
    """Of an entry with a row in every table that leads to a person."""
    gone, kept, staff = a_marked_person().person, a_person(), a_coordinator()
    before, theirs = everything(but=TOLD_IN), rows_of(gone)
    stays = {column.partition(".")[0] for part in PERSONAL_DATA for column in part.stays}
    assert {name for part in PERSONAL_DATA for name in part.moves} - set(theirs) == set()
    merged = joined(kept, gone, by=staff)
    assert set(rows_of(gone)) - stays == set()
    undone(merged, by=staff)
    assert everything(but=TOLD_IN) == before


@pytest.mark.slow
def test_any_two_of_the_demo_club_become_one_and_two_again():
    load_small_demo()
    people, staff = db.session.scalars(select(Person).order_by(Person.id)).all(), a_coordinator()
    before, done = everything(but=TOLD_IN), 0
    for kept, gone in pairwise(people):
        if planned(kept, gone).conflicts:
            continue
        told, counted = told_figures(kept, gone), counted_people()
        merged = joined(kept, gone, by=staff, now=TODAY)
        assert counted[0] - counted_people()[0] == sum(b - a for b, a in told[0::2])
        assert counted[1] - counted_people()[1] == sum(b - a for b, a in told[1::2])
        undone(merged, by=staff, now=TODAY)
        assert everything(but=TOLD_IN) == before
        done += 1
    assert done > 15

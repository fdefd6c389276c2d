"""An organisation sends somebody else: the place is never free in between."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.courses.models import RunState
from club.db import db
from club.membership.models import Membership
from club.outbox.models import Letter
from club.refusal import RefusedError
from club.registration import line, queries, terms
from club.registration.calendar_entries import standings_of, turnouts_of
from club.registration.models import Registration, RegistrationState
from club.registration.nominations.rules.nominating import NominationRefusal
from club.registration.nominations.rules.sheet import read_sheet
from club.registration.nominations.rules.substituting import SubstitutionRefusal
from club.registration.nominations.substituting import Instead, substitute
from club.registration.rules.terms import Terms
from club.registration.terms import Group
from tests.registration.nominating_kit import AN, BICH, CAM, colleague, nominate
from tests.registration.support import (
    a_registrant,
    agree,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    saved,
)

DUNG = "Đỗ Dũng, dung@congty.vn"
START = NOW + timedelta(days=10)


pytestmark = pytest.mark.usefixtures("present")


def of(name, run):
    """The latest registration of somebody by name."""
    query = select(Registration).join(Registration.person).where(Registration.run_id == run.id)
    found = [
        r for r in db.session.scalars(query.order_by(Registration.id)) if r.person.full_name == name
    ]
    return found[-1]


def send(by, theirs, who=DUNG, *, ticked=(), reason=None, by_staff=False, now=NOW):
    instead = Instead(
        [person.public_id for person in ticked], read_sheet(who).rows if not ticked else [],
        reason, by_staff,
    )  # fmt: skip
    public_id = substitute(theirs.id, instead, by=by.id, now=now)
    db.session.rollback()
    return queries.registration_by_public_id(public_id)


def refusal_of(verb):
    with pytest.raises(RefusedError) as refused:
        verb()
    db.session.rollback()
    return refused.value.refusal


def test_the_other_person_has_the_place_and_nobody_moves_up(firm, representative):
    run = a_run(seats=1)
    nominate(representative, firm, run, AN)
    waiting = a_registrant()
    register(waiting, run)

    mine = send(representative, of("Nguyễn Văn An", run))

    assert states(run) == [(1, "replaced"), (2, "waiting"), (3, "confirmed")]
    assert kept_places(run) == (1, 1)
    assert mine.person.full_name == "Đỗ Dũng"
    assert letters() == ["nominated", "waiting", "nominated", "replaced"]
    assert story(of("Nguyễn Văn An", run))[-1] == ("confirmed", "replaced", "replaced")
    assert story(mine) == [(None, "confirmed", "substituted")]


def test_each_is_told_once_with_the_change_for_the_calendar(firm, representative):
    run = a_run()
    nominate(representative, firm, run, AN)
    send(representative, of("Nguyễn Văn An", run))
    dung, an = db.session.scalars(select(Letter).order_by(Letter.id.desc()).limit(2)).all()[::-1]
    assert (dung.recipient, an.recipient) == ("dung@congty.vn", "an@congty.vn")
    assert "METHOD:REQUEST" in dung.calendar
    assert "METHOD:CANCEL" in an.calendar


def test_the_number_in_the_line_passes_on(firm, representative):
    run = a_run(seats=1)
    register(a_registrant(), run)
    nominate(representative, firm, run, AN, BICH, CAM)

    mine = send(representative, of("Trần Thị Bích", run))

    assert mine.state is RegistrationState.WAITING
    assert line.position_of(mine, now=NOW) == 2
    assert kept_places(run) == (1, 3)


def test_the_same_again_is_once(firm, representative):
    run = a_run()
    nominate(representative, firm, run, AN)
    theirs = of("Nguyễn Văn An", run)
    assert send(representative, theirs).id == send(representative, theirs).id
    refused = refusal_of(lambda: send(representative, theirs, "Võ Em, em@congty.vn"))
    assert refused is SubstitutionRefusal.NOT_REGISTERED
    assert letters() == ["nominated", "nominated", "replaced"]


def test_a_substitute_can_be_substituted(firm, representative):
    run = a_run(seats=1)
    nominate(representative, firm, run, AN)
    send(representative, of("Nguyễn Văn An", run))
    send(representative, of("Đỗ Dũng", run), "Võ Em, em@congty.vn")
    assert [state for _, state in states(run)] == ["replaced", "replaced", "confirmed"]


def test_somebody_of_the_list_comes_instead(firm, representative):
    run = a_run()
    em = colleague(firm, full_name="Võ Em")
    nominate(representative, firm, run, AN)
    assert send(representative, of("Nguyễn Văn An", run), ticked=[em]).person_id == em.id


def test_who_registered_alone_is_not_replaced(firm, representative):
    run, account = a_run(), a_registrant()
    an_employment(account.person, firm)
    register(account, run, organisation=firm)
    theirs = of(account.display_name, run)
    assert refusal_of(lambda: send(representative, theirs)) is SubstitutionRefusal.NOT_NOMINATED


def test_an_offered_place_waits_for_its_answer(firm, representative):
    run, holder = a_run(seats=1), a_registrant()
    register(holder, run)
    nominate(representative, firm, run, AN)
    withdraw(holder, run)
    theirs = of("Nguyễn Văn An", run)
    assert refusal_of(lambda: send(representative, theirs)) is SubstitutionRefusal.OFFERED


def test_after_the_cut_off_only_the_club_does_it_and_says_why(firm, representative):
    run, late = a_run(), START - timedelta(hours=20)
    nominate(representative, firm, run, AN)
    theirs, staff = of("Nguyễn Văn An", run), an_account(RoleName.COORDINATOR)

    def by(account, **given):
        return lambda: send(account, theirs, now=late, **given)

    assert refusal_of(by(representative)) is SubstitutionRefusal.TOO_LATE
    assert refusal_of(by(staff, by_staff=True)) is SubstitutionRefusal.REASON_NEEDED
    assert by(staff, by_staff=True, reason="Ốm")().state is RegistrationState.CONFIRMED
    entry = db.session.scalars(select(AuditEntry).filter_by(action="registration.substitute")).one()
    assert (entry.detail["reason"], entry.detail["acting_as"]) == ("Ốm", "coordinator")


def test_a_class_has_a_cut_off_of_its_own_for_this(firm, representative):
    run, by = a_run(), an_account(RoleName.COORDINATOR)
    nominate(representative, firm, run, AN)
    terms.set_terms(run.id, Terms(substitution=timedelta(hours=2)), by=by.id, now=NOW)
    late = START - timedelta(hours=20)
    assert send(representative, of("Nguyễn Văn An", run), now=late).state.has_a_place


def test_once_the_class_has_begun_nobody_does_it(firm, representative):
    run, staff = a_run(), an_account(RoleName.COORDINATOR)
    nominate(representative, firm, run, AN)
    theirs = of("Nguyễn Văn An", run)
    refused = refusal_of(lambda: send(staff, theirs, reason="x", by_staff=True, now=START))
    assert refused is SubstitutionRefusal.STARTED


def test_who_is_on_the_list_already_comes_in_nobodys_place(firm, representative):
    run = a_run()
    nominate(representative, firm, run, AN, BICH)
    bich = of("Trần Thị Bích", run).person
    theirs = of("Nguyễn Văn An", run)
    refused = refusal_of(lambda: send(representative, theirs, ticked=[bich]))
    assert refused is NominationRefusal.ALREADY_ON_THE_LIST
    assert kept_places(run) == (2, 0)


def test_a_place_that_is_kept_for_members_stays_with_members(firm, representative):
    run, by = a_run(seats=2), an_account(RoleName.COORDINATOR)
    terms.add_group(run.id, Group(members_only=True), seats=1, by=by.id, now=NOW)
    em = colleague(firm, full_name="Võ Em")
    saved(Membership(person_id=em.id, from_day=clock.local_day(NOW)))
    nominate(representative, firm, run, AN, ticked=[em])
    agree(a_person())

    refused = refusal_of(lambda: send(representative, of("Võ Em", run)))

    assert refused is SubstitutionRefusal.KEPT_FOR_A_GROUP
    assert kept_places(run) == (2, 0)


def test_calendars_follow(firm, representative):
    run = a_run()
    nominate(representative, firm, run, AN)
    an = of("Nguyễn Văn An", run)
    before = turnouts_of(firm.id)[run.id]
    mine = send(representative, an)

    people = standings_of([an.person_id, mine.person_id])
    assert people[run.id, an.person_id].status.value == "CANCELLED"
    assert people[run.id, mine.person_id].status.value == "CONFIRMED"
    after = turnouts_of(firm.id)[run.id]
    assert (after.have_a_place, after.standing.changes) == (1, before.standing.changes)


# The pages


def test_the_organisation_sees_its_people_and_sends_somebody_else(sign_in, firm, representative):
    run = a_run(seats=1)
    nominate(representative, firm, run, AN, BICH)
    browser, an = sign_in(representative), of("Nguyễn Văn An", run)
    to = f"/organisations/{firm.code}/registrations/{an.public_id}/substitution"
    listed = f"/organisations/{firm.code}/classes/{run.code}"

    assert f'href="{to}"' in browser.get(listed).text
    assert browser.get(to).status_code == 200
    unsaid = browser.post(to, data={"person": DUNG})
    assert unsaid.status_code == 422
    assert "Đỗ Dũng" in unsaid.text
    assert "Đánh dấu rằng người này" in unsaid.text
    nobody = browser.post(to, data={"agreed": "y"})
    assert nobody.status_code == 422
    assert browser.post(to, data={"person": DUNG, "agreed": "y"}).status_code == 302

    page = browser.get(listed).text
    nominating = f'href="/organisations/{firm.code}/nominate/{run.code}"'
    assert nominating in page
    run.state = RunState.CANCELLED
    db.session.commit()
    assert nominating not in browser.get(listed).text
    assert "Đã có người khác đi thay" in page
    assert f'href="{to}"' not in page


def test_the_list_of_our_people_costs_a_fixed_number_of_queries(
    sign_in, firm, representative, count_queries
):
    browser = sign_in(representative)

    def queries_with(people):
        run = a_run(seats=people)
        nominate(
            representative, firm, run, *(f"Người {n}, n{people}.{n}@x.vn" for n in range(people))
        )
        address = f"/organisations/{firm.code}/classes/{run.code}"
        db.session.rollback()
        with count_queries() as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    assert queries_with(2) == queries_with(20)


def test_another_organisations_people_are_not_shown(sign_in, firm, representative):
    other = an_organisation()
    run = a_run()
    nominate(representative, other, run, AN)
    browser, an = sign_in(representative), of("Nguyễn Văn An", run)
    to = f"/organisations/{firm.code}/registrations/{an.public_id}/substitution"
    assert browser.get(to).status_code == 404
    assert "Nguyễn Văn An" not in browser.get(f"/organisations/{firm.code}/classes/{run.code}").text

"""An organisation takes somebody back whom it nominated, and sends nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from club.registration import terms
from club.registration.models import RegistrationState
from club.registration.nominations.rules.taking_back import TakingBackRefusal
from club.registration.nominations.taking_back import take_back
from club.registration.rules.leaving import WithdrawalRefusal
from club.registration.rules.terms import Terms
from tests.registration.nominating_kit import AN, BICH, nominate
from tests.registration.support import (
    a_registrant,
    active,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.registration.test_substitution import START, of, refusal_of
from tests.support.factories import NOW, a_run, an_account, an_employment
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")
WHY = "Xưởng đổi ca, anh An không đi được."


def back(by, theirs, *, now=NOW):
    take_back(theirs.id, reason=WHY, by=by.id, now=now)
    db.session.rollback()


def test_the_place_goes_to_the_next_in_line_and_each_is_told_once(firm, representative):
    run, waiting = a_run(seats=1), a_registrant()
    nominate(representative, firm, run, AN)
    register(waiting, run)
    an = of("Nguyễn Văn An", run)

    back(representative, an)

    assert states(run) == [(1, "withdrawn"), (2, "offered")]
    assert kept_places(run) == (1, 0)
    assert story(an)[-1] == ("confirmed", "withdrawn", "withdrawn_by_organisation")
    assert letters() == ["nominated", "waiting", "offered", "withdrawn_by_organisation"]
    letter = db.session.scalars(select(Letter).filter_by(recipient="an@congty.vn")).all()[-1]
    assert WHY in letter.body_text
    assert "Phạm Demo Long, Công ty Gỗ Demo" in letter.body_text
    assert "METHOD:CANCEL" in letter.calendar
    entry = db.session.scalars(select(AuditEntry).filter_by(action="registration.take_back")).one()
    assert (entry.subject_id, entry.detail["reason"]) == (str(an.public_id), WHY)


def test_an_offer_and_a_number_in_line_are_taken_back_as_well(firm, representative):
    run, holder = a_run(seats=1), a_registrant()
    register(holder, run)
    nominate(representative, firm, run, AN, BICH)
    withdraw(holder, run)
    assert states(run)[1:] == [(2, "offered"), (3, "waiting")]
    back(representative, of("Nguyễn Văn An", run))
    assert states(run)[1:] == [(2, "withdrawn"), (3, "offered")]
    back(representative, of("Trần Thị Bích", run))
    assert kept_places(run) == (0, 0)


def test_what_an_organisation_does_not_take_back(firm, representative):
    run, alone = a_run(), a_registrant()
    an_employment(alone.person, firm)
    register(alone, run, organisation=firm)
    nominate(representative, firm, run, AN)
    an = of("Nguyễn Văn An", run)

    def refused(theirs, now=NOW):
        return refusal_of(lambda: back(representative, theirs, now=now))

    assert refused(active(alone, run)) is TakingBackRefusal.NOT_NOMINATED
    assert refused(an, START - timedelta(hours=24)) is TakingBackRefusal.TOO_LATE
    assert refused(an, START) is WithdrawalRefusal.STARTED
    assert states(run) == [(1, "confirmed"), (2, "confirmed")]
    back(representative, an, now=START - timedelta(hours=25))
    assert refused(an) is WithdrawalRefusal.NOT_REGISTERED


def test_the_cut_off_is_the_one_for_sending_somebody_else(firm, representative):
    run, by = a_run(), an_account(RoleName.COORDINATOR)
    nominate(representative, firm, run, AN)
    terms.set_terms(run.id, Terms(substitution=timedelta(hours=2)), by=by.id, now=NOW)
    back(representative, of("Nguyễn Văn An", run), now=START - timedelta(hours=3))
    assert states(run) == [(1, "withdrawn")]


def test_the_page_asks_for_a_reason_and_the_story_says_who(sign_in, firm, representative):
    run, staff = a_run(), an_account(RoleName.COORDINATOR)
    nominate(representative, firm, run, AN)
    browser, an = sign_in(representative), of("Nguyễn Văn An", run)
    to = f"/organisations/{firm.code}/registrations/{an.public_id}/withdrawal"
    listed = f"/organisations/{firm.code}/classes/{run.code}"
    assert f'href="{to}"' in browser.get(listed).text
    assert browser.get(to).status_code == 200
    assert browser.post(to, data={"reason": " "}).status_code == 422
    assert of("Nguyễn Văn An", run).state is RegistrationState.CONFIRMED
    answer = browser.post(f"{to}?lang=en", data={"reason": WHY})
    assert "Nguyễn Văn An is off the list and has been told." in flashed(browser, answer)
    assert f'href="{to}"' not in browser.get(listed).text
    again = browser.post(to, data={"reason": WHY})
    assert (again.status_code, WHY in again.text) == (409, True)
    office = words(sign_in(staff).get(f"/registrations/{an.public_id}?lang=en"))
    assert "The organisation took the nomination back." in office
    assert f"Reason: {WHY} Done by Phạm Demo Long" in office


def test_the_clubs_staff_have_their_own_page_for_it(sign_in, firm, representative):
    run = a_run()
    nominate(representative, firm, run, AN)
    office, an = sign_in(an_account(RoleName.COORDINATOR)), of("Nguyễn Văn An", run)
    to = f"/organisations/{firm.code}/registrations/{an.public_id}/withdrawal"
    assert f'href="{to}"' not in office.get(f"/organisations/{firm.code}/classes/{run.code}").text
    assert office.post(to, data={"reason": WHY}).status_code == 404

"""The club's own recognitions are reminded of as certificates are."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.renewing import confirm_renewal
from club.certification.awards.operations.withdrawing import (
    agree_to_withdrawal,
    propose_withdrawal,
)
from club.certification.expiry.models import AwardReminder
from club.certification.expiry.operations import remind_of_ends
from club.db import db
from tests.certification.assessment.kit import a_coordinator
from tests.certification.awards.kit import a_renewing_level, brought, holder, morning
from tests.certification.candidacy.test_race import at_once
from tests.certification.kit import checked, with_schemes
from tests.certification.scheme_kit import a_version, published
from tests.support.factories import NOW, an_account
from tests.support.letters import letters_to
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

LAST = date(2028, 3, 3)


def at(left):
    return morning(LAST - timedelta(days=left))


def letters(candidate):
    return letters_to(candidate.person_id, "certification.recognition_ends")


def test_the_holder_is_reminded_once_at_each_planned_day():
    candidate = holder()
    for left in (181, 180, 179, 90, 90, 30, 8, 7, 0, -1):
        follow_days(now=at(left))
        remind_of_ends(now=at(left))
    kept = db.session.scalars(select(AwardReminder).order_by(AwardReminder.id))
    assert [(one.days, one.expires_on) for one in kept] == [
        (days, LAST) for days in (180, 90, 30, 7)
    ]
    assert len(letters(candidate)) == 4
    assert "03/03/2028" in letters(candidate)[0].subject
    assert f"/candidacies/{candidate.public_id}" in letters(candidate)[0].body_text


def test_the_version_of_the_holder_says_when_and_no_later_one():
    level = a_renewing_level(reminder_days=[60])
    candidate = holder(level)
    published(a_version(scheme=level.version.scheme, number=2, reminder_days=[200, 100]))
    assert [remind_of_ends(now=at(left)) for left in (200, 100, 60, 59)] == [0, 0, 1, 0]
    assert len(letters(candidate)) == 1


def test_a_clock_that_jumps_causes_one_letter():
    holder()
    assert remind_of_ends(now=at(400)) == 0
    assert remind_of_ends(now=at(3)) == 1
    assert remind_of_ends(now=at(3)) == 0


def test_two_workers_at_once_write_one_letter(app):
    candidate = holder(account=an_account())
    deed = lambda: remind_of_ends(now=at(30))  # noqa: E731
    at_once(app, deed, deed)
    assert len(letters(candidate)) == 1


def test_what_is_renewed_ends_later():
    candidate = holder()
    brought(candidate, day=date(2027, 5, 1))
    follow_days(now=at(90))
    confirm_renewal(candidate.id, remark=None, by=a_coordinator().id, now=at(90))
    assert remind_of_ends(now=at(30)) == 0


def test_nobody_is_reminded_of_what_was_withdrawn():
    candidate = holder()
    propose_withdrawal(candidate.id, reason="Vì thế", by=a_coordinator().id, now=NOW)
    agree_to_withdrawal(candidate.id, by=a_coordinator().id, now=NOW)
    assert remind_of_ends(now=at(30)) == 0


def test_coordinators_see_recognitions_among_what_ends(sign_in, time_machine):
    candidate = holder()
    time_machine.move_to(at(20), tick=False)
    follow_days(now=at(20))
    for role, leads_there in ((RoleName.COORDINATOR, True), (RoleName.OFFICIAL, False)):
        page = sign_in(an_account(role)).get("/office/certification/expiring")
        assert "Còn 20 ngày" in words(page)
        # How a candidacy stands officials read nowhere else either.
        assert ("Đến kỳ gia hạn" in words(page)) is leads_there
        assert (f"/candidacies/{candidate.public_id}/standing" in page.text) is leads_there


def test_the_list_asks_the_same_for_one_and_for_several(sign_in, count_queries, time_machine):
    level = a_renewing_level()
    holder(level)
    time_machine.move_to(at(20), tick=False)
    browser = sign_in(an_account(RoleName.COORDINATOR))
    browser.get("/office/certification/expiring")
    with count_queries() as for_one:
        browser.get("/office/certification/expiring")
    for _each in range(4):
        holder(level)
    with count_queries() as for_many:
        browser.get("/office/certification/expiring")
    assert len(for_many) == len(for_one)


def test_whoever_has_several_to_be_reminded_of_gets_one_letter():
    with_schemes()
    account, other = an_account(), an_account()
    candidate = holder(account=account)
    for number, person in (("PS-001", account.person), ("PS-002", other.person)):
        checked(person, number, expires_on=LAST)
    checked(account.person, "PS-003", expires_on=LAST - timedelta(days=5), scheme_key="tcvn_13751")
    assert remind_of_ends(now=at(30)) == 4
    assert remind_of_ends(now=at(30)) == 0
    assert letters(candidate) == []
    assert letters_to(account.person_id, "certification.certificate_ends") == []
    [letter] = letters_to(account.person_id, "certification.several_end")
    assert "3 chứng nhận và danh hiệu của anh chị" in letter.subject
    for said in ("27/02/2028", "PS-003", "03/03/2028", "PS-001", candidate.level.name):
        assert said in letter.body_text
    assert letter.body_text.index("PS-003") < letter.body_text.index("PS-001")
    assert len(letters_to(other.person_id, "certification.certificate_ends")) == 1

"""Being proposed: by the club, or by the organisation that somebody works for."""

from datetime import timedelta

import pytest

from club.certification.candidacy import queries
from club.certification.candidacy.models import (
    CandidateState,
    StepReason,
)
from club.certification.candidacy.operations import applying
from club.certification.candidacy.operations.applying import Nomination
from club.certification.candidacy.rules import CandidacyRefusal
from club.clock import local_day
from tests.certification.candidacy.kit import (
    a_level,
    coordinator,
    letters,
    refused,
    story,
)
from tests.support.factories import (
    NOW,
    a_person,
    an_account,
    an_employment,
    an_organisation,
)

S, R = CandidateState, StepReason
pytestmark = pytest.mark.usefixtures("context")


def nominated(person=None, organisation=None, by=None, level=None):
    by = by or coordinator()
    person = person or an_account().person
    nomination = Nomination(
        person.id, (level or a_level()).id, organisation.id if organisation else None, "Rất hợp."
    )
    return applying.nominate(nomination, by=by.id, now=NOW)


def test_a_nominated_person_becomes_a_candidate_by_agreeing():
    account = an_account()
    candidate = nominated(account.person)
    assert candidate.state is S.NOMINATED
    assert "Rất hợp." in letters("nominated")[0].body_text
    applying.agree(candidate.id, motivation="Tôi muốn", by=account.id, now=NOW)
    assert story(candidate) == [
        (None, S.NOMINATED, R.NOMINATED_BY_CLUB),
        (S.NOMINATED, S.APPLIED, R.NOMINATION_ACCEPTED),
    ]
    assert candidate.motivation == "Tôi muốn"


def test_a_nominated_person_may_decline_and_be_nominated_again():
    account = an_account()
    level = a_level()
    candidate = nominated(account.person, level=level)
    applying.decline(candidate.id, remark=None, by=account.id, now=NOW)
    again = refused(applying.agree, candidate.id, motivation=None, by=account.id, now=NOW)
    assert again is CandidacyRefusal.ANSWERED
    assert nominated(account.person, level=level).state is S.NOMINATED


def test_an_organisation_nominates_only_its_own_people():
    firm, person, level = an_organisation(), a_person(), a_level()
    refusal = refused(nominated, person, firm, level=level)
    assert refusal is CandidacyRefusal.NOT_OF_ORGANISATION
    an_employment(person, firm)
    candidate = nominated(person, firm, level=level)
    assert candidate.steps[0].reason is R.NOMINATED_BY_ORGANISATION
    assert queries.nominated_for(firm.id, on=local_day(NOW)) == [candidate]


def test_an_organisation_follows_its_people_until_they_leave_or_their_way_is_over():
    firm, level, today = an_organisation(), a_level(), local_day(NOW)
    leaves, declines = a_person(), an_account()
    an_employment(leaves, firm, to_day=today)
    an_employment(declines.person, firm)
    gone, declined = (nominated(one, firm, level=level) for one in (leaves, declines.person))
    assert queries.nominated_for(firm.id, on=today) == [declined, gone]
    applying.decline(declined.id, remark=None, by=declines.id, now=NOW)
    assert queries.nominated_for(firm.id, on=today) == [gone]
    assert queries.nominated_for(firm.id, on=today + timedelta(days=1)) == []


def test_nobody_nominates_oneself():
    account = coordinator()
    assert refused(nominated, account.person, by=account) is CandidacyRefusal.OWN_NOMINATION


def test_a_nomination_is_taken_back_until_it_is_answered():
    candidate = nominated()
    applying.take_nomination_back(candidate.id, by=coordinator().id, now=NOW)
    assert candidate.state is S.WITHDRAWN
    assert len(letters("nomination_taken_back")) == 1


def test_the_letter_leads_whoever_has_no_account_to_making_one_first():
    level = a_level()
    nominated(an_account().person, level=level)
    nominated(a_person(), level=level)
    with_account, without = (letter.body_text for letter in letters("nominated"))
    assert "/register" not in with_account
    assert without.index("/register") < without.index("/candidacies/")
    assert "anh chị cần tài khoản" in without
    assert "Nếu không muốn, anh chị không cần làm gì." in without

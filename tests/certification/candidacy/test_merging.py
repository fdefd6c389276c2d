"""Two entries of one person, both on their way to a level."""

from datetime import date

import pytest

from club.accounts.models import RoleName
from club.certification.awards.models import Award
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations import going_on
from club.certification.candidacy.rules import CandidacyRefusal, Conflict
from club.db import db
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_judged_level
from tests.certification.awards.kit import certified, recognised
from tests.certification.candidacy.kit import a_level, applied, refused
from tests.certification.scheme_kit import a_scheme
from tests.people.merging_kit import conflicts, joined, two_entries, undone
from tests.support.factories import NOW, an_account, an_employment, an_organisation, reload

pytestmark = pytest.mark.usefixtures("context")


def test_which_of_two_ways_to_one_level_goes_on_is_decided_first():
    kept, gone = two_entries()
    level, coordinator = a_level(), an_account(RoleName.COORDINATOR)
    stays, ends = (applied(level, an_account(person=person)) for person in (kept, gone))
    assert conflicts(kept, gone) == [("TWO_WAYS", ["Chuyên gia"])]
    with pytest.raises(RefusedError):
        joined(kept, gone, by=coordinator)
    going_on.withdraw_on_behalf(
        ends.id, remark="Là một người, hồ sơ kia đi tiếp", by=coordinator.id, now=NOW
    )
    joined(kept, gone, by=coordinator)
    assert [reload(one).person_id for one in (stays, ends)] == [kept.id, kept.id]
    step = reload(ends).steps[-1]
    assert (step.to_state, step.reason) == (
        CandidateState.WITHDRAWN,
        StepReason.WITHDRAWN_BY_CLUB,
    )
    assert step.remark == "Là một người, hồ sơ kia đi tiếp"


def test_ways_to_different_levels_go_along_and_come_back():
    kept, gone = two_entries()
    account = an_account(person=gone)
    applied(a_level(), an_account(person=kept))
    goes = applied(a_level(a_scheme("other")), account)
    assert conflicts(kept, gone) == []
    staff = an_account(RoleName.COORDINATOR)
    merged = joined(kept, gone, by=staff)
    assert reload(goes).person_id == kept.id
    undone(merged, by=staff)
    assert reload(goes).person_id == gone.id


def test_of_two_recognitions_the_holder_gives_one_up():
    kept, gone = two_entries()
    level, accounts = a_judged_level(), [an_account(person=person) for person in (kept, gone)]
    stays, ends = (recognised(level, account).candidate for account in accounts)
    assert conflicts(kept, gone) == [("RECOGNISED_TWICE", ["Chuyên gia"])]
    coordinator = an_account(RoleName.COORDINATOR)
    refusal = refused(
        going_on.withdraw_on_behalf, ends.id, remark="Là một", by=coordinator.id, now=NOW
    )
    assert refusal is CandidacyRefusal.OVER
    going_on.withdraw(ends.id, remark=None, by=accounts[1].id, now=NOW)
    joined(kept, gone, by=coordinator)
    assert {award.person_id for award in db.session.query(Award)} == {kept.id}
    assert reload(stays).state is CandidateState.VALID


@pytest.mark.parametrize("first", [certified, lambda *given: recognised(*given).candidate])
def test_what_was_decided_and_not_recognised_yet_can_be_ended(first):
    kept, gone = two_entries()
    level = a_judged_level()
    stays = first(level, an_account(person=kept))
    ends = certified(level, an_account(person=gone))
    assert conflicts(kept, gone) == [("TWO_WAYS", ["Chuyên gia"])]
    coordinator = an_account(RoleName.COORDINATOR)
    going_on.withdraw_on_behalf(ends.id, remark="Là một người", by=coordinator.id, now=NOW)
    joined(kept, gone, by=coordinator)
    assert reload(ends).state is CandidateState.WITHDRAWN
    assert "Là một người" in ends.steps[-1].told
    assert reload(stays).state is not CandidateState.WITHDRAWN


def test_nobody_with_a_tie_ends_what_was_decided():
    candidate, coordinator = certified(), an_account(RoleName.COORDINATOR)
    organisation = an_organisation()
    for person in (candidate.person, coordinator.person):
        an_employment(person, organisation, from_day=date(2026, 1, 1))
    given = {"remark": "Là một người", "by": coordinator.id, "now": NOW}
    refusal = refused(going_on.withdraw_on_behalf, candidate.id, **given)
    assert refusal is Conflict.SAME_ORGANISATION

"""Two entries of one person, both on their way to a level."""

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations import going_on
from club.refusal import RefusedError
from tests.certification.candidacy.kit import a_level, applied
from tests.certification.scheme_kit import a_scheme
from tests.people.merging_kit import conflicts, joined, two_entries, undone
from tests.support.factories import NOW, an_account, reload

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

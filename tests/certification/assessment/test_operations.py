import re
from datetime import date, timedelta

import pytest

from club.accounts.models import RoleName
from club.certification.assessment import queries
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.models import Choice, TaskState
from club.certification.assessment.operations.asking import ask_assessor, give_back, take_back
from club.certification.assessment.operations.deciding import Ruling, decide, vote
from club.certification.assessment.operations.judging import NewFinding, finish, keep_findings
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.assessment.verdicts import disputed_by_assessors, verdicts_on
from club.certification.candidacy import queries as candidacies
from club.certification.candidacy.models import CandidateState, StepReason, UseState
from club.certification.candidacy.operations import applying
from club.certification.candidacy.operations.evidence import withdraw_evidence
from club.certification.candidacy.operations.going_on import hand_in, send_back
from club.certification.candidacy.rules import Conflict
from club.certification.candidacy.standing import progress_of
from club.certification.schemes.models import Deciding, Majority
from club.clock import local_day
from club.refusal import RefusedError
from tests.certification.assessment.kit import (
    DUE,
    a_coordinator,
    a_judged_level,
    an_assessor,
    asked,
    found,
    judged,
    under_assessment,
)
from tests.certification.kit import a_record
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    reload,
)
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

TODAY = local_day(NOW)
CERTIFIED, NOT_YET = CandidateState.CERTIFIED, CandidateState.NOT_YET


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def decided(candidate, outcome=CERTIFIED, reason=None, by=None):
    return decide(candidate.id, Ruling(outcome, reason), by=(by or a_coordinator()).id, now=NOW)


def test_an_assessor_is_asked_once_and_told():
    candidate, assessor = under_assessment(), an_assessor()
    task = asked(candidate, assessor)
    assert (task.state, task.due_on) == (TaskState.ASKED, DUE)
    assert [one.id for one in queries.queue_of(assessor.id)] == [task.id]
    assert len(letters_to(assessor.person_id, "certification.assessor_asked")) == 1
    with refused(AssessmentRefusal.ASKED_ALREADY):
        asked(candidate, assessor)


def test_only_assessors_are_asked_and_only_for_days_to_come():
    candidate, by = under_assessment(), a_coordinator()
    with refused(AssessmentRefusal.NOT_AN_ASSESSOR):
        asked(candidate, an_account(RoleName.TRAINER))
    with refused(AssessmentRefusal.DUE_IN_THE_PAST):
        ask_assessor(
            candidate.id,
            an_assessor().id,
            due_on=TODAY - timedelta(days=1),
            by=by.id,
            now=NOW,
        )


def test_nobody_is_asked_about_an_own_candidacy():
    assessor = an_assessor()
    candidate = under_assessment(account=assessor)
    with refused(Conflict.IS_THE_CANDIDATE):
        asked(candidate, assessor)


def test_whoever_works_with_the_candidate_is_not_asked():
    assessor, candidate = an_assessor(), under_assessment()
    organisation = an_organisation()
    an_employment(assessor.person, organisation, from_day=date(2020, 1, 1))
    an_employment(candidate.person, organisation, from_day=date(2021, 1, 1))
    with refused(Conflict.SAME_ORGANISATION):
        asked(candidate, assessor)


def test_whoever_worked_there_before_can_be_asked():
    assessor, candidate = an_assessor(), under_assessment()
    organisation = an_organisation()
    an_employment(
        assessor.person, organisation, from_day=date(2020, 1, 1), to_day=date(2020, 12, 31)
    )
    an_employment(candidate.person, organisation, from_day=date(2020, 1, 1))
    assert asked(candidate, assessor).state is TaskState.ASKED


def test_whoever_trained_the_candidate_is_not_asked():
    assessor, candidate = an_assessor(), under_assessment()
    run = a_run(trainers=[assessor.person])
    a_record(candidate.person, run)
    with refused(Conflict.TRAINED_THE_CANDIDATE):
        asked(candidate, assessor)


def test_whoever_nominated_the_candidate_is_not_asked():
    nominator = an_account(RoleName.ASSESSOR, RoleName.COORDINATOR)
    level, person = a_judged_level(), a_person()
    nomination = applying.Nomination(person.id, level.id)
    candidate = applying.nominate(nomination, by=nominator.id, now=NOW)
    assert conflict_with(candidate, nominator, on=TODAY) is Conflict.NOMINATED_THE_CANDIDATE


def test_findings_are_kept_and_changed_without_losing_the_earlier_ones():
    candidate = under_assessment()
    task = asked(candidate)
    (first, second) = found(candidate)
    keep_findings(task.id, [first], now=NOW)
    keep_findings(task.id, [first], now=NOW)
    keep_findings(
        task.id, [NewFinding(first.requirement_id, fulfilled=False, note="Thiếu")], now=NOW
    )
    rows = reload(task).findings
    assert [(one.fulfilled, one.superseded_at is None) for one in rows] == [
        (True, False),
        (False, True),
    ]
    with refused(AssessmentRefusal.NOT_ALL_JUDGED):
        finish(task.id, [], now=NOW)
    assert finish(task.id, [second], now=NOW).state is TaskState.DONE


def test_a_no_says_what_is_missing_and_other_requirements_are_not_judged():
    candidate = under_assessment()
    task = asked(candidate)
    (first, _second) = found(candidate)
    with refused(AssessmentRefusal.NOTE_MISSING):
        keep_findings(task.id, [NewFinding(first.requirement_id, fulfilled=False)], now=NOW)
    with refused(AssessmentRefusal.OTHER_REQUIREMENT):
        keep_findings(task.id, [NewFinding(999, fulfilled=True)], now=NOW)
    assert reload(task).findings == []


def test_a_conflict_that_comes_later_ends_the_judging():
    assessor, candidate = an_assessor(), under_assessment()
    task = asked(candidate, assessor)
    organisation = an_organisation()
    for person in (assessor.person, candidate.person):
        an_employment(person, organisation, from_day=date(2026, 1, 1))
    with refused(Conflict.SAME_ORGANISATION):
        finish(task.id, found(candidate), now=NOW)


def test_what_assessors_agree_on_counts_once_they_are_done():
    candidate = under_assessment()
    task = asked(candidate)
    keep_findings(task.id, found(candidate), now=NOW)
    assert verdicts_on([candidate.id]) == {}
    finish(task.id, [], now=NOW)
    verdicts = verdicts_on([candidate.id])[candidate.id]
    assert {key: said.fulfilled for key, said in verdicts.items()} == {
        "project": True,
        "interview": True,
    }


def test_disagreement_is_kept_and_settled_with_a_reason():
    candidate = under_assessment()
    judged(candidate)
    judged(candidate, project=False)
    assert set(verdicts_on([candidate.id])[candidate.id]) == {"interview"}
    assert disputed_by_assessors(candidate.id) == {"project"}
    with refused(AssessmentRefusal.REASON_MISSING):
        decided(candidate)
    assert decided(candidate, reason="Báo cáo đủ số đo").state is CERTIFIED
    assert disputed_by_assessors(candidate.id) == {"project"}


def test_a_task_given_or_taken_back_counts_no_more():
    candidate, assessor = under_assessment(), an_assessor()
    task = judged(candidate, assessor, project=False)
    take_back(task.id, reason="Không còn cần", by=a_coordinator().id, now=NOW)
    assert verdicts_on([candidate.id]) == {}
    assert len(letters_to(assessor.person_id, "certification.assessor_taken_back")) == 1
    again = asked(candidate)
    with refused(AssessmentRefusal.REASON_MISSING):
        give_back(again.id, reason=None, now=NOW)
    give_back(again.id, reason="Đi công tác", now=NOW)
    with refused(AssessmentRefusal.OVER):
        finish(again.id, found(candidate), now=NOW)


def test_somebody_else_decides_and_the_candidate_is_told():
    candidate, decider = under_assessment(), a_coordinator()
    judged(candidate)
    decided(candidate, by=decider)
    step = reload(candidate).steps[-1]
    assert (step.reason, step.to_state, step.by_id) == (StepReason.DECIDED, CERTIFIED, decider.id)
    letter = letters_to(candidate.person_id, "certification.decided")[0]
    assert step.progress
    assert step.told == f"{letter.subject}\n\n{letter.body_text}"
    uses = candidacies.uses_in(candidate.id)
    assert {use.state for use in uses} == {UseState.ACCEPTED}
    with refused(AssessmentRefusal.NOT_UNDER_ASSESSMENT):
        decided(candidate, NOT_YET, "Lần hai")


def test_whoever_assessed_does_not_decide_and_neither_does_the_candidate():
    both = an_account(RoleName.ASSESSOR, RoleName.COORDINATOR)
    candidate = under_assessment()
    judged(candidate, both)
    with refused(AssessmentRefusal.ASSESSED_IT):
        decided(candidate, by=both)
    itself = an_account(RoleName.COORDINATOR)
    own = under_assessment(candidate.level, itself)
    judged(own)
    with refused(Conflict.IS_THE_CANDIDATE):
        decided(own, by=itself)


def test_nobody_is_certified_where_a_requirement_is_not_fulfilled():
    candidate = under_assessment()
    judged(candidate, interview=False)
    with refused(AssessmentRefusal.NOT_FULFILLED):
        decided(candidate)
    assert decided(candidate, NOT_YET, "Chưa qua phỏng vấn").state is NOT_YET


def test_evidence_taken_back_after_it_was_judged_leaves_the_decision():
    candidate = under_assessment()
    judged(candidate)
    decided(candidate)
    use = candidacies.uses_in(candidate.id)[0]
    withdraw_evidence(use.evidence_id, reason=None, by=use.evidence.handed_in_by_id, now=NOW)
    assert reload(candidate).state is CERTIFIED
    now = progress_of(candidate, candidacies.uses_in(candidate.id), on=TODAY)
    assert not now.is_complete


def test_tasks_of_an_earlier_round_are_over():
    candidate, assessor = under_assessment(), an_assessor()
    task = asked(candidate, assessor)
    send_back(candidate.id, remark="Bổ sung báo cáo", by=a_coordinator().id, now=NOW)
    assert queries.queue_of(assessor.id) == []
    hand_in(candidate.id, by=an_account().id, now=NOW)
    assert queries.queue_of(assessor.id) == []
    with refused(AssessmentRefusal.OVER):
        finish(task.id, found(candidate), now=NOW)
    again = asked(candidate, assessor)
    assert [one.id for one in queries.queue_of(assessor.id)] == [again.id]


def a_panel(quorum=2):
    level = a_judged_level(
        deciding=Deciding.PANEL, panel_quorum=quorum, panel_majority=Majority.MORE_THAN_HALF
    )
    candidate = under_assessment(level)
    judged(candidate)
    return candidate


def test_a_panel_votes_and_whoever_decides_is_bound():
    candidate, first, second = a_panel(), an_assessor(), a_coordinator()
    vote(candidate.id, Choice.YES, remark=None, by=first.id, now=NOW)
    with refused(AssessmentRefusal.QUORUM_MISSING):
        decided(candidate)
    with refused(AssessmentRefusal.REASON_MISSING):
        vote(candidate.id, Choice.NO, remark=None, by=second.id, now=NOW)
    vote(candidate.id, Choice.NO, remark="Chưa rõ kết quả", by=second.id, now=NOW)
    with refused(AssessmentRefusal.NO_MAJORITY):
        decided(candidate)
    vote(candidate.id, Choice.YES, remark=None, by=second.id, now=NOW)
    with refused(AssessmentRefusal.MAJORITY_SAYS_YES):
        decided(candidate, NOT_YET, "Không")
    assert decided(candidate).state is CERTIFIED


def test_assessors_of_the_round_and_schemes_without_a_panel_have_no_vote():
    candidate = under_assessment()
    with refused(AssessmentRefusal.NO_PANEL):
        vote(candidate.id, Choice.YES, remark=None, by=a_coordinator().id, now=NOW)
    by_panel, assessor = a_panel_with_assessor()
    with refused(AssessmentRefusal.ASSESSED_IT):
        vote(by_panel.id, Choice.YES, remark=None, by=assessor.id, now=NOW)


def a_panel_with_assessor():
    version = {"deciding": Deciding.PANEL, "panel_quorum": 1, "panel_majority": Majority.ALL}
    candidate, assessor = under_assessment(a_judged_level(**version)), an_assessor()
    judged(candidate, assessor)
    return candidate, assessor

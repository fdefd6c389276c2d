"""Certification of experts in the demo club: everybody finds something to do, by the club's own rules."""

from collections import Counter

import pytest
from sqlalchemy import select

from club.accounts.models import Account
from club.accounts.queries import account_by_email
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.models import AssessorTask, Choice, PanelVote, TaskState
from club.certification.assessment.operations.deciding import Ruling, decide, vote
from club.certification.assessment.operations.judging import (
    NewFinding,
    finish,
    requirements_to_judge,
)
from club.certification.awards.models import Award
from club.certification.awards.operations.following import follow_days
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.counting import valid_experts_on
from club.certification.expiry.operations import remind_of_ends
from club.certification.helping.models import HelpRequest
from club.certification.objections.models import (
    Appeal,
    AppealState,
    Complaint,
    ComplaintHearing,
    ComplaintState,
)
from club.certification.progress.validity import AwardStanding
from club.certification.queries import waiting_for_check
from club.certification.register.facts import Wanted
from club.certification.register.queries import experts_listed
from club.clock import local_day
from club.db import db
from club.demo.loading import Size, load_demo
from club.outbox.models import Letter
from club.pilots.queries import pilot_firms_on
from tests.demo.kit import count
from tests.support.factories import NOW

#: Each of them loads a whole club.
pytestmark = pytest.mark.slow


def test_assessors_find_something_to_do(reference):
    load_demo(Size(60, 12), now=NOW)
    assert waiting_for_check() == 3


def test_experts_can_be_found_and_have_been_asked(reference):
    load_demo(Size(60, 12), now=NOW)
    day = local_day(NOW)
    able = experts_listed(Wanted(helps="1"), on=day).items
    assert [expert.name for expert in able] == ["Trần Demo Khoa", "Đặng Demo Minh"]
    assert experts_listed(Wanted(tool="5s", language="en"), on=day).total == 1
    states = sorted(request.state.value for request in db.session.query(HelpRequest))
    assert states == ["under_way", "with_club", "with_expert"]


def test_the_plan_has_a_pilot_and_one_expert_who_counts(reference):
    load_demo(Size(60, 12), now=NOW)
    day = local_day(NOW)
    assert pilot_firms_on(day) == 1
    assert valid_experts_on(day) == 1


def test_people_are_on_their_way_to_the_own_recognition_at_several_stages(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    assert Counter(db.session.scalars(select(Candidate.state))) == {
        CandidateState.APPLIED: 2,
        CandidateState.ADMITTED: 1,
        CandidateState.COLLECTING: 3,
        CandidateState.UNDER_ASSESSMENT: 1,
        CandidateState.APPEALED: 1,
        CandidateState.VALID: 1,
        CandidateState.RENEWAL_DUE: 1,
    }


def test_one_recognition_is_near_its_end_and_its_holder_is_not_written_to(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    due = select(Candidate.id).where(Candidate.state == CandidateState.RENEWAL_DUE)
    [(candidate_id, facts)] = facts_of_candidates(db.session.scalars(due).all()).items()
    assert facts.on(local_day(NOW)) is AwardStanding.RENEWAL_DUE
    assert follow_days(now=NOW) == 0
    remind_of_ends(now=NOW)
    assert count(Letter, Letter.kind == "certification.recognition_ends") == 0
    assert db.session.get_one(Candidate, candidate_id).steps[-1].by_id is None


def test_an_appeal_waits_and_a_complaint_was_answered(reference):
    """Nobody was written to about them."""
    load_demo(Size(people=60, runs=8), now=NOW)
    assert count(Appeal, Appeal.state == AppealState.OPEN) == 1
    assert count(Complaint, Complaint.state == ComplaintState.PARTLY) == 1
    assert count(ComplaintHearing, ComplaintHearing.answer.is_not(None)) == 1
    assert count(Letter, Letter.kind.like("certification.%appeal%")) == 0


def test_certifying_in_the_demo_club_keeps_the_clubs_own_rules(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    awards = db.session.scalars(select(Award)).all()
    assert len(awards) == 2
    for award in awards:
        steps = {step.reason: step for step in award.candidate.steps}
        decided = steps[StepReason.DECIDED]
        own = db.session.query(Account).filter_by(person_id=award.person_id).one()
        assert {steps[why].by_id for why in (StepReason.APPLIED, StepReason.HANDED_IN)} == {own.id}
        admitted, recognised = steps[StepReason.ADMITTED], steps[StepReason.RECOGNISED]
        [task] = db.session.scalars(select(AssessorTask).filter_by(candidate_id=award.candidate_id))
        voters = set(
            db.session.scalars(
                select(PanelVote.voter_id).filter_by(candidate_id=award.candidate_id)
            )
        )
        assert (task.state, len(voters), task.assessor_id in voters) == (TaskState.DONE, 3, False)
        deciding = (admitted.by_id, task.assessor_id, decided.by_id, recognised.by_id)
        assert len(set(deciding)) == 4
        assert decided.progress["readiness"] == 100
    assert count(Letter, Letter.kind.like("certification.%")) == 0


def test_the_assessors_task_can_end_in_a_yes(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    [task] = db.session.scalars(select(AssessorTask).where(AssessorTask.state == TaskState.ASKED))
    assert task.assessor.email == "thamdinh@club.example"
    keeper, decider = (account_by_email(f"{name}@club.example") for name in ("dieuphoi", "quantri"))
    another = account_by_email("thamdinh3@club.example")
    assert conflict_with(task.candidate, another, on=local_day(NOW)) is None
    found = [NewFinding(one.id, fulfilled=True) for one in requirements_to_judge(task.candidate)]
    finish(task.id, found, now=NOW)
    vote(task.candidate_id, Choice.YES, remark=None, by=keeper.id, now=NOW)
    yes = Ruling(CandidateState.CERTIFIED)
    assert decide(task.candidate_id, yes, by=decider.id, now=NOW).state is yes.outcome


def test_the_demo_member_is_on_the_way_to_the_certificate_of_another_body(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    member = account_by_email("hoivien@club.example")
    ways = db.session.scalars(select(Candidate).where(Candidate.person_id == member.person_id))
    by_club = {way.level.version.scheme.awarded_by_club: way.state for way in ways}
    assert by_club[False] is CandidateState.COLLECTING


def test_steps_from_before_the_version_say_that_they_are_dated_back(reference):
    load_demo(Size(60, 12), now=NOW)
    said = {
        candidate: candidate.steps[0].remark
        for candidate in db.session.scalars(select(Candidate))
        if candidate.steps[0].reason is StepReason.APPLIED
    }
    assert said
    for candidate, remark in said.items():
        valid_from = candidate.level.version.valid_from
        is_earlier = valid_from is not None and local_day(candidate.begun_at) < valid_from
        assert (remark is not None) is is_earlier, candidate.begun_at
        if remark:
            assert f"áp dụng từ {valid_from:%d/%m/%Y}" in remark
    assert any(said.values())

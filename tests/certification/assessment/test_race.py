"""Two at the same moment, in two processes, and one whose process is killed in the middle."""

import multiprocessing
import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from club.audit.models import AuditEntry
from club.certification.assessment import queries
from club.certification.assessment.finding_queries import holding_findings
from club.certification.assessment.models import AssessorTask, Choice, Finding, TaskState
from club.certification.assessment.operations import deciding, judging
from club.certification.assessment.operations.asking import ask_assessor, take_back
from club.certification.assessment.operations.deciding import Ruling, decide, vote
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations import going_on
from club.certification.candidacy.operations.evidence import withdraw_evidence
from club.certification.candidacy.queries import uses_in
from club.certification.schemes.models import Deciding, Majority
from club.db import db
from club.outbox.models import Letter
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
from tests.certification.candidacy.kit import a_level, with_everything
from tests.registration.racing import app_over, at_once
from tests.support.factories import NOW, an_account, reload

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("context")]

YES = Ruling(CandidateState.CERTIFIED)
NO = Ruling(CandidateState.NOT_YET, "Cần thêm một dự án")


def reasons(candidate):
    return [step.reason for step in reload(candidate).steps]


def test_two_who_decide_at_once_decide_once(app):
    candidate = under_assessment()
    judged(candidate)
    by = [a_coordinator().id for _ in range(2)]
    came_to = at_once(
        app,
        [
            (decide, {"candidate_id": candidate.id, "ruling": ruling, "by": who})
            for ruling, who in zip((YES, NO), by, strict=True)
        ],
    )
    assert came_to.count("done") == 1, came_to
    assert [one for one in came_to if one.startswith("failed")] == []
    assert reasons(candidate).count(StepReason.DECIDED) == 1


def test_handing_in_twice_at_once_begins_one_round(app):
    account = an_account()
    candidate = with_everything(account, a_level())
    given = {"candidate_id": candidate.id, "by": account.id}
    came_to = at_once(app, [(going_on.hand_in, given)] * 3)
    assert came_to.count("done") == 1, came_to
    assert reasons(candidate).count(StepReason.HANDED_IN) == 1
    letters = select(func.count()).where(Letter.kind == "certification.handed_in")
    assert db.session.scalar(letters) == 1


def test_two_assessors_who_finish_at_once_both_count(app):
    candidate = under_assessment()
    tasks = [asked(candidate) for _ in range(2)]
    verbs = [
        (judging.finish, {"task_id": task.id, "found": found(candidate, project=fulfilled)})
        for task, fulfilled in zip(tasks, (True, False), strict=True)
    ]
    assert at_once(app, verbs) == ["done", "done"]
    assert [reload(task).state for task in tasks] == [TaskState.DONE] * 2
    assert len(holding_findings([candidate.id])) == 4


def test_one_assessor_who_finishes_in_two_windows_at_once_says_each_thing_once(app):
    candidate = under_assessment()
    task = asked(candidate)
    given = {"task_id": task.id, "found": found(candidate)}
    assert at_once(app, [(judging.finish, given)] * 2) == ["done", "done"]
    assert len(db.session.scalars(select(Finding)).all()) == 2


def test_one_assessor_is_asked_once_by_two(app):
    candidate, assessor = under_assessment(), an_assessor()
    verbs = [
        (
            ask_assessor,
            {
                "candidate_id": candidate.id,
                "assessor_id": assessor.id,
                "due_on": DUE,
                "by": a_coordinator().id,
            },
        )
        for _ in range(2)
    ]
    came_to = at_once(app, verbs)
    assert came_to.count("done") == 1, came_to
    assert db.session.scalar(select(func.count()).select_from(AssessorTask)) == 1


def test_a_task_taken_back_while_it_is_finished_is_one_of_the_two(app):
    candidate = under_assessment()
    task = asked(candidate)
    came_to = at_once(
        app,
        [
            (judging.finish, {"task_id": task.id, "found": found(candidate)}),
            (take_back, {"task_id": task.id, "reason": "Đổi người", "by": a_coordinator().id}),
        ],
    )
    assert [one for one in came_to if one.startswith("failed")] == []
    # Who finished first may still have the task taken back, never the other way round.
    assert reload(task).state is TaskState.TAKEN_BACK
    assert came_to[1] == "done"


def test_one_member_who_votes_in_two_windows_has_one_vote(app):
    level = a_judged_level(
        deciding=Deciding.PANEL, panel_quorum=2, panel_majority=Majority.MORE_THAN_HALF
    )
    candidate = under_assessment(level)
    given = {"candidate_id": candidate.id, "remark": "Lý do", "by": an_assessor().id}
    verbs = [(vote, {**given, "choice": choice}) for choice in (Choice.YES, Choice.NO)]
    assert at_once(app, verbs) == ["done", "done"]
    assert len(queries.votes_in(queries.round_of(candidate.id).id)) == 1


def test_evidence_taken_back_while_it_is_decided_changes_no_decision(app):
    account = an_account()
    candidate = under_assessment(account=account)
    judged(candidate)
    [use] = uses_in(candidate.id)
    taking = {"evidence_id": use.evidence_id, "reason": None, "by": account.id}
    deciding_it = {"candidate_id": candidate.id, "ruling": YES, "by": a_coordinator().id}
    came_to = at_once(app, [(withdraw_evidence, taking), (decide, deciding_it)])
    assert [one for one in came_to if one.startswith("failed")] == []
    assert came_to[0] == "done"
    assert reload(use).evidence.withdrawn_at is not None
    is_certified = reload(candidate).state is CandidateState.CERTIFIED
    assert is_certified == (came_to[1] == "done")


def _die_while_deciding(url, candidate_id, by):
    """Everything has been written, and nothing is kept yet."""
    deciding.note = lambda *_given, **_more: os._exit(9)
    with app_over(url).app_context():
        decide(candidate_id, YES, by=by, now=NOW)


def test_a_process_that_is_killed_in_the_middle_has_decided_nothing(app):
    candidate, coordinator = under_assessment(), a_coordinator()
    judged(candidate)
    counted = [select(func.count()).select_from(kind) for kind in (Letter, AuditEntry)]
    before = [db.session.scalar(query) for query in counted]
    candidate_id, by = candidate.id, coordinator.id
    db.session.rollback()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    process = multiprocessing.get_context("spawn").Process(
        target=_die_while_deciding, args=(url, candidate_id, by)
    )
    process.start()
    process.join(60)
    assert process.exitcode == 9
    assert reload(candidate).state is CandidateState.UNDER_ASSESSMENT
    assert StepReason.DECIDED not in reasons(candidate)
    assert [db.session.scalar(query) for query in counted] == before
    decide(candidate_id, YES, by=by, now=NOW + timedelta(minutes=1))
    assert reload(candidate).state is CandidateState.CERTIFIED

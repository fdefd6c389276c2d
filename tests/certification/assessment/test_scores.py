"""Scores of what the club holds, notes against what was handed in, and papers for what is held."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.assessment.operations.judging import NewFinding, finish, keep_findings
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.assessment.scores import ScoreRefusal, Sitting, asks_score
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations.going_on import hand_in, try_again
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.standing import progress_of
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import ExaminationTerms
from club.clock import local_day
from club.db import transaction
from tests.certification.assessment.kit import a_coordinator, an_assessor, asked
from tests.certification.awards.kit import morning
from tests.certification.candidacy.kit import PDF, admitted, handed_in, refused
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, an_account, reload
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")
TODAY = local_day(NOW)


@pytest.fixture
def level():
    """An examination of 70 of 100 points that the club holds, and months of work to judge."""
    version = a_version(scheme=a_scheme("scored"), number=1)
    terms = ExaminationTerms(out_of=Decimal(100), attempts=3, waiting_days=30)
    a_requirement(
        version, "exam", kind=RequirementKind.EXAMINATION, name="Bài thi", minimum=Decimal(70),
        unit=Unit.POINTS, judged_by=Judge.ASSESSOR, terms=terms,
    )  # fmt: skip
    a_requirement(
        version, "work", kind=RequirementKind.WORK_EXPERIENCE, position=2, minimum=Decimal(24),
        unit=Unit.MONTHS, judged_by=Judge.ASSESSOR, name="Kinh nghiệm làm việc",
    )  # fmt: skip
    return published(version, on=date(2026, 1, 1)).levels[0]


@pytest.fixture
def account():
    return an_account()


@pytest.fixture
def candidate(level, account):
    candidate = admitted(level, account)
    handed_in(candidate, by=account.id)
    return hand_in(candidate.id, by=account.id, now=NOW)


def found(candidate, *, fulfilled=True, note=None, work=True, work_note=None, **sitting):
    ids = {one.key: one.id for one in candidate.level.requirements}
    sat = Sitting(**{"score": Decimal("82.5"), "sat_on": TODAY, "attempt": 1} | sitting)
    return [NewFinding(ids["exam"], fulfilled, note, sat), NewFinding(ids["work"], work, work_note)]


def standing(candidate, key="exam"):
    return progress_of(candidate, uses_in(candidate.id), on=TODAY).standing_of(key)


def test_the_score_is_kept_as_data_and_is_what_counts(candidate):
    task = finish(asked(candidate).id, found(candidate), now=NOW)
    exam = next(one for one in task.findings if one.score is not None)
    assert (exam.score, exam.score_of) == (Decimal("82.5"), 100)
    assert (exam.sat_on, exam.attempt) == (TODAY, 1)
    assert (standing(candidate).amount, standing(candidate).state) == (
        Decimal("82.5"),
        NeedState.MET,
    )


def test_of_two_scores_the_lower_one_counts(candidate):
    finish(asked(candidate).id, found(candidate, score=Decimal(90)), now=NOW)
    finish(asked(candidate).id, found(candidate, score=Decimal(71)), now=NOW)
    assert standing(candidate).amount == 71


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"score": None}, ScoreRefusal.MISSING),
        ({"score": Decimal(69)}, ScoreRefusal.BELOW_MINIMUM),
        ({"score": Decimal(101)}, ScoreRefusal.ABOVE_HIGHEST),
        ({"score": Decimal(-1)}, ScoreRefusal.BELOW_ZERO),
        ({"sat_on": None}, ScoreRefusal.DAY_MISSING),
        ({"sat_on": TODAY + timedelta(days=1)}, ScoreRefusal.LATER),
        ({"attempt": None}, ScoreRefusal.ATTEMPT_MISSING),
        ({"attempt": 0}, ScoreRefusal.ATTEMPT_MISSING),
        ({"attempt": 4}, ScoreRefusal.TOO_MANY_ATTEMPTS),
        ({"score": Decimal(69), "fulfilled": False}, AssessmentRefusal.NOTE_MISSING),
    ],
)
def test_a_score_is_held_against_the_scheme(candidate, wrong, refusal):
    task = asked(candidate)
    assert refused(keep_findings, task.id, found(candidate, **wrong), now=NOW) is refusal


def test_who_failed_waits_for_the_days_between_two_attempts(candidate, account):
    failed = found(candidate, fulfilled=False, score=Decimal(52), note="52 điểm")
    finish(asked(candidate).id, failed, now=NOW)
    ruling = Ruling(CandidateState.NOT_YET, "Chưa đạt bài thi")
    decide(candidate.id, ruling, by=a_coordinator().id, now=NOW)
    try_again(candidate.id, by=account.id, now=NOW)
    for days, refusal in ((29, ScoreRefusal.TOO_SOON), (30, None)):
        then = morning(TODAY + timedelta(days=days))
        if days == 29:
            hand_in(candidate.id, by=account.id, now=then)
        again = found(reload(candidate), sat_on=local_day(then), attempt=2)
        task = asked(reload(candidate))
        if refusal:
            assert refused(keep_findings, task.id, again, now=then) is refusal
        else:
            assert keep_findings(task.id, again, now=then)


def test_against_what_was_handed_in_a_note_is_needed(level, account):
    candidate = admitted(level, account)
    use = handed_in(candidate, by=account.id)
    hand_in(candidate.id, by=account.id, now=NOW)
    with transaction():
        use.to_day = date(2023, 6, 30)
    task = asked(candidate)
    against = AssessmentRefusal.NOTE_AGAINST
    assert refused(keep_findings, task.id, found(candidate), now=NOW) is against
    assert keep_findings(task.id, found(candidate, work_note="Đã gọi nơi làm việc"), now=NOW)


def test_the_assessor_types_it_and_the_candidate_reads_it(
    candidate, account, sign_in, time_machine
):
    time_machine.move_to(NOW, tick=False)
    assessor = an_assessor()
    task = asked(candidate, assessor)
    browser, here = sign_in(assessor), f"/assessment/{task.public_id}"
    exam, work = candidate.level.requirements
    assert f'name="attempt_{exam.id}"' in browser.get(here).text
    assert f'name="score_{work.id}"' not in browser.get(here).text
    typed = {
        f"finding_{exam.id}": "yes", f"score_{exam.id}": "65", f"sat_on_{exam.id}": "2026-03-02",
        f"attempt_{exam.id}": "1", f"finding_{work.id}": "yes", "finish": "yes",
    }  # fmt: skip
    answer = browser.post(f"{here}/findings", data=typed)
    assert answer.status_code == 422
    assert "thấp hơn mức chương trình yêu cầu" in words(answer)
    assert "65" in answer.text
    good = typed | {f"score_{exam.id}": "82,5"}
    assert browser.post(f"{here}/findings", data=good).status_code == 302
    ruling = Ruling(CandidateState.CERTIFIED)
    decide(candidate.id, ruling, by=a_coordinator().id, now=NOW)
    page = words(sign_in(account).get(f"/candidacies/{candidate.public_id}"))
    assert "82,5 điểm / 100, ngày 02/03/2026, lần 1." in page


def test_no_paper_is_taken_for_what_assessors_hold(level, account, sign_in):
    candidate = admitted(level, account)
    own = sign_in(account)
    there = f"/candidacies/{candidate.public_id}/requirements/exam/evidence"
    page = own.get(there)
    assert "Người đánh giá tổ chức phần này" in words(page)
    assert 'type="file"' not in page.text
    typed = {
        "evidence": "", "kind": "other", "title": "Kết quả thi", "amount": "80",
        "day": "2026-03-01", "file": (BytesIO(PDF), "a.pdf"),
    }  # fmt: skip
    assert own.post(there, data=typed).status_code in {409, 422}
    assert uses_in(candidate.id) == []
    held = CandidacyRefusal.HELD_BY_ASSESSORS
    claim = {"amount": Decimal(80), "day": TODAY, "to_day": None, "by": account.id}
    assert refused(handed_in, candidate, "exam", **claim) is held


def test_only_what_the_club_holds_has_a_score_of_its_own(level):
    exam, work = level.requirements
    assert (asks_score(exam), asks_score(work)) == (True, False)

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from club.certification.candidacy import queries
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.candidacy.operations import admitting, applying, going_on
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.evidence import Judgement
from club.certification.candidacy.rules import CandidacyRefusal, Conflict
from club.certification.candidacy.standing import progress_of
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import (
    Judge,
    RequirementKind,
    SchemeVersion,
    Unit,
    VersionState,
)
from club.certification.schemes.settings import ExaminationTerms
from club.db import db, transaction
from tests.certification.candidacy.kit import (
    a_claim,
    a_level,
    admitted,
    applied,
    coordinator,
    handed_in,
    letters,
    refused,
    story,
)
from tests.certification.kit import a_record
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import (
    NOW,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

S, R = CandidateState, StepReason
pytestmark = pytest.mark.usefixtures("context")


def judge(use, state, remark=None, by=None):
    by = by or coordinator().id
    return papers.judge_use(use.id, Judgement(state, remark), by=by, now=NOW)


def test_applying_is_a_step_with_the_letter_that_was_written():
    candidate = applied()
    [step] = candidate.steps
    [letter] = letters("applied")
    assert story(candidate) == [(None, S.APPLIED, R.APPLIED)]
    assert step.told == f"{letter.subject}\n\n{letter.body_text}"
    assert "Chuyên gia (Chuyên gia cải tiến, 2026)" in letter.subject
    assert (candidate.state_since, candidate.level_key) == (NOW, "expert")


def test_nobody_goes_the_same_way_twice_at_once():
    level, account = a_level(), an_account()
    candidate = applied(level, account)
    assert refused(applied, level, account) is CandidacyRefusal.CANDIDATE_ALREADY
    going_on.withdraw(candidate.id, remark=None, by=account.id, now=NOW)
    assert applied(level, account).id != candidate.id


def test_the_database_refuses_a_second_open_way():
    candidate = applied()
    twin = Candidate(
        person_id=candidate.person_id,
        level_id=candidate.level_id,
        scheme_id=candidate.scheme_id,
        level_key=candidate.level_key,
        state=S.COLLECTING,
        state_since=NOW,
        begun_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction() as session:
        session.add(twin)


def test_the_same_level_of_a_later_version_is_no_other_level():
    scheme, account = a_scheme(), an_account()
    applied(a_level(scheme), account)
    later = a_level(scheme, number=2, on=date(2026, 2, 1))
    assert refused(applied, later, account) is CandidacyRefusal.CANDIDATE_ALREADY


def test_who_applies_while_a_newer_version_is_published_is_told_so():
    scheme = a_scheme()
    first = a_level(scheme)
    second = a_level(scheme, number=2, on=date(2026, 3, 3))
    assert refused(applied, first) is CandidacyRefusal.NEWER_VERSION
    assert applied(second).level_id == second.id


def test_a_closed_version_takes_nobody():
    level = a_level()
    with transaction() as session:
        version = session.get_one(SchemeVersion, level.version_id)
        version.state, version.closed_at = VersionState.CLOSED, NOW
    assert refused(applied, level) is CandidacyRefusal.NOT_OPEN


def test_a_version_takes_nobody_before_its_first_day():
    assert refused(applied, a_level(on=date(2026, 3, 4))) is CandidacyRefusal.NOT_OPEN


def test_admission_is_decided_by_somebody_else_and_once():
    account = coordinator()
    candidate = applied(account=account)
    own = refused(admitting.admit, candidate.id, remark=None, by=account.id, now=NOW)
    assert own is Conflict.IS_THE_CANDIDATE
    other = coordinator()
    admitting.admit(candidate.id, remark="Chào mừng", by=other.id, now=NOW)
    twice = refused(admitting.turn_down, candidate.id, remark="Không", by=other.id, now=NOW)
    assert twice is CandidacyRefusal.DECIDED
    assert "Chào mừng" in candidate.steps[-1].told


def test_who_is_not_admitted_reads_why():
    candidate = applied()
    by = coordinator().id
    silent = refused(admitting.turn_down, candidate.id, remark=None, by=by, now=NOW)
    assert silent is CandidacyRefusal.REASON_MISSING
    admitting.turn_down(candidate.id, remark="Chưa là hội viên", by=by, now=NOW)
    assert candidate.state is S.REFUSED
    assert "Chưa là hội viên" in letters("not_admitted")[0].body_text


def test_the_first_evidence_begins_the_collecting():
    candidate = admitted()
    use = handed_in(candidate)
    assert (use.state, reload(candidate).state) == (UseState.WAITING, S.COLLECTING)
    handed_in(candidate)
    assert [s.reason for s in candidate.steps].count(R.EVIDENCE_BEGUN) == 1


def test_one_paper_serves_several_requirements_but_each_once():
    candidate = admitted()
    use = handed_in(candidate)
    by = an_account().id
    claim = a_claim(candidate, "training", amount=Decimal(8), to_day=None)
    papers.use_evidence(use.evidence_id, candidate.id, claim, by=by, now=NOW)
    again = refused(
        papers.use_evidence, use.evidence_id, candidate.id, a_claim(candidate), by=by, now=NOW
    )
    assert again is CandidacyRefusal.USED_ALREADY
    assert len(reload(use.evidence).standing_uses) == 2


def test_nobody_uses_the_paper_of_somebody_else():
    use, other = handed_in(admitted()), admitted(a_level(a_scheme("another")))
    refusal = refused(
        papers.use_evidence, use.evidence_id, other.id, a_claim(other), by=an_account().id, now=NOW
    )
    assert refusal is CandidacyRefusal.OTHER_EVIDENCE


def test_evidence_goes_to_a_requirement_of_the_own_level():
    candidate, other = admitted(), admitted(a_level(a_scheme("another")))
    use = handed_in(candidate)
    refusal = refused(
        papers.use_evidence, use.evidence_id, candidate.id, a_claim(other), by=1, now=NOW
    )
    assert refusal is CandidacyRefusal.OTHER_REQUIREMENT


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"amount": Decimal(0)}, CandidacyRefusal.NO_AMOUNT),
        ({"day": date(2026, 3, 4), "to_day": None}, CandidacyRefusal.DAY_AHEAD),
        ({"to_day": date(2022, 1, 1)}, CandidacyRefusal.DAYS_TURNED),
    ],
)
def test_a_claim_that_cannot_be_is_refused_and_leaves_nothing(given, refusal):
    candidate = admitted()
    assert refused(handed_in, candidate, **given) is refusal
    assert (db.session.query(EvidenceUse).count(), queries.evidence_of(candidate.person_id)) == (
        0,
        [],
    )


def test_evidence_waits_for_admission():
    assert refused(handed_in, applied()) is CandidacyRefusal.NO_EVIDENCE_NOW


def test_withdrawn_evidence_keeps_its_row_and_counts_nowhere():
    use = handed_in(admitted())
    judge(use, UseState.ACCEPTED)
    owner = an_account().id
    evidence = papers.withdraw_evidence(use.evidence_id, reason="Nhầm", by=owner, now=NOW)
    assert reload(use).state is UseState.WITHDRAWN
    assert (evidence.withdrawn_at, evidence.file is not None) == (NOW, True)
    papers.withdraw_evidence(use.evidence_id, reason=None, by=owner, now=NOW + timedelta(days=1))
    assert reload(evidence).withdrawn_at == NOW
    assert refused(judge, use, UseState.ACCEPTED) is CandidacyRefusal.DECIDED


def test_who_is_refused_evidence_reads_why():
    use = handed_in(admitted())
    assert refused(judge, use, UseState.REFUSED) is CandidacyRefusal.REASON_MISSING
    judge(use, UseState.REFUSED, "Thiếu chữ ký")
    assert "Thiếu chữ ký" in letters("evidence_refused")[0].body_text
    assert reload(use).remark == "Thiếu chữ ký"


def test_nobody_judges_own_evidence():
    account = coordinator()
    use = handed_in(admitted(account=account))
    own = refused(judge, use, UseState.ACCEPTED, by=account.id)
    assert own is Conflict.IS_THE_CANDIDATE


def in_one_organisation(account, candidate):
    organisation = an_organisation()
    for person in (account.person, candidate.person):
        an_employment(person, organisation, from_day=date(2021, 1, 1))


def test_whoever_works_with_the_candidate_neither_admits_nor_turns_down():
    account, candidate = coordinator(), applied()
    in_one_organisation(account, candidate)
    for decide in (admitting.admit, admitting.turn_down):
        refusal = refused(decide, candidate.id, remark="Vì sao", by=account.id, now=NOW)
        assert refusal is Conflict.SAME_ORGANISATION


def test_whoever_works_with_the_candidate_judges_no_evidence():
    account, candidate = coordinator(), admitted()
    use = handed_in(candidate)
    in_one_organisation(account, candidate)
    assert refused(judge, use, UseState.ACCEPTED, by=account.id) is Conflict.SAME_ORGANISATION


def test_whoever_nominated_or_trained_the_candidate_does_not_admit():
    nominator, trainer, account = coordinator(), coordinator(), an_account()
    nomination = applying.Nomination(account.person_id, a_level().id)
    candidate = applying.nominate(nomination, by=nominator.id, now=NOW)
    applying.agree(candidate.id, motivation=None, by=account.id, now=NOW)
    a_record(account.person, a_run(trainers=[trainer.person]))
    for by, tie in (
        (nominator, Conflict.NOMINATED_THE_CANDIDATE),
        (trainer, Conflict.TRAINED_THE_CANDIDATE),
    ):
        assert refused(admitting.admit, candidate.id, remark=None, by=by.id, now=NOW) is tie


def test_the_pages_say_why_somebody_with_a_tie_does_not_decide(sign_in):
    account, waits, candidate = coordinator(), applied(level := a_level()), admitted(level)
    use = handed_in(candidate)
    for one in (waits, candidate):
        in_one_organisation(account, one)
    client = sign_in(account)
    for page in (f"/candidacies/{waits.public_id}", f"/evidence-uses/{use.public_id}"):
        text = client.get(page).text
        assert "Người cùng đơn vị với ứng viên thì không thẩm định" in text
        assert "/admission" not in text
        assert "/judgement" not in text
    typed = {"admission-decision": "admit"}
    assert client.post(f"/candidacies/{waits.public_id}/admission", data=typed).status_code == 409


def test_a_paper_that_is_not_used_any_more_can_be_used_again():
    candidate = admitted()
    use = handed_in(candidate)
    by = an_account().id
    papers.take_use_back(use.id, by=by, now=NOW)
    again = papers.use_evidence(use.evidence_id, candidate.id, a_claim(candidate), by=by, now=NOW)
    assert (reload(use).state, again.state) == (UseState.WITHDRAWN, UseState.WAITING)


def test_the_club_ends_a_candidacy_with_a_reason():
    candidate = admitted()
    by = coordinator().id
    silent = refused(going_on.withdraw_on_behalf, candidate.id, remark=None, by=by, now=NOW)
    assert silent is CandidacyRefusal.REASON_MISSING
    going_on.withdraw_on_behalf(candidate.id, remark="Đã chuyển đi", by=by, now=NOW)
    again = refused(going_on.withdraw, candidate.id, remark=None, by=by, now=NOW)
    assert again is CandidacyRefusal.OVER
    assert candidate.steps[-1].reason is R.WITHDRAWN_BY_CLUB


def test_another_try_is_for_who_was_told_not_yet():
    candidate = admitted()
    refusal = refused(going_on.try_again, candidate.id, by=1, now=NOW)
    assert refusal is CandidacyRefusal.NOT_TRYING_AGAIN


def test_a_failed_attempt_stays_one_when_its_paper_is_taken_back():
    exam = {
        "kind": RequirementKind.EXAMINATION,
        "minimum": Decimal(70),
        "unit": Unit.PERCENT,
        "judged_by": Judge.COORDINATOR,
        "position": 3,
        "terms": ExaminationTerms(attempts=1),
    }
    account = an_account()
    candidate = admitted(a_level(more=[("exam", exam)]), account)

    def sat(score, day):
        use = handed_in(candidate, "exam", amount=Decimal(score), day=day, to_day=None)
        return judge(use, UseState.ACCEPTED)

    def outcome():
        uses = queries.uses_in(candidate.id)
        return progress_of(candidate, uses, on=date(2026, 3, 3)).standing_of("exam").state

    failed = sat(50, date(2026, 1, 10))
    sat(80, date(2026, 2, 10))
    assert outcome() is NeedState.MISSING
    papers.withdraw_evidence(failed.evidence_id, reason=None, by=account.id, now=NOW)
    assert outcome() is NeedState.MISSING

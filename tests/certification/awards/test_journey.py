"""Eight years of a recognition, with time moved: given, due, renewed, run out, renewed late."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.certification.awards import queries
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.queries import uses_in
from club.certification.progress.validity import AwardStanding
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.chores import ROOM_CHORES
from tests.certification.awards.kit import a_renewing_level, holder, morning
from tests.certification.candidacy.kit import PDF
from tests.support.factories import an_account, reload
from tests.support.letters import letters_to
from tests.support.pages import words

CHORES = [
    chore for chore in ROOM_CHORES
    if chore.name in {"days of recognitions", "ends of expert certificates"}
]  # fmt: skip


@pytest.fixture
def worker(time_machine):
    """Goes to a day and does what the worker does there."""

    def on(day):
        time_machine.move_to(morning(day), tick=False)
        for chore in CHORES:
            chore.work(morning(day), lambda: False)

    return on


def bring_hours(own, desk, candidate, day):
    typed = {
        "kind": "training_certificate",
        "title": "Chứng nhận lớp nâng cao",
        "category": "outside",
        "amount": "24",
        "day": day.isoformat(),
    }
    assert bring(own, desk, candidate, "development", typed).amount == Decimal(24)


def bring(own, desk, candidate, key, typed):
    """The holder hands in; a coordinator accepts."""
    here = f"/candidacies/{candidate.public_id}"
    file = {"evidence": "", "file": (BytesIO(PDF), "chung-nhan.pdf")}
    answer = own.post(f"{here}/requirements/{key}/evidence", data=typed | file)
    assert answer.status_code == 302, words(answer)
    use = uses_in(candidate.id)[-1]
    judged = desk.post(f"/evidence-uses/{use.public_id}/judgement", data={"state": "accepted"})
    assert judged.status_code == 302
    return use


def test_a_recognition_is_renewed_runs_out_and_is_renewed_late(context, sign_in, worker):
    account, accepting, confirming = (
        an_account(),
        an_account(RoleName.COORDINATOR),
        an_account(RoleName.COORDINATOR),
    )
    candidate = holder(a_renewing_level(), account=account)
    here = f"/candidacies/{candidate.public_id}"

    # Half a year before its end the holder is reminded, and the page shows the way to the renewal.
    worker(date(2027, 9, 5))
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    assert len(letters_to(account.person_id, "certification.recognition_ends")) == 1
    own, desk = sign_in(account), sign_in(accepting)
    assert "Đến kỳ gia hạn" in words(own.get(here))
    assert "0 trên 24 giờ" in words(own.get(here))

    # Evidence is accepted by one coordinator; another one confirms the renewal.
    bring_hours(own, desk, candidate, date(2027, 9, 1))
    refused = desk.post(f"{here}/renewal")
    assert refused.status_code == 409
    assert "Người đã chấp nhận minh chứng" in words(refused)
    assert sign_in(confirming).post(f"{here}/renewal").status_code == 302
    assert reload(candidate).state is CandidateState.RENEWED

    # Two more years, of which nobody brings anything: it runs out after the time of grace.
    worker(date(2030, 3, 3))
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    worker(date(2030, 9, 3))
    assert reload(candidate).state is CandidateState.RENEWAL_DUE
    worker(date(2030, 9, 4))
    assert reload(candidate).state is CandidateState.LAPSED
    assert len(letters_to(account.person_id, "certification.lapsed")) == 1

    # Evidence of a day within the time of grace comes in late, and renews it as of that day.
    worker(date(2030, 11, 1))
    own, desk = sign_in(account), sign_in(accepting)
    bring_hours(own, desk, candidate, date(2030, 8, 1))
    assert sign_in(confirming).post(f"{here}/renewal").status_code == 302
    assert "Đang có hiệu lực" in words(own.get(here))
    assert_kept(candidate)


def assert_kept(candidate):
    """What was decided in these years, and how the recognition stood between."""
    award = queries.award_of(candidate.id)
    assert [(one.valid_from, one.valid_until) for one in award.periods] == [
        (date(2026, 3, 3), date(2028, 3, 3)),
        (date(2028, 3, 4), date(2030, 3, 3)),
        (date(2030, 8, 1), date(2032, 3, 3)),
    ]
    assert [step.reason for step in reload(candidate).steps][-5:] == [
        StepReason.RENEWAL_OPENED,
        StepReason.RENEWED,
        StepReason.RENEWAL_OPENED,
        StepReason.NOT_RENEWED,
        StepReason.RENEWED_LATE,
    ]
    facts = facts_of_candidates([candidate.id])[candidate.id]
    days = [date(2030, 3, 3) + timedelta(days=n) for n in (0, 1, 151, 700)]
    assert [facts.on(day) for day in days] == [
        AwardStanding.RENEWAL_DUE,
        AwardStanding.IN_GRACE,
        AwardStanding.VALID,
        AwardStanding.RENEWAL_DUE,
    ]


BY_WORK = {
    "kind": RequirementKind.WORK_EXPERIENCE,
    "minimum": Decimal(12),
    "unit": Unit.MONTHS,
    "judged_by": Judge.COORDINATOR,
    "evidence_wanted": "Xác nhận công tác",
}
BY_EXAMINATION = {
    "kind": RequirementKind.EXAMINATION,
    "minimum": Decimal(70),
    "unit": Unit.PERCENT,
    "judged_by": Judge.COORDINATOR,
    "evidence_wanted": "Kết quả thi",
}
WORKED = {"kind": "employer_letter", "title": "Xác nhận công tác", "day": "2026-06-01"}
SAT = {"kind": "examination_result", "title": "Kết quả thi", "day": "2027-09-01"}


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("asked", "too_little", "enough"),
    [
        (
            BY_WORK,
            WORKED | {"to_day": "2026-12-31"},
            WORKED | {"day": "2027-01-01", "to_day": "2027-05-31"},
        ),
        (BY_EXAMINATION, SAT | {"amount": "65"}, SAT | {"amount": "82"}),
    ],
    ids=["work", "examination"],
)
def test_a_recognition_is_renewed_by_work_and_by_examination(
    sign_in, worker, asked, too_little, enough
):
    account, accepting = an_account(), an_account(RoleName.COORDINATOR)
    candidate = holder(a_renewing_level(("proof", asked)), account=account)
    here = f"/candidacies/{candidate.public_id}"
    worker(date(2027, 9, 5))
    own, desk = sign_in(account), sign_in(accepting)
    confirming = sign_in(an_account(RoleName.COORDINATOR))

    bring(own, desk, candidate, "proof", too_little)
    refused = confirming.post(f"{here}/renewal")
    assert (refused.status_code, reload(candidate).state) == (409, CandidateState.RENEWAL_DUE)

    bring(own, desk, candidate, "proof", enough)
    assert desk.post(f"{here}/renewal").status_code == 409
    assert confirming.post(f"{here}/renewal").status_code == 302
    assert reload(candidate).state is CandidateState.RENEWED
    assert [one.valid_until for one in queries.award_of(candidate.id).periods] == [
        date(2028, 3, 3),
        date(2030, 3, 3),
    ]

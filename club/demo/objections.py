"""In the demo club: an appeal that waits to be decided, and a complaint that was answered. Nobody
is written to.
"""

from datetime import datetime, timedelta

from club import clock
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.candidacy.queries import level_called
from club.certification.objections.days import (
    days_to_answer,
    usual_days_to_acknowledge,
    usual_days_to_answer,
)
from club.certification.objections.models import (
    Appeal,
    AppealStep,
    AppealStepKind,
    Complaint,
    ComplaintAbout,
    ComplaintHearing,
    ComplaintState,
    ComplaintStep,
    ComplaintStepKind,
)
from club.certification.objections.rules import last_day
from club.certification.schemes.models import SchemeLevel
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.demo.candidates import dated_back
from club.demo.society import Society

_LEVEL = ("chuyen_gia_cai_tien", 1, "city_expert")
#: Number in the society of whom the complaint is about.
_ABOUT = 26

#: What happened to the complaint: how many days after it came, and what was said.
_STORY = (
    (ComplaintStepKind.SENT, 0, None),
    (ComplaintStepKind.ACKNOWLEDGED, 2, None),
    (ComplaintStepKind.HEARD, 2, None),
    (ComplaintStepKind.ANSWERED, 7, None),
    (
        ComplaintStepKind.PARTLY,
        16,
        "Người này ghi nhầm và đã in lại. Trang khóa học nay ghi rõ giấy nào là giấy gì.",
    ),
)
_BY_MEMBER = {ComplaintStepKind.SENT, ComplaintStepKind.ANSWERED}


def object_here_and_there(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    level = level_called(*_LEVEL)
    if level is None:
        return
    candidate = _turned_down(level, accounts, now=now - timedelta(days=13))
    _appeal(candidate, accounts, now=now - timedelta(days=6))
    _complaint(society.people[_ABOUT].id, accounts, now=now - timedelta(days=34))


def _turned_down(level: SchemeLevel, accounts: DemoAccounts, *, now: datetime) -> Candidate:
    """The demo member, on the way to the next level as well, was not admitted."""
    begun_at = now - timedelta(days=4)
    with transaction() as session:
        candidate = Candidate(
            person_id=accounts.member.person_id,
            level=level,
            scheme_id=level.version.scheme_id,
            level_key=level.key,
            state=CandidateState.APPLIED,
            state_since=begun_at,
            begun_at=begun_at,
            motivation="Đã hướng dẫn ba xưởng làm 5S (trình diễn).",
        )
        session.add(candidate)
        session.flush()
        why, said = StepReason.APPLIED, dated_back(level, begun_at)
        applied = Step(CandidateState.APPLIED, why, accounts.member.id, begun_at, remark=said)
        take(candidate, applied)
        why = StepReason.NOT_ADMITTED
        remark = "Chưa thấy dự án có đo trước và sau (trình diễn)."
        by = accounts.coordinator.id
        take(candidate, Step(CandidateState.REFUSED, why, by, now, remark=remark))
        return candidate


def _appeal(candidate: Candidate, accounts: DemoAccounts, *, now: datetime) -> None:
    by, days = accounts.member.id, days_to_answer(candidate.level.version)
    with transaction() as session:
        appeal = Appeal(
            candidate=candidate,
            step=candidate.steps[-1],
            words="Dự án ở tổ đóng gói có đo thời gian trước và sau, báo cáo đã nộp (trình diễn).",
            wish="Xin xem lại báo cáo và nhận hồ sơ.",
            made_at=now,
            due_on=last_day(clock.local_day(now), days),
        )
        session.add(appeal)
        session.add(AppealStep(appeal=appeal, kind=AppealStepKind.MADE, at=now, by_id=by))
        take(candidate, Step(CandidateState.APPEALED, StepReason.APPEAL_MADE, by, now))


def _complaint(person_id: int, accounts: DemoAccounts, *, now: datetime) -> None:
    """Of the demo member; heard, answered, and found justified in part."""
    today, closed_at = clock.local_day(now), now + timedelta(days=16)
    member, coordinator = accounts.member, accounts.coordinator
    with transaction() as session:
        complaint = Complaint(
            person_id=member.person_id,
            language=member.person.language,
            keeps_name_back=True,
            about=ComplaintAbout.CERTIFICATE_USE,
            named="Danh thiếp của một học viên (trình diễn)",
            words="Danh thiếp ghi “chuyên gia” mà chỉ có giấy chứng nhận hoàn thành khóa học.",
            wish="Xin nhắc người này ghi cho đúng.",
            state=ComplaintState.PARTLY,
            received_at=now,
            acknowledge_by=last_day(today, usual_days_to_acknowledge()),
            due_on=last_day(today, usual_days_to_answer()),
            closed_at=closed_at,
        )
        session.add(complaint)
        session.add(
            ComplaintHearing(
                complaint=complaint,
                person_id=person_id,
                put="Danh thiếp của anh chị ghi “chuyên gia”. Anh chị căn cứ vào giấy nào?",
                answer_by=last_day(today, 13),
                asked_at=now + timedelta(days=2),
                asked_by_id=coordinator.id,
                answer="Tôi ghi nhầm và đã in lại danh thiếp.",
                answered_at=now + timedelta(days=7),
            )
        )
        for kind, days, reason in _STORY:
            by = member.id if kind in _BY_MEMBER else coordinator.id
            at = now + timedelta(days=days)
            session.add(
                ComplaintStep(complaint=complaint, kind=kind, at=at, by_id=by, reason=reason)
            )

"""People of the demo club on their way to the club's own recognition, one at each stage, and two
whom the club has recognised: the trainer, and somebody whose recognition ends soon. Nobody is
written to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from club import clock
from club.certification.assessment.models import AssessorTask
from club.certification.awards.certificates.issuing import issue_for
from club.certification.awards.operations.recognising import award_to_be
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    Evidence,
    EvidenceKind,
    EvidenceUse,
    ProjectPhase,
    ShownProject,
    StepReason,
    UseState,
)
from club.certification.candidacy.queries import level_called
from club.certification.schemes.models import SchemeLevel
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.demo.society import Society
from club.documents.pdf import pdf
from club.files.models import StoredFile
from club.files.receiving import add_file, receive
from club.records.certificates.codes import new_code

_S, _R = CandidateState, StepReason
_SCHEME, _VERSION, _LEVEL = "chuyen_gia_cai_tien", 1, "practitioner"
#: The way of whoever is furthest on; each of the demo candidates has come to some step of it.
_WAY = (
    (_S.APPLIED, _R.APPLIED),
    (_S.ADMITTED, _R.ADMITTED),
    (_S.COLLECTING, _R.EVIDENCE_BEGUN),
    (_S.UNDER_ASSESSMENT, _R.HANDED_IN),
    (_S.CERTIFIED, _R.DECIDED),
)
#: Which of these steps begins the collecting.
_COLLECTS = 2
#: Steps that only the club's staff take.
_BY_STAFF = {_R.ADMITTED, _R.DECIDED}
#: When each of the trainer's steps was taken, and when the club recognised the trainer.
_TRAINERS_WAY, _RECOGNISED = (460, 452, 430, 410, 396), 390
#: The same of somebody whose recognition ends in two months, and since when its renewal is due.
_OLD_WAY, _LONG_AGO, _DUE = (1106, 1098, 1076, 1056, 1042), 1036, 120


@dataclass(frozen=True)
class _Way:
    #: Number in the society; ``None``: the demo member.
    person: int | None
    #: How many days ago each step was taken.
    days_ago: tuple[int, ...]
    shows_a_report: bool = False


_WAYS = (
    _Way(None, (74, 71, 52), shows_a_report=True),
    _Way(20, (3,)),
    _Way(21, (41, 33)),
    _Way(22, (96, 90, 80)),
    _Way(23, (140, 136, 120, 12), shows_a_report=True),
    _Way(24, (1,)),
)


def send_on_their_way(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    level = level_called(_SCHEME, _VERSION, _LEVEL)
    if level is None:
        return
    received = receive(BytesIO(_report(now)), name="Báo cáo dự án 5S.pdf")
    file = add_file(received, by=accounts.member.id, now=now - timedelta(days=120))
    for way in _WAYS:
        member = accounts.member
        person_id = member.person_id if way.person is None else society.people[way.person].id
        candidate = _on_the_way(person_id, level, way, accounts, now=now)
        if way.shows_a_report:
            begun_at = now - timedelta(days=way.days_ago[_COLLECTS])
            _hand_in(candidate, level, file, accounts, now=begun_at)
        if candidate.state is _S.UNDER_ASSESSMENT:
            _ask_assessor(candidate, accounts, now=now)
    trained = _Way(None, _TRAINERS_WAY)
    candidate = _on_the_way(accounts.trainer.person_id, level, trained, accounts, now=now)
    _recognise(candidate, accounts, now=now - timedelta(days=_RECOGNISED))
    way = _Way(25, _OLD_WAY)
    candidate = _on_the_way(society.people[25].id, level, way, accounts, now=now)
    _recognise(candidate, accounts, now=now - timedelta(days=_LONG_AGO))
    with transaction():
        due_since = now - timedelta(days=_DUE)
        take(candidate, Step(_S.RENEWAL_DUE, _R.RENEWAL_OPENED, None, due_since))


def _recognise(candidate: Candidate, accounts: DemoAccounts, *, now: datetime) -> None:
    by = accounts.coordinator.id
    with transaction() as session:
        award = award_to_be(candidate, by=by, now=now)
        session.add(award)
        session.flush()
        certificate = issue_for(award.periods[0], by=by, now=now)
        # The same club has the same codes: chance that nothing but the seed decides on.
        chance = Random(award.public_id.int)  # noqa: S311
        certificate.code = new_code(chance.choice)
        take(candidate, Step(_S.VALID, _R.RECOGNISED, by, now))


def _on_the_way(
    person_id: int, level: SchemeLevel, way: _Way, accounts: DemoAccounts, *, now: datetime
) -> Candidate:
    begun_at = now - timedelta(days=way.days_ago[0])
    # The others of the society have no account.
    own = accounts.member.id if way.person is None else None
    with transaction() as session:
        candidate = Candidate(
            person_id=person_id,
            level=level,
            scheme_id=level.version.scheme_id,
            level_key=level.key,
            state=_S.APPLIED,
            state_since=begun_at,
            begun_at=begun_at,
            motivation="Muốn giúp các xưởng nhỏ trong phường (trình diễn).",
        )
        session.add(candidate)
        session.flush()
        for (state, reason), days in zip(_WAY, way.days_ago, strict=False):
            by = accounts.coordinator.id if reason in _BY_STAFF else own
            take(candidate, Step(state, reason, by, now - timedelta(days=days)))
        return candidate


def _hand_in(
    candidate: Candidate,
    level: SchemeLevel,
    file: StoredFile,
    accounts: DemoAccounts,
    *,
    now: datetime,
) -> None:
    """A report of a project, which waits for the assessors."""
    project = next(one for one in level.requirements if one.key == "project")
    with transaction() as session:
        evidence = Evidence(
            person_id=candidate.person_id,
            kind=EvidenceKind.PROJECT_REPORT,
            title="Báo cáo dự án 5S tổ phun sơn (trình diễn)",
            file=file,
            handed_in_at=now,
            handed_in_by_id=accounts.member.id,
        )
        session.add(evidence)
        session.flush()
        session.add(
            EvidenceUse(
                evidence_id=evidence.id,
                candidate_id=candidate.id,
                requirement_id=project.id,
                amount=Decimal(1),
                day=clock.local_day(now),
                claimed_at=now,
                state=UseState.WAITING,
                project=_tidier_tools(now),
            )
        )


def _tidier_tools(now: datetime) -> ShownProject:
    return ShownProject(
        phase=ProjectPhase.SUSTAIN,
        measured="Thời gian tìm dụng cụ (trình diễn)",
        unit="phút/ca",
        before=Decimal(26),
        before_on=clock.local_day(now - timedelta(days=90)),
        after=Decimal(9),
        after_on=clock.local_day(now - timedelta(days=10)),
    )


def _ask_assessor(candidate: Candidate, accounts: DemoAccounts, *, now: datetime) -> None:
    """Who is to judge within a few days, and has not begun."""
    with transaction() as session:
        session.add(
            AssessorTask(
                candidate=candidate,
                round=candidate.steps[-1],
                assessor=accounts.assessor,
                due_on=clock.local_day(now + timedelta(days=5)),
                asked_at=now - timedelta(days=9),
                asked_by_id=accounts.coordinator.id,
            )
        )


def _report(now: datetime) -> bytes:
    said = {
        "title": "Báo cáo dự án 5S",
        "course": "Tổ phun sơn (trình diễn)",
        "author": "Câu lạc bộ trình diễn",
        "points": ["Đã đo trước và sau khi cải tiến."],
        "notice": "Tài liệu minh họa, nội dung do máy đặt ra. Made up for the demonstration.",
    }
    return pdf("demo/handout.typ", said, made_at=now)

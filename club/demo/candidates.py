"""People of the demo club on their way: to the club's own recognition, one at each stage and two
who are recognised, the trainer and somebody whose recognition ends soon; and the demo member to a
certificate of another body as well. Nobody is written to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from club import clock
from club.accounts.models import Account
from club.certification.awards.certificates.issuing import issue_for
from club.certification.awards.operations.recognising import award_to_be, refusal_to
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    EvidenceKind,
    EvidenceUse,
    ProjectPhase,
    StepReason,
    UseState,
)
from club.certification.candidacy.operations.admitting import admit
from club.certification.candidacy.operations.evidence import (
    Claim,
    HandedIn,
    Judgement,
    Paper,
    hand_in_for,
    judge_use,
)
from club.certification.candidacy.operations.going_on import hand_in
from club.certification.candidacy.operations.signing import sign_statement
from club.certification.candidacy.projects import ProjectFacts
from club.certification.candidacy.queries import level_called
from club.certification.operations import give_code
from club.certification.schemes.models import SchemeLevel
from club.certification.schemes.settings import CreditCategory
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.demo.certifying import (
    Certifiers,
    account_of,
    ask,
    certifiers_among,
    certify,
    nobody_written_to,
    vote_for,
)
from club.demo.society import DemoPerson, Society
from club.documents.pdf import pdf
from club.files.receiving import receive
from club.people.models import AudienceKind
from club.pilots.measures import MeasureFacts
from club.records.certificates.codes import new_code
from club.refusal import RefusedError

_S, _R = CandidateState, StepReason
_OWN, _OUTSIDE = ("chuyen_gia_cai_tien", 1, "practitioner"), ("apo_ps", 1, "specialist")
#: From which number in the society on people are looked at.
_FIRST = 20
#: Of the assessment that goes on: when it was asked for and voted about, and by when it is due.
_ASKED_AGO, _VOTED_AGO, _DUE_IN = timedelta(days=9), timedelta(days=2), timedelta(days=5)


@dataclass(frozen=True)
class _Way:
    """How many days ago each of these steps was taken; ``None``: not yet."""

    applied: int
    admitted: int | None = None
    collecting: int | None = None
    handed_in: int | None = None
    decided: int | None = None
    recognised: int | None = None
    renewal_due: int | None = None


#: Of people of the society, in their order.
_WAYS = (
    _Way(3),
    _Way(41, 33),
    _Way(96, 90, 80),
    _Way(140, 136, 120, 12),
    _Way(1),
    _Way(1106, 1098, 1076, 1062, 1042, 1036, 120),
)
_MEMBERS_WAY, _TRAINERS_WAY = _Way(74, 71, 52), _Way(460, 452, 430, 416, 396, 390)
_MEMBERS_WAY_OUT = _Way(150, 141, 130)


def send_on_their_way(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    own, outside = level_called(*_OWN), level_called(*_OUTSIDE)
    if own is None or outside is None:
        return
    by_whom = certifiers_among(accounts, now=now)
    people = [person.id for person in _without_ties(society)]
    ways = [
        (accounts.member.person_id, _MEMBERS_WAY),
        *zip(people, _WAYS, strict=False),
        (accounts.trainer.person_id, _TRAINERS_WAY),
    ]
    with nobody_written_to():
        for person_id, way in ways:
            account = account_of(person_id, accounts, now=now)
            _go(_Walk(account, own, way, by_whom, now))
        _go(_Walk(accounts.member, outside, _MEMBERS_WAY_OUT, by_whom, now))


def _without_ties(society: Society) -> list[DemoPerson]:
    """Those who do not work where the club's coordinators do."""
    office = next(o for o in society.organisations if o.kind is AudienceKind.STATE_AGENCY)
    return [one for one in society.people[_FIRST:] if one.organisation is not office]


@dataclass(frozen=True)
class _Walk:
    """Somebody on the way to a level."""

    account: Account
    level: SchemeLevel
    way: _Way
    by_whom: Certifiers
    today: datetime

    def ago(self, days: int) -> datetime:
        return self.today - timedelta(days=days)

    def brings(  # noqa: PLR0913  what a claim says
        self,
        candidate: Candidate,
        key: str,
        paper: Paper,
        *,
        amount: int = 1,
        category: CreditCategory | None = None,
        project: ProjectFacts | None = None,
        now: datetime,
    ) -> EvidenceUse:
        requirement = next(one for one in self.level.requirements if one.key == key)
        day = clock.local_day(now - timedelta(days=30))
        # With the decimals that the column has: the same club has the same words everywhere.
        exactly = Decimal(amount).quantize(Decimal("0.01"))
        claim = Claim(requirement.id, exactly, day, category=category, project=project)
        file = receive(BytesIO(_sheet(paper.title, now)), name="Minh chứng.pdf")
        by = self.account.id
        return hand_in_for(candidate.id, HandedIn(paper, file), claim, by=by, now=now)

    def accepted(self, use: EvidenceUse, *, now: datetime) -> None:
        judge_use(use.id, Judgement(UseState.ACCEPTED), by=self.by_whom.keeper.id, now=now)


def _go(walk: _Walk) -> None:
    way, by_whom = walk.way, walk.by_whom
    candidate = _applied(walk)
    if way.admitted:
        admit(candidate.id, remark=None, by=by_whom.keeper.id, now=walk.ago(way.admitted))
    if way.collecting:
        _collect(walk, candidate, now=walk.ago(way.collecting))
    if way.handed_in:
        _hand_in(walk, candidate, now=walk.ago(way.handed_in))
    if way.decided:
        certify(candidate, by_whom, now=walk.ago(way.decided))
    if way.recognised:
        _recognise(candidate, by_whom.recogniser, now=walk.ago(way.recognised))
    if way.renewal_due:
        with transaction():
            due_since = walk.ago(way.renewal_due)
            take(candidate, Step(_S.RENEWAL_DUE, _R.RENEWAL_OPENED, None, due_since))


def _applied(walk: _Walk) -> Candidate:
    """The version is of today in a demo club, and takes nobody who began before it: this step alone
    is written down as it would have been, and says so.
    """
    begun_at, level = walk.ago(walk.way.applied), walk.level
    with transaction() as session:
        candidate = Candidate(
            person_id=walk.account.person_id,
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
        by, remark = walk.account.id, dated_back(level, begun_at)
        take(candidate, Step(_S.APPLIED, _R.APPLIED, by, begun_at, remark=remark))
        return candidate


def dated_back(level: SchemeLevel, begun_at: datetime) -> str | None:
    """That the version is later than the steps which it is shown with."""
    valid_from = level.version.valid_from
    if valid_from is None or clock.local_day(begun_at) >= valid_from:
        return None
    return (
        f"Dữ liệu trình diễn: phiên bản này áp dụng từ {valid_from:%d/%m/%Y}; các bước trước ngày"
        " đó được ghi lùi lại để xem được cả chặng."
    )


def _collect(walk: _Walk, candidate: Candidate, *, now: datetime) -> None:
    """A degree for another body; else a report of a project, which waits for the assessors."""
    if not walk.level.version.scheme.awarded_by_club:
        degree = Paper(EvidenceKind.DEGREE, "Bằng cao đẳng (trình diễn)")
        walk.accepted(walk.brings(candidate, "education", degree, now=now), now=now)
        return
    report = Paper(EvidenceKind.PROJECT_REPORT, "Báo cáo dự án 5S tổ phun sơn (trình diễn)")
    project = ProjectFacts(ProjectPhase.SUSTAIN, _tidier_tools(now))
    walk.brings(candidate, "project", report, project=project, now=now)


def _hand_in(walk: _Walk, candidate: Candidate, *, now: datetime) -> None:
    """With forty hours that the keeper accepted, and the statement signed."""
    before = now - timedelta(days=5)
    for title, hours, category in (
        ("Khóa học Lean ở nơi khác (trình diễn)", 24, CreditCategory.OUTSIDE),
        ("Đã dạy 5S cho tổ trưởng (trình diễn)", 16, CreditCategory.TAUGHT),
    ):
        paper = Paper(EvidenceKind.TRAINING_CERTIFICATE, title)
        use = walk.brings(candidate, "training", paper, amount=hours, category=category, now=before)
        walk.accepted(use, now=before)
    sign_statement(candidate.id, "ethics", by=walk.account.id, now=before)
    hand_in(candidate.id, by=walk.account.id, now=now)
    if walk.way.decided is None:
        due = walk.today + _DUE_IN
        ask(candidate, walk.by_whom, due=due, now=walk.today - _ASKED_AGO)
        # One assessor more can be asked, and one coordinator more can vote.
        vote_for(candidate, walk.by_whom.panel[:2], now=walk.today - _VOTED_AGO)


def _recognise(candidate: Candidate, by: Account, *, now: datetime) -> None:
    """As the site does, with a code of the certificate that the seed decides on."""
    if refusal := refusal_to(by, candidate, on=clock.local_day(now)):
        raise RefusedError(refusal)
    with transaction() as session:
        award = award_to_be(candidate, by=by.id, now=now)
        session.add(award)
        give_code(session, candidate.person_id, now=now)
        session.flush()
        certificate = issue_for(award.periods[0], by=by.id, now=now)
        # The same club has the same codes: chance that nothing but the seed decides on.
        chance = Random(award.public_id.int)  # noqa: S311
        certificate.code = new_code(chance.choice)
        take(candidate, Step(_S.VALID, _R.RECOGNISED, by.id, now))


def _tidier_tools(now: datetime) -> MeasureFacts:
    return MeasureFacts(
        "Thời gian tìm dụng cụ (trình diễn)",
        "phút/ca",
        before=Decimal(26),
        before_on=clock.local_day(now - timedelta(days=90)),
        after=Decimal(9),
        after_on=clock.local_day(now - timedelta(days=10)),
    )


def _sheet(title: str, now: datetime) -> bytes:
    said = {
        "title": title,
        "course": "Tổ phun sơn (trình diễn)",
        "author": "Câu lạc bộ trình diễn",
        "points": ["Minh chứng để xem thử, không có thật."],
        "notice": "Tài liệu minh họa, nội dung do máy đặt ra. Made up for the demonstration.",
    }
    return pdf("demo/handout.typ", said, made_at=now)

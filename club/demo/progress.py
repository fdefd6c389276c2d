"""Where the demo club's plan stands: a pilot project, and experts certified elsewhere."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose
from club.certification.operations import (
    CertificateFacts,
    check_certificate,
    record_certificate,
)
from club.demo.accounts import DemoAccounts
from club.demo.candidates import send_on_their_way
from club.demo.experts import let_experts_help
from club.demo.objections import object_here_and_there
from club.demo.society import Society
from club.people.models import AudienceKind, SizeClass
from club.pilots.measures import MeasureFacts, add_measure
from club.pilots.models import PartRole, PilotOutcome
from club.pilots.operations import PilotFacts, add_project, end_project
from club.pilots.people import PartFacts, put_on_list

_SMALL = {SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM}


def make_progress(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    """Two pilot projects with people; one expert who is certified today, one no longer, one whose
    title ends soon and is none that counts, and three to be checked; candidates at several
    stages; an appeal and a complaint.
    """
    _pilot_projects(society, accounts, now=now)
    _expert_of_today(society.people[10].id, accounts, now=now)
    _expert_of_once(society.people[11].id, accounts, now=now)
    _expert_for_some_weeks(society.people[14].id, accounts, now=now)
    recent = clock.local_day(now) - timedelta(days=20)
    member = accounts.member
    for days_ago, number, person_id, by in (
        (9, "DEMO-004", society.people[12].id, accounts.coordinator.id),
        (4, "DEMO-005", society.people[13].id, accounts.coordinator.id),
        (0, "DEMO-003", member.person_id, member.id),
    ):
        entered = now - timedelta(days=days_ago)
        record_certificate(person_id, _certificate(number, recent), by=by, now=entered)
    send_on_their_way(society, accounts, now=now)
    let_experts_help(society, accounts, now=now)
    object_here_and_there(society, accounts, now=now)


def _pilot_projects(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    """One goes on, and one is completed and was measured. The demo member takes part in both."""
    today, by = clock.local_day(now), accounts.coordinator.id
    firms = (o for o in society.organisations if o.kind is AudienceKind.ENTERPRISE)
    firm = next(firm for firm in firms if firm.size_class in _SMALL)
    goes_on = PilotFacts(
        "Giảm thời gian chờ ở chuyền (trình diễn)",
        today - timedelta(days=245),
        "Biên bản trình diễn, không có thật",
        "Cân bằng chuyền và đo lại mỗi tuần.",
    )
    over = PilotFacts(
        "5S kho vật tư (trình diễn)",
        today - timedelta(days=410),
        "Biên bản trình diễn, không có thật",
        "Sắp xếp lại kho, đo thời gian tìm vật tư.",
    )
    running, completed = (add_project(firm.id, facts, by=by, now=now) for facts in (goes_on, over))
    for project in (running, completed):
        part = PartFacts(PartRole.MEMBER)
        put_on_list(project.id, accounts.member.person_id, part, by=by, now=now)
    leads = PartFacts(PartRole.LEADS)
    put_on_list(completed.id, society.people[23].id, leads, by=by, now=now)
    found_in = MeasureFacts(
        "Thời gian tìm vật tư",
        "phút",
        before=Decimal(14),
        before_on=today - timedelta(days=408),
        after=Decimal(5),
        after_on=today - timedelta(days=270),
    )
    add_measure(completed.id, found_in, by=by, now=now)
    last_day, outcome = today - timedelta(days=265), PilotOutcome.COMPLETED
    end_project(completed.id, ended_on=last_day, outcome=outcome, by=by, now=now)


def _expert_of_today(person_id: int, accounts: DemoAccounts, *, now: datetime) -> None:
    today = clock.local_day(now)
    facts = _certificate(
        "DEMO-001",
        today - timedelta(days=400),
        expires_on=today + timedelta(days=690),
        scope="Dệt may",
        funded_by_plan=True,
    )
    certificate = record_certificate(person_id, facts, by=accounts.coordinator.id, now=now)
    check_certificate(certificate.id, by=accounts.assessor.id, now=now)
    register = ConsentPurpose.PUBLIC_EXPERT_REGISTER
    give_consent(person_id, register, language="vi", channel="paper", now=now)


def _expert_of_once(person_id: int, accounts: DemoAccounts, *, now: datetime) -> None:
    today = clock.local_day(now)
    facts = _certificate(
        "DEMO-002",
        today - timedelta(days=1500),
        scheme_key="tcvn_13751",
        expires_on=today - timedelta(days=40),
    )
    certificate = record_certificate(person_id, facts, by=accounts.coordinator.id, now=now)
    check_certificate(certificate.id, by=accounts.assessor.id, now=now)


def _expert_for_some_weeks(person_id: int, accounts: DemoAccounts, *, now: datetime) -> None:
    today = clock.local_day(now)
    facts = _certificate(
        "DEMO-006",
        today - timedelta(days=1070),
        scheme_key="aps",
        expires_on=today + timedelta(days=24),
    )
    certificate = record_certificate(person_id, facts, by=accounts.coordinator.id, now=now)
    check_certificate(certificate.id, by=accounts.assessor.id, now=now)


def _certificate(
    number: str,
    issued_on: date,
    *,
    scheme_key: str = "apo_ps",
    expires_on: date | None = None,
    scope: str | None = None,
    funded_by_plan: bool = False,
) -> CertificateFacts:
    return CertificateFacts(
        scheme_key=scheme_key,
        body="Tổ chức chứng nhận trình diễn",
        number=number,
        issued_on=issued_on,
        expires_on=expires_on,
        scope=scope,
        funded_by_plan=funded_by_plan,
        evidence="Giấy trình diễn, không có thật",
        no_file_reason="Giấy trình diễn, không có bản giấy",
    )

"""Where the demo club's plan stands: a pilot project, and experts certified elsewhere."""

from datetime import date, datetime, timedelta

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose
from club.certification.operations import (
    CertificateFacts,
    check_certificate,
    record_certificate,
)
from club.demo.accounts import DemoAccounts
from club.demo.society import Society
from club.people.models import AudienceKind, SizeClass
from club.pilots.operations import PilotFacts, add_project

_SMALL = {SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM}


def make_progress(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    """One pilot project; one expert who is certified today, one no longer, one to be checked."""
    today, coordinator = clock.local_day(now), accounts.coordinator.id
    firm = next(
        o
        for o in society.organisations
        if o.kind is AudienceKind.ENTERPRISE and o.size_class in _SMALL
    )
    add_project(
        firm.id,
        PilotFacts(
            "Giảm thời gian chờ ở chuyền (trình diễn)",
            today - timedelta(days=245),
            "Biên bản trình diễn, không có thật",
            "Cân bằng chuyền và đo lại mỗi tuần.",
        ),
        by=coordinator,
        now=now,
    )
    expert, former = society.people[10], society.people[11]
    valid = record_certificate(
        expert.id,
        _certificate(
            "DEMO-001",
            today - timedelta(days=400),
            expires_on=today + timedelta(days=690),
            scope="Dệt may",
            funded_by_plan=True,
        ),
        by=coordinator,
        now=now,
    )
    check_certificate(valid.id, by=coordinator, now=now)
    give_consent(
        expert.id,
        ConsentPurpose.PUBLIC_EXPERT_REGISTER,
        language="vi",
        channel="paper",
        now=now,
    )
    expired = record_certificate(
        former.id,
        _certificate(
            "DEMO-002",
            today - timedelta(days=1500),
            scheme_key="tcvn_13751",
            expires_on=today - timedelta(days=40),
        ),
        by=coordinator,
        now=now,
    )
    check_certificate(expired.id, by=coordinator, now=now)
    record_certificate(
        accounts.member.person_id,
        _certificate("DEMO-003", today - timedelta(days=20)),
        by=accounts.member.id,
        now=now,
    )


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
    )

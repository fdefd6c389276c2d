"""Experts of the demo club who say what they can help with, and requests to them at three stages.
Nobody is written to.
"""

from datetime import datetime, timedelta

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import Account, ConsentPurpose
from club.certification.helping.models import HelpRequest, HelpStep, HelpStepKind
from club.certification.helping.queries import tool_by_key
from club.certification.helping.rules import TRANSITIONS
from club.certification.models import Expert
from club.certification.operations import (
    CertificateFacts,
    check_certificate,
    record_certificate,
)
from club.certification.queries import expert_of
from club.certification.register.models import FieldKind
from club.certification.register.operations import Profile, say_of_oneself
from club.db import transaction
from club.demo.accounts import DemoAccounts
from club.demo.society import Society
from club.units.queries import wards_on

_K = HelpStepKind
#: Number in the society of the expert who is certified today and takes no requests.
_CERTIFIED = 10


def let_experts_help(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    wards = [unit.key for unit in wards_on(clock.local_day(now))]
    quiet = expert_of(society.people[_CERTIFIED].id)
    if quiet is None:
        return
    _says(quiet, "Hai mươi năm ở ngành may (trình diễn).", ["line_balancing", "twi"], ["garment"])
    trainer = _expert(accounts.trainer, accounts, now=now)
    _says(
        trainer,
        "Làm 5S và sơ đồ chuỗi giá trị cùng tổ trưởng, ngay tại chuyền (trình diễn).",
        ["5s", "kaizen", "vsm", "line_balancing"],
        ["wood", "footwear", "garment"],
        ["vi", "en"],
        wards[:3],
    )
    assessor = _expert(accounts.assessor, accounts, now=now)
    _says(
        assessor,
        "Đo lường năng suất và OEE cho xưởng cơ khí (trình diễn).",
        ["measurement", "oee", "tpm", "smed"],
        ["metal", "plastics"],
        ["vi", "zh"],
        wards[2:],
    )
    _ask(accounts, trainer, now=now)


def _expert(account: Account, accounts: DemoAccounts, *, now: datetime) -> Expert:
    """Who works for the club, with a certificate that counts for no figure of the plan."""
    today = clock.local_day(now)
    facts = CertificateFacts(
        scheme_key="other",
        scheme_name="Lean Six Sigma, đai đen (trình diễn)",
        body="Tổ chức chứng nhận trình diễn",
        number=f"DEMO-{account.person_id}",
        issued_on=today - timedelta(days=500),
        expires_on=today + timedelta(days=600),
        evidence="Giấy trình diễn, không có thật",
        no_file_reason="Giấy trình diễn, không có bản giấy",
    )
    certificate = record_certificate(account.person_id, facts, by=account.id, now=now)
    check_certificate(certificate.id, by=accounts.coordinator.id, now=now)
    register = ConsentPurpose.PUBLIC_EXPERT_REGISTER
    give_consent(account.person_id, register, language="vi", channel="paper", now=now)
    found = expert_of(account.person_id)
    assert found is not None
    return found


def _says(
    expert: Expert,
    words: str,
    tools: list[str],
    sectors: list[str],
    languages: list[str] | None = None,
    wards: list[str] | None = None,
) -> None:
    """Who names languages and wards takes requests."""
    fields = {
        FieldKind.TOOL: tools,
        FieldKind.SECTOR: sectors,
        FieldKind.LANGUAGE: languages or ["vi"],
        FieldKind.WARD: wards or [],
    }
    say_of_oneself(expert.id, Profile(words, languages is not None, fields))


def _ask(accounts: DemoAccounts, trainer: Expert, *, now: datetime) -> None:
    firm = accounts.by_name["doanhnghiep"]
    _request(
        firm,
        "Chuyền 2 chờ bán thành phẩm, công nhân đứng không mỗi giờ vài lần.",
        "line_balancing",
        [(_K.ASKED, firm, 12, None), (_K.ACCEPTED, accounts.trainer, 10, "Tôi đến được thứ Bảy.")],
        trainer,
        organisation_id=accounts.member_firm.id,
        now=now,
    )
    member = accounts.member
    _request(
        member,
        "Muốn bắt đầu 5S ở tổ sơn mà chưa biết làm từ đâu.",
        "5s",
        [(_K.ASKED, member, 2, None)],
        trainer,
        now=now,
    )
    _request(
        member,
        "Cần người nói tiếng Hàn hướng dẫn TPM cho tổ trưởng.",
        "tpm",
        [(_K.ASKED_CLUB, member, 6, None)],
        None,
        now=now,
    )


def _request(  # noqa: PLR0913  what a request is
    asker: Account,
    problem: str,
    tool: str,
    steps: list[tuple[HelpStepKind, Account, int, str | None]],
    expert: Expert | None,
    *,
    organisation_id: int | None = None,
    now: datetime,
) -> None:
    """``steps``: what was done, by whom, how many days ago, and with which words."""
    after = {kind: TRANSITIONS[kind].after for kind, _by, _days, _words in steps}
    moments = [now - timedelta(days=days) for _kind, _by, days, _words in steps]
    with transaction() as session:
        session.add(
            HelpRequest(
                person_id=asker.person_id,
                organisation_id=organisation_id,
                expert=expert,
                problem=f"{problem} (trình diễn)",
                tool=tool_by_key(tool),
                place="Tại xưởng của chúng tôi",
                time="Trong tháng này",
                state=after[steps[-1][0]],
                state_since=moments[-1],
                asked_at=moments[0],
                steps=[
                    HelpStep(
                        kind=kind, state=after[kind], expert=expert, words=words, at=at, by_id=by.id
                    )
                    for (kind, by, _days, words), at in zip(steps, moments, strict=True)
                ],
            )
        )
        session.flush()

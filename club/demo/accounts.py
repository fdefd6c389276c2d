"""The eight accounts somebody can sign in with to look around, one for each role."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from club import clock
from club.accounts import consents
from club.accounts.models import Account, ConsentPurpose, RoleName
from club.accounts.operations import create_account, new_account
from club.db import db
from club.demo.society import DemoOrganisation, Society
from club.membership.models import Membership, MembershipEvent, MembershipEventKind
from club.people.models import AudienceKind, Employment

PASSWORD = "nang-suat-demo-2026"  # noqa: S105  printed at every start
DOMAIN = "club.example"


@dataclass(frozen=True)
class DemoAccount:
    name: str
    full_name: str
    roles: tuple[RoleName, ...]
    #: What kind of organisation the person works for; ``None`` where no firm matters.
    works_for: AudienceKind | None = None

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ACCOUNTS = (
    DemoAccount("hoivien", "Nguyễn Thị Demo", (RoleName.MEMBER,), AudienceKind.ENTERPRISE),
    DemoAccount(
        "doanhnghiep",
        "Phạm Demo Long",
        (RoleName.MEMBER, RoleName.REPRESENTATIVE),
        AudienceKind.ENTERPRISE,
    ),
    DemoAccount("giangvien", "Trần Demo Khoa", (RoleName.TRAINER,)),
    DemoAccount("dieuphoi", "Lê Demo Hạnh", (RoleName.COORDINATOR,), AudienceKind.STATE_AGENCY),
    DemoAccount("canbo", "Võ Demo Sơn", (RoleName.OFFICIAL,), AudienceKind.STATE_AGENCY),
    DemoAccount(
        "phongban", "Bùi Demo Yến", (RoleName.REPORTING_OFFICER,), AudienceKind.STATE_AGENCY
    ),
    DemoAccount("thamdinh", "Đặng Demo Minh", (RoleName.ASSESSOR,)),
    DemoAccount("quantri", "Hồ Demo Việt", (RoleName.ADMINISTRATOR,)),
)


@dataclass(frozen=True)
class DemoAccounts:
    by_name: dict[str, Account]
    member_firm: DemoOrganisation

    @property
    def member(self) -> Account:
        return self.by_name["hoivien"]

    @property
    def representative(self) -> Account:
        return self.by_name["doanhnghiep"]

    @property
    def trainer(self) -> Account:
        return self.by_name["giangvien"]

    @property
    def coordinator(self) -> Account:
        return self.by_name["dieuphoi"]

    @property
    def reporter(self) -> Account:
        return self.by_name["phongban"]

    @property
    def assessor(self) -> Account:
        return self.by_name["thamdinh"]

    @property
    def administrator(self) -> Account:
        return self.by_name["quantri"]


def open_demo_accounts(society: Society, *, now: datetime) -> DemoAccounts:
    """Make the accounts, their employments and the member's own membership."""
    session = db.session()
    employers = {
        kind: next(o for o in society.organisations if o.kind is kind)
        for kind in (AudienceKind.ENTERPRISE, AudienceKind.STATE_AGENCY)
    }
    accounts = {}
    for demo in ACCOUNTS:
        opened = new_account(email=demo.email, full_name=demo.full_name, password=PASSWORD)
        account = create_account(opened, roles=demo.roles, now=now)
        consents.give_consent(
            account.person_id, ConsentPurpose.PERSONAL_DATA, language="vi", now=now
        )
        accounts[demo.name] = account
        if demo.works_for:
            session.add(
                Employment(
                    person_id=account.person_id,
                    organisation_id=employers[demo.works_for].id,
                    from_day=date(2022, 3, 1),
                    represents=RoleName.REPRESENTATIVE in demo.roles,
                )
            )
    _membership(session, now, person_id=accounts["hoivien"].person_id)
    firm = employers[AudienceKind.ENTERPRISE]
    is_member = select(Membership.id).where(Membership.organisation_id == firm.id)
    if session.scalars(is_member).first() is None:
        _membership(session, now, organisation_id=firm.id)
    session.flush()
    return DemoAccounts(accounts, firm)


def _membership(session: Session, now: datetime, **holder: int) -> None:
    began = Membership(from_day=clock.local_day(now).replace(day=1), **holder)
    began.events = [MembershipEvent(kind=MembershipEventKind.BEGAN, at=now)]
    session.add(began)

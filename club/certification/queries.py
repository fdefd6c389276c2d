from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from club.accounts.models import Account
from club.certification.models import (
    CertificateSuspension,
    CertificationScheme,
    Expert,
    ExpertCertificate,
    ExpertCertificateState,
    WithdrawalKind,
)
from club.certification.rules import CertificateStanding, bare_number
from club.db import db
from club.people.models import Person
from club.people.queries import has_words
from club.web.pages import Page

_PER_PAGE = 50


@dataclass(frozen=True)
class CertificateFilter:
    """What the desk looks for. Nothing chosen means all that stand in the list."""

    q: str = ""
    scheme: str = ""
    standing: CertificateStanding | None = None

    @property
    def in_use(self) -> int:
        return sum(bool(value) for value in (self.q, self.scheme, self.standing))


class StepKind(StrEnum):
    RECORDED = "recorded"
    CHECKED = "checked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Step:
    kind: StepKind
    at: datetime
    #: Who; ``None`` where the entry came with data brought in.
    by: str | None


def outside_schemes() -> list[CertificationScheme]:
    """Those under which other bodies certify."""
    query = select(CertificationScheme).where(CertificationScheme.awarded_by_club.is_(False))
    return list(db.session.scalars(query.order_by(CertificationScheme.position)))


def scheme_by_key(key: str) -> CertificationScheme | None:
    query = select(CertificationScheme).where(CertificationScheme.key == key)
    return db.session.scalars(query).one_or_none()


def certificate_by_public_id(public_id: UUID) -> ExpertCertificate | None:
    query = select(ExpertCertificate).where(ExpertCertificate.public_id == public_id)
    return db.session.scalars(query.options(*_WITH_NAMES)).one_or_none()


def certificates_of(person_id: int) -> list[ExpertCertificate]:
    """All of a person's, the latest issued first; those entered by mistake are left out."""
    query = (
        select(ExpertCertificate)
        .where(
            ExpertCertificate.person_id == person_id,
            or_(
                ExpertCertificate.withdrawal.is_(None),
                ExpertCertificate.withdrawal != WithdrawalKind.MISTAKE,
            ),
        )
        .order_by(ExpertCertificate.issued_on.desc(), ExpertCertificate.id.desc())
        .options(joinedload(ExpertCertificate.scheme), selectinload(ExpertCertificate.suspensions))
    )
    return list(db.session.scalars(query))


def certificates_like(
    wanted: CertificateFilter, *, on: date, page: int = 1
) -> Page[ExpertCertificate]:
    """The desk's list: what waits for a check first, then the latest issued."""
    query = (
        select(ExpertCertificate)
        .join(ExpertCertificate.person)
        .join(ExpertCertificate.scheme)
        .where(*_conditions(wanted, on))
    )
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    waiting_first = ExpertCertificate.state != ExpertCertificateState.RECORDED
    rows = db.session.scalars(
        query.order_by(
            waiting_first, ExpertCertificate.issued_on.desc(), ExpertCertificate.id.desc()
        )
        .options(*_WITH_NAMES)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    ).all()
    return Page(rows, page, _PER_PAGE, total)


def waiting_to_be_checked(*, page: int = 1) -> Page[ExpertCertificate]:
    """What somebody has entered and nobody has checked, the longest waiting first."""
    recorded = ExpertCertificate.state == ExpertCertificateState.RECORDED
    rows = db.session.scalars(
        select(ExpertCertificate)
        .where(recorded)
        .order_by(ExpertCertificate.recorded_at, ExpertCertificate.id)
        .options(*_WITH_NAMES)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    ).all()
    return Page(rows, page, _PER_PAGE, waiting_for_check())


def checked_lately_by(account_id: int) -> list[ExpertCertificate]:
    """The last ten that this account vouched for, also those withdrawn since."""
    return list(
        db.session.scalars(
            select(ExpertCertificate)
            .where(ExpertCertificate.checked_by_id == account_id)
            .order_by(ExpertCertificate.checked_at.desc(), ExpertCertificate.id.desc())
            .options(*_WITH_NAMES)
            .limit(10)
        )
    )


def steps_of(certificate: ExpertCertificate) -> list[Step]:
    """Who entered, checked and withdrew it, and when."""
    taken = (
        (StepKind.RECORDED, certificate.recorded_at, certificate.recorded_by_id),
        (StepKind.CHECKED, certificate.checked_at, certificate.checked_by_id),
        (StepKind.WITHDRAWN, certificate.withdrawn_at, certificate.withdrawn_by_id),
    )
    accounts = {account_id for _kind, _at, account_id in taken if account_id}
    query = select(Account.id, Person.full_name).join(Person, Person.id == Account.person_id)
    rows = db.session.execute(query.where(Account.id.in_(accounts)))
    names = {row.id: row.full_name for row in rows}
    return [Step(kind, at, names.get(by) if by else None) for kind, at, by in taken if at]


def waiting_for_check() -> int:
    query = select(func.count(ExpertCertificate.id)).where(
        ExpertCertificate.state == ExpertCertificateState.RECORDED
    )
    return db.session.scalars(query).one()


def number_taken(scheme_id: int, key: str) -> bool:
    query = select(ExpertCertificate.id).where(
        ExpertCertificate.scheme_id == scheme_id,
        ExpertCertificate.number_key == key,
        ExpertCertificate.state != ExpertCertificateState.WITHDRAWN,
    )
    return db.session.scalars(query.limit(1)).first() is not None


def certificates_numbered(bare: str) -> list[ExpertCertificate]:
    """Entries with this number, letters and digits alone, whatever their scheme or its name."""
    query = select(ExpertCertificate).where(
        or_(
            ExpertCertificate.number_key == bare, ExpertCertificate.number_key.endswith(f"/{bare}")
        ),
        ExpertCertificate.state != ExpertCertificateState.WITHDRAWN,
    )
    return list(db.session.scalars(query.order_by(ExpertCertificate.id).options(*_WITH_NAMES)))


def others_numbered_like(certificate: ExpertCertificate) -> list[ExpertCertificate]:
    found = certificates_numbered(bare_number(certificate.number))
    return [one for one in found if one.id != certificate.id]


def expert_of(person_id: int) -> Expert | None:
    return db.session.scalars(select(Expert).where(Expert.person_id == person_id)).one_or_none()


def expert_code_taken(code: str) -> bool:
    return db.session.scalars(select(Expert.id).where(Expert.code == code)).first() is not None


def _conditions(wanted: CertificateFilter, day: date) -> list[ColumnElement[bool]]:
    """For a SELECT from certificates joined with ``Person`` and ``CertificationScheme``."""
    names = has_words(Person.search_key, wanted.q)
    scheme = [CertificationScheme.key == wanted.scheme] if wanted.scheme else []
    return [*names, *scheme, *of_standing(wanted.standing, day)]


def of_standing(standing: CertificateStanding | None, day: date) -> list[ColumnElement[bool]]:
    """``rules.standing_on`` as conditions; a test compares the two."""
    state, expires = ExpertCertificate.state, ExpertCertificate.expires_on
    checked = state == ExpertCertificateState.CHECKED
    held = [
        checked,
        ExpertCertificate.issued_on <= day,
        or_(expires.is_(None), expires >= day),
    ]
    kept: dict[CertificateStanding, list[ColumnElement[bool]]] = {
        CertificateStanding.UNCHECKED: [state == ExpertCertificateState.RECORDED],
        CertificateStanding.VALID: [*held, ~_is_suspended(day)],
        CertificateStanding.SUSPENDED: [*held, _is_suspended(day)],
        CertificateStanding.EXPIRED: [
            checked,
            or_(ExpertCertificate.issued_on > day, expires < day),
        ],
        CertificateStanding.TAKEN_BACK: [ExpertCertificate.withdrawal == WithdrawalKind.TAKEN_BACK],
        CertificateStanding.WITHDRAWN: [ExpertCertificate.withdrawal == WithdrawalKind.MISTAKE],
    }
    return kept[standing] if standing else []


def _is_suspended(day: date) -> ColumnElement[bool]:
    """``rules.covers`` as a condition."""
    one = CertificateSuspension
    return exists().where(
        one.certificate_id == ExpertCertificate.id,
        one.from_on <= day,
        or_(one.until_on.is_(None), one.until_on >= day),
        or_(one.lifted_from.is_(None), one.lifted_from > day),
    )


_WITH_NAMES = (
    joinedload(ExpertCertificate.person),
    joinedload(ExpertCertificate.scheme),
    selectinload(ExpertCertificate.suspensions),
)

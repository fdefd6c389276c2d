"""How many certified experts there are on a day, as the plan counts them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from club.certification.models import (
    CertificationScheme,
    ExpertCertificate,
    ExpertCertificateState,
    WithdrawalKind,
)
from club.certification.rules import valid_on
from club.db import db


@dataclass(frozen=True)
class CertificateDays:
    """What the figure needs of a certificate; the names are those of ``rules.Days``."""

    person_id: int
    state: ExpertCertificateState
    withdrawal: WithdrawalKind | None
    withdrawn_from: date | None
    issued_on: date
    expires_on: date | None
    was_checked: bool
    funded_by_plan: bool


def valid_experts_on_days(days: Iterable[date]) -> dict[date, int]:
    """For each day, the distinct people with a checked certificate that was valid then and
    whose scheme counts for the plan. Certificates of completion are no part of this table.
    """
    rows = _counting()
    return {day: len({row.person_id for row in rows if valid_on(row, day)}) for day in days}


def valid_experts_on(day: date) -> int:
    return valid_experts_on_days([day])[day]


def valid_experts_among(person_ids: Collection[int], *, on: date) -> set[int]:
    """Those of these people who are counted as experts on a day."""
    rows = (row for row in _counting() if row.person_id in person_ids)
    return {row.person_id for row in rows if valid_on(row, on)}


def supported_experts_on(day: date) -> int:
    """Those of them whose training or certifying the plan paid for."""
    return len({r.person_id for r in _counting() if r.funded_by_plan and valid_on(r, day)})


def _counting() -> list[CertificateDays]:
    columns = (
        ExpertCertificate.person_id,
        ExpertCertificate.state,
        ExpertCertificate.withdrawal,
        ExpertCertificate.withdrawn_from,
        ExpertCertificate.issued_on,
        ExpertCertificate.expires_on,
        ExpertCertificate.checked_at.is_not(None),
        ExpertCertificate.funded_by_plan,
    )
    query = select(*columns).join(ExpertCertificate.scheme)
    counting = query.where(CertificationScheme.counts_for_plan)
    return [CertificateDays(*row) for row in db.session.execute(counting)]

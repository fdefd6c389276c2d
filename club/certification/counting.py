"""How many certified experts there are on a day, as the plan counts them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from club.certification.models import (
    CertificateSuspension,
    CertificationScheme,
    ExpertCertificate,
    ExpertCertificateState,
    WithdrawalKind,
)
from club.certification.rules import valid_on
from club.db import db


@dataclass(frozen=True)
class SuspendedDays:
    """The names are those of ``rules.Suspended``."""

    from_on: date
    until_on: date | None
    lifted_from: date | None


@dataclass(frozen=True)
class CertificateDays:
    """What the figure needs of a certificate; the names are those of ``rules.Days``."""

    id: int
    person_id: int
    scheme_id: int
    #: Where the person worked and belonged to on the day of issue, kept when it was checked.
    organisation_id: int | None
    ward_id: int | None
    state: ExpertCertificateState
    withdrawal: WithdrawalKind | None
    withdrawn_from: date | None
    issued_on: date
    expires_on: date | None
    was_checked: bool
    funded_by_plan: bool
    counts_for_plan: bool
    suspensions: tuple[SuspendedDays, ...]

    def counts_on(self, day: date) -> bool:
        """Whether it makes its holder an expert of the plan: the one definition."""
        return self.counts_for_plan and valid_on(self, day)


def valid_experts_on_days(
    days: Iterable[date], *, as_of: datetime | None = None
) -> dict[date, int]:
    """For each day, the distinct people with a checked certificate that was valid then and
    whose scheme counts for the plan. Certificates of completion are no part of this table.
    ``as_of``: by what was known at that moment; without it, by what is known now.
    """
    rows = certificates_known(as_of)
    return {day: len({row.person_id for row in rows if row.counts_on(day)}) for day in days}


def valid_experts_on(day: date) -> int:
    return valid_experts_on_days([day])[day]


def valid_experts_among(person_ids: Collection[int], *, on: date) -> set[int]:
    """Those of these people who are counted as experts on a day."""
    rows = (row for row in certificates_known() if row.person_id in person_ids)
    return {row.person_id for row in rows if row.counts_on(on)}


def supported_experts_on(day: date) -> int:
    """Those of them whose training or certifying the plan paid for."""
    rows = certificates_known()
    return len({row.person_id for row in rows if row.funded_by_plan and row.counts_on(day)})


def certificates_known(as_of: datetime | None = None) -> list[CertificateDays]:
    """All that had been entered by then, of every scheme, as they stood: checked later is not
    checked yet, withdrawn later not withdrawn.
    """
    held = ExpertCertificate
    columns = (
        held.id, held.person_id, held.scheme_id, held.organisation_id, held.ward_id,
        held.withdrawal, held.withdrawn_from, held.issued_on, held.expires_on, held.funded_by_plan,
        CertificationScheme.counts_for_plan, held.recorded_at, held.checked_at, held.withdrawn_at,
    )  # fmt: skip
    rows = db.session.execute(select(*columns).join(held.scheme).order_by(held.id))
    suspended = _suspensions_known(as_of)
    return [
        _as_known(row, suspended[row.id], as_of)
        for row in rows
        if _has_come(row.recorded_at, as_of)
    ]


def _suspensions_known(as_of: datetime | None) -> dict[int, list[SuspendedDays]]:
    """By certificate; lifted later is not lifted yet."""
    known: defaultdict[int, list[SuspendedDays]] = defaultdict(list)
    for row in db.session.scalars(select(CertificateSuspension).order_by(CertificateSuspension.id)):
        if _has_come(row.recorded_at, as_of):
            lifted_from = row.lifted_from if _has_come(row.lifted_at, as_of) else None
            days = SuspendedDays(row.from_on, row.until_on, lifted_from)
            known[row.certificate_id].append(days)
    return known


def _has_come(moment: datetime | None, as_of: datetime | None) -> bool:
    return moment is not None and (as_of is None or moment <= as_of)


def _as_known(
    row: Any, suspensions: Iterable[SuspendedDays], as_of: datetime | None
) -> CertificateDays:
    checked, withdrawn = _has_come(row.checked_at, as_of), _has_come(row.withdrawn_at, as_of)
    state = ExpertCertificateState.CHECKED if checked else ExpertCertificateState.RECORDED
    return CertificateDays(
        id=row.id,
        person_id=row.person_id,
        scheme_id=row.scheme_id,
        organisation_id=row.organisation_id,
        ward_id=row.ward_id,
        state=ExpertCertificateState.WITHDRAWN if withdrawn else state,
        withdrawal=row.withdrawal if withdrawn else None,
        withdrawn_from=row.withdrawn_from if withdrawn else None,
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        was_checked=checked,
        funded_by_plan=row.funded_by_plan,
        counts_for_plan=row.counts_for_plan,
        suspensions=tuple(suspensions),
    )

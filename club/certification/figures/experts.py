"""Certified experts cut in several ways. Pure; who counts says ``certification.counting``."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from club.certification.counting import CertificateDays
from club.certification.models import WithdrawalKind
from club.certification.rules import held_on, valid_on


class By(StrEnum):
    """By what they are cut. Organisation and ward are those of the day of issue."""

    SCHEME = "scheme"
    ORGANISATION = "organisation"
    WARD = "ward"
    FUNDED = "funded"


class CountedAs(StrEnum):
    """How a certificate stands on the report date, for the plan."""

    COUNTS = "counts"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
    SUSPENDED = "suspended"
    #: Nobody has checked it.
    UNCHECKED = "unchecked"
    #: Valid, of a scheme without a published standard.
    NO_STANDARD = "no_standard"


@dataclass(frozen=True)
class Line:
    #: What the rows have in common: an id of the database, or whether the plan paid.
    value: int | bool | None
    people: int
    certificates: int


@dataclass(frozen=True)
class StandingLine:
    counted_as: CountedAs
    people: int
    certificates: int


_VALUE: dict[By, Callable[[CertificateDays], int | bool | None]] = {
    By.SCHEME: lambda row: row.scheme_id,
    By.ORGANISATION: lambda row: row.organisation_id,
    By.WARD: lambda row: row.ward_id,
    By.FUNDED: lambda row: row.funded_by_plan,
}


def counted_as(row: CertificateDays, day: date) -> CountedAs | None:
    """``None``: it was entered by mistake, or had not been issued yet."""
    if row.counts_on(day):
        return CountedAs.COUNTS
    if row.withdrawal is WithdrawalKind.MISTAKE or row.issued_on > day:
        return None
    if not row.was_checked:
        return CountedAs.UNCHECKED
    if row.withdrawn_from is not None and row.withdrawn_from <= day:
        return CountedAs.TAKEN_BACK
    if not held_on(row, day):
        return CountedAs.ENDED
    return CountedAs.NO_STANDARD if valid_on(row, day) else CountedAs.SUSPENDED


def cut(rows: Iterable[CertificateDays], by: By) -> list[Line]:
    """The largest first. Whoever stands in several lines is in each of them."""
    groups: defaultdict[int | bool | None, list[CertificateDays]] = defaultdict(list)
    for row in rows:
        groups[_VALUE[by](row)].append(row)
    lines = [Line(value, people_of(found), len(found)) for value, found in groups.items()]
    return sorted(lines, key=lambda line: (-line.people, line.value is None, line.value or 0))


def standings(rows: Collection[CertificateDays], day: date) -> list[StandingLine]:
    at = {kind: [row for row in rows if counted_as(row, day) is kind] for kind in CountedAs}
    return [StandingLine(kind, people_of(found), len(found)) for kind, found in at.items()]


def people_of(rows: Iterable[CertificateDays]) -> int:
    return len({row.person_id for row in rows})


def value_of(row: CertificateDays, by: By) -> int | bool | None:
    return _VALUE[by](row)

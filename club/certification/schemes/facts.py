"""What a version says, apart from any row: as a form, a file or another version gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from club.certification.schemes.models import (
    REMINDER_DAYS,
    Deciding,
    Judge,
    Majority,
    Purpose,
    RenewedFrom,
    Requirement,
    RequirementKind,
    SchemeLevel,
    SchemeVersion,
    Unit,
    ValidFrom,
)
from club.certification.schemes.settings import Terms, as_json, terms_of


@dataclass(frozen=True)
class SchemeFacts:
    """The columns of ``CertificationScheme`` that are typed."""

    name: str
    name_en: str
    awarded_by_club: bool
    standard: str | None = None
    note: str | None = None
    note_en: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class RequirementFacts:
    """The columns of ``Requirement``, with its settings read."""

    kind: RequirementKind
    name: str
    unit: Unit
    judged_by: Judge
    terms: Terms
    purpose: Purpose = Purpose.FIRST
    name_en: str | None = None
    group_key: str | None = None
    together_key: str | None = None
    minimum: Decimal | None = None
    evidence_wanted: str | None = None
    evidence_wanted_en: str | None = None
    valid_months: int | None = None
    proposed_by_club: bool = False
    source: str | None = None
    note: str | None = None
    note_en: str | None = None

    def columns(self) -> dict[str, Any]:
        given = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "terms"}
        return {**given, "settings": as_json(self.terms)}


@dataclass(frozen=True)
class LevelFacts:
    key: str
    name: str
    name_en: str | None
    #: By their keys, in their order.
    requirements: Mapping[str, RequirementFacts]


@dataclass(frozen=True)
class VersionFacts:
    """The columns of ``SchemeVersion`` that a draft may change."""

    label: str
    valid_from: date | None = None
    note: str | None = None
    note_en: str | None = None
    source: str | None = None
    proposed_by_club: bool = False
    validity_months: int | None = None
    without_end: bool = False
    validity_from: ValidFrom = ValidFrom.DECIDED
    renewed_from: RenewedFrom = RenewedFrom.OLD_END
    grace_months: int | None = None
    renewal_window_months: int | None = None
    deciding: Deciding = Deciding.ONE
    panel_quorum: int | None = None
    panel_majority: Majority | None = None
    appeal_days: int | None = None
    answer_days: int | None = None
    reminder_days: tuple[int, ...] = REMINDER_DAYS
    suspended_shown: bool = True
    withdrawn_shown: bool = False

    def columns(self) -> dict[str, Any]:
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**given, "reminder_days": [*self.reminder_days]}


def facts_of_requirement(requirement: Requirement) -> RequirementFacts:
    names = [one.name for one in fields(RequirementFacts) if one.name != "terms"]
    kept = {name: getattr(requirement, name) for name in names}
    return RequirementFacts(**kept, terms=terms_of(requirement))


def facts_of_level(level: SchemeLevel) -> LevelFacts:
    asked = {one.key: facts_of_requirement(one) for one in level.requirements}
    return LevelFacts(level.key, level.name, level.name_en, asked)


def facts_of_version(version: SchemeVersion) -> VersionFacts:
    kept = {one.name: getattr(version, one.name) for one in fields(VersionFacts)}
    return VersionFacts(**{**kept, "reminder_days": tuple(version.reminder_days)})

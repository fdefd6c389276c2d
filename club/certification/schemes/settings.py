"""What a requirement says beyond its minimum: one class for each kind, kept as JSON.

The column ``settings`` is written with ``as_json`` and read with ``terms_of``, and nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, get_type_hints

from club.certification.schemes.models import RequirementKind
from club.certification.schemes.setting_values import (
    SettingRefusal,
    WrongValueError,
    amounts_by,
    check_limits,
    choice,
    day,
    decimal,
    or_nothing,
    plain,
    whole,
    words,
    words_list,
    yes_or_no,
)


class SettingsError(Exception):
    """Settings that their kind cannot have: every problem, by the name of the setting."""

    def __init__(self, problems: Mapping[str, SettingRefusal]) -> None:
        super().__init__("; ".join(f"{name}: {said}" for name, said in problems.items()))
        self.problems = dict(problems)


class EducationLevel(StrEnum):
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    COLLEGE = "college"
    UNIVERSITY = "university"
    MASTER = "master"
    DOCTOR = "doctor"


class CreditCategory(StrEnum):
    """In what way hours of training came about."""

    ATTENDED = "attended"
    #: Training taken elsewhere that the club accepted.
    OUTSIDE = "outside"
    TAUGHT = "taught"
    SELF_STUDY = "self_study"
    PUBLISHED = "published"
    OTHER = "other"


class Framework(StrEnum):
    PLAN_DO_SUSTAIN = "plan_do_sustain"


def _at_least(lowest: int, highest: int = 100_000) -> dict[str, Decimal]:
    return {"lowest": Decimal(lowest), "highest": Decimal(highest)}


@dataclass(frozen=True)
class EducationTerms:
    #: ``None``: to be set, or said in the note.
    at_least: EducationLevel | None = None


@dataclass(frozen=True)
class TrainingTerms:
    #: Codes of courses and keys of topics: what counts is any of them. Both empty: all training.
    courses: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    #: First day that counts.
    since: date | None = None
    #: What an hour of teaching is worth in hours of attending; ``None``: teaching is no credit.
    teaching_factor: Decimal | None = field(default=None, metadata=_at_least(0, 10))
    #: Whether training taken elsewhere counts, once the club accepted it.
    outside_counts: bool = True
    #: The most that a category can add, in the requirement's unit; more is surplus.
    caps: dict[CreditCategory, Decimal] = field(default_factory=dict, metadata=_at_least(0))


@dataclass(frozen=True)
class WorkTerms:
    #: Work in what counts.
    in_what: str | None = None
    in_what_en: str | None = None


@dataclass(frozen=True)
class ProjectTerms:
    #: Whether each must show what was measured before and after.
    measured: bool = False
    framework: Framework | None = None
    #: Whether pilot projects in which the candidate took part count as evidence.
    pilots_count: bool = True


@dataclass(frozen=True)
class ExaminationTerms:
    """The score that is needed is the requirement's minimum."""

    #: The highest score there is, where it is not a percentage.
    out_of: Decimal | None = field(default=None, metadata=_at_least(1))
    #: ``None``: as often as the candidate likes.
    attempts: int | None = field(default=None, metadata=_at_least(1, 100))
    #: Days between one attempt and the next.
    waiting_days: int | None = field(default=None, metadata=_at_least(0, 3650))


@dataclass(frozen=True)
class InterviewTerms:
    """Nothing beyond what every requirement says."""


@dataclass(frozen=True)
class EthicsTerms:
    """The statement that a candidate signs; another wording is another version."""

    version: str | None = None
    text: str | None = None
    text_en: str | None = None


@dataclass(frozen=True)
class ReferencesTerms:
    from_whom: str | None = None
    from_whom_en: str | None = None


@dataclass(frozen=True)
class FeeTerms:
    """The amount is the requirement's minimum."""

    payable_to: str | None = None


@dataclass(frozen=True)
class OtherTerms:
    """Nothing beyond what every requirement says."""


Terms = (
    EducationTerms
    | TrainingTerms
    | WorkTerms
    | ProjectTerms
    | ExaminationTerms
    | InterviewTerms
    | EthicsTerms
    | ReferencesTerms
    | FeeTerms
    | OtherTerms
)
TERMS: dict[RequirementKind, type[Terms]] = {
    RequirementKind.EDUCATION: EducationTerms,
    RequirementKind.TRAINING: TrainingTerms,
    RequirementKind.WORK_EXPERIENCE: WorkTerms,
    RequirementKind.PROJECT: ProjectTerms,
    RequirementKind.EXAMINATION: ExaminationTerms,
    RequirementKind.INTERVIEW: InterviewTerms,
    RequirementKind.ETHICS: EthicsTerms,
    RequirementKind.REFERENCES: ReferencesTerms,
    RequirementKind.FEE: FeeTerms,
    RequirementKind.OTHER: OtherTerms,
}


class WithSettings(Protocol):
    @property
    def kind(self) -> RequirementKind: ...
    @property
    def settings(self) -> dict[str, Any]: ...


def terms_of(requirement: WithSettings) -> Terms:
    return read_terms(requirement.kind, requirement.settings)


def read_terms(kind: RequirementKind, given: Mapping[str, Any]) -> Terms:
    """Raises ``SettingsError`` with all that is wrong; what is left out has its default."""
    made = TERMS[kind]
    hints = get_type_hints(made)
    limits = {one.name: one.metadata for one in fields(made)}
    problems = {name: SettingRefusal.UNKNOWN for name in given if name not in hints}
    values = {}
    for name in hints.keys() & given.keys():
        try:
            values[name] = _READERS[hints[name]](given[name])
            check_limits(values[name], **limits[name])
        except WrongValueError as wrong:
            problems[name] = wrong.problem
    if problems:
        raise SettingsError(problems)
    return made(**values)


def as_json(terms: Terms) -> dict[str, Any]:
    """What differs from the defaults of the kind, so that equal terms are equal JSON."""
    default = type(terms)()
    return {
        one.name: plain(getattr(terms, one.name))
        for one in fields(terms)
        if getattr(terms, one.name) != getattr(default, one.name)
    }


_READERS: dict[Any, Callable[[object], Any]] = {
    bool: yes_or_no,
    str | None: or_nothing(words),
    int | None: or_nothing(whole),
    Decimal | None: or_nothing(decimal),
    date | None: or_nothing(day),
    tuple[str, ...]: words_list,
    EducationLevel | None: or_nothing(choice(EducationLevel)),
    Framework | None: or_nothing(choice(Framework)),
    dict[CreditCategory, Decimal]: amounts_by(CreditCategory),
}

"""What is known about a person or an organisation when it is entered or changed."""

from dataclasses import dataclass
from datetime import date

from club.people.models import AudienceKind, JobGroup, Sex, SizeClass


@dataclass(frozen=True)
class PersonFacts:
    full_name: str
    email: str | None = None
    #: As typed or E.164.
    phone: str | None = None
    birth_year: int | None = None
    sex: Sex = Sex.NOT_STATED
    job_group: JobGroup = JobGroup.NOT_STATED
    ward_id: int | None = None
    language: str = "vi"


@dataclass(frozen=True)
class OrganisationFacts:
    name: str
    kind: AudienceKind
    #: As typed; a doubtful one is taken.
    tax_code: str | None = None
    sector: str | None = None
    size_class: SizeClass = SizeClass.NOT_STATED
    ward_id: int | None = None
    address: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class EmploymentFacts:
    from_day: date
    to_day: date | None = None
    position: str | None = None
    represents: bool = False

"""What rows of a list come to: who was in which class, and what is to be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from club.courses.models import Funding, RunForm
from club.files.sheets import rows
from club.people.models import AudienceKind, JobGroup, Sex
from club.records.earlier.columns import Column
from club.units.models import Unit
from club.vietnamese import folded

#: Percent of the planned time from which somebody counts: the default of every class.
COUNTING_THRESHOLD = 50
_WHOLE_DAY, _HALF_DAY = 6 * 60, 3 * 60
Mistake = rows.Mistake[Column]


class RowRefusal(StrEnum):
    NO_CONTACT = (
        "Add an e-mail address, a phone number or the year of birth: by the name alone two people"
        " cannot be told apart."
    )
    FIRST_AFTER_LAST = "The first day lies after the last one."
    DAYS_MISSING = "Write on how many days the class met, because it lasted longer than one day."
    TOO_MANY_DAYS = "These are more days than lie between the first and the last one."
    TOO_MANY_HOURS = "These are more hours than the days of the class have."
    MORE_THAN_PLANNED = "Nobody can attend more hours than the class had."
    COMPLETED_TOO_LITTLE = (
        "Somebody who attended less than half of the class has not completed it. Correct the hours"
        " or write “Không”."
    )
    NO_ORGANISATION = "Write the organisation, or write “Cá nhân” as the group of learners."
    ORGANISATION_OF_NOBODY = "Individuals come for no organisation. Correct one of the two."
    TWICE = "Row %(other)s says the same person was in this class already."
    OTHER_CLASS = "Row %(other)s says of the same class: %(what)s. Write the same in both rows."
    RECORDED_ALREADY = "This person has this course of that day on record already: %(code)s."
    ADDRESS_TAKEN = "Row %(other)s has the same address with another name. Correct one of them."


@dataclass(frozen=True)
class PastClass:
    """Rows that agree in these are of one class."""

    course_code: str
    first_day: date
    last_day: date
    label: str


@dataclass(frozen=True)
class ClassFacts:
    days: int
    planned_minutes: int
    form: RunForm
    funding: Funding


@dataclass(frozen=True)
class Entry:
    """One person in one class of an earlier year."""

    row: int
    full_name: str
    #: Folded: what names are compared by.
    name_key: str
    email: str | None
    phone: str | None
    birth_year: int | None
    sex: Sex
    job_group: JobGroup
    of_class: PastClass
    facts: ClassFacts
    attended_minutes: int
    completed: bool
    audience: AudienceKind
    organisation: str | None
    tax_code: str | None
    ward_id: int | None

    @property
    def sent_by(self) -> list[str]:
        """What the organisation may be found by: its tax code, then its folded name."""
        named = [folded(self.organisation)] if self.organisation else []
        return [self.tax_code, *named] if self.tax_code else named

    @property
    def person_days(self) -> Decimal:
        """The hours attended, spread evenly over the days of the class."""
        a_day = self.attended_minutes / self.facts.days
        share = Decimal(1) if a_day >= _WHOLE_DAY else Decimal("0.5")
        return self.facts.days * share if a_day >= _HALF_DAY else Decimal(0)

    @property
    def counts(self) -> bool:
        return self.attended_minutes * 100 >= self.facts.planned_minutes * COUNTING_THRESHOLD


@dataclass(frozen=True)
class Known:
    """What rows are held against."""

    course_codes: frozenset[str]
    #: By folded name; a name may have belonged to several, one after the other.
    wards: Mapping[str, Sequence[Unit]]
    today: date

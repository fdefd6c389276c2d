"""The people of the demo club, where they work, and who is a member."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from club import clock
from club.demo.invention import FIRMS, Invention
from club.demo.rows import Rows
from club.membership.models import (
    ApplicationState,
    Membership,
    MembershipApplication,
    MembershipEvent,
    MembershipEventKind,
)
from club.people.models import (
    AudienceKind,
    Employment,
    JobGroup,
    Organisation,
    Person,
    Sex,
    SizeClass,
)
from club.vietnamese import folded, name_sort_key, text_sort_key


@dataclass(frozen=True)
class DemoOrganisation:
    id: int
    name: str
    kind: AudienceKind
    sector: str | None
    size_class: SizeClass
    ward_id: int | None


@dataclass(frozen=True)
class DemoPerson:
    """What attendance later freezes into the training record."""

    id: int
    name: str
    sex: Sex
    job_group: JobGroup
    ward_id: int | None
    organisation: DemoOrganisation | None

    @property
    def audience(self) -> AudienceKind:
        return self.organisation.kind if self.organisation else AudienceKind.INDIVIDUAL


@dataclass
class Society:
    organisations: list[DemoOrganisation] = field(default_factory=list)
    people: list[DemoPerson] = field(default_factory=list)


def found_society(
    rows: Rows, invention: Invention, *, people: int, wards: list[int], now: datetime
) -> Society:
    """Invent organisations (80 for 600 people) and their people; most work for one of them."""
    society = Society()
    for number in range(1, max(80, people // 40) + 1):
        society.organisations.append(_organisation(rows, invention, number, wards, now))
    for number in range(1, people + 1):
        society.people.append(_person(rows, invention, number, society, wards, now))
        rows.write_when_many()
    _enrol_members(rows, invention, society, now)
    return society


def _organisation(
    rows: Rows, invention: Invention, number: int, wards: list[int], now: datetime
) -> DemoOrganisation:
    kind, sector, name = _kind_of_organisation(number)
    size = SizeClass.NOT_STATED
    if kind is AudienceKind.ENTERPRISE:
        size = invention.chance.choices(
            [SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE], [25, 40, 25, 10]
        )[0]
    ward_id = invention.chance.choice(wards) if wards else None
    organisation_id = rows.add(
        Organisation,
        code=f"dn-{number:04d}", public_id=rows.uuid(), name=name, sort_key=text_sort_key(name),
        search_key=folded(name), kind=kind, tax_code=None, sector=sector, size_class=size,
        ward_id=ward_id, address=None, email=None, phone=None, created_at=now - timedelta(days=380),
    )  # fmt: skip
    return DemoOrganisation(organisation_id, name, kind, sector, size, ward_id)


def _kind_of_organisation(number: int) -> tuple[AudienceKind, str | None, str]:
    """Of eight: six firms, a state agency and another body."""
    if number % 8 == 0:
        return AudienceKind.STATE_AGENCY, "public_service", f"Cơ quan Demo {number:02d}"
    if number % 8 == 4:
        return AudienceKind.OTHER_ORGANISATION, None, f"Hội Demo {number:02d}"
    sector, trade = FIRMS[number % len(FIRMS)]
    return AudienceKind.ENTERPRISE, sector, f"Công ty {trade} Demo {number:02d}"


def _person(
    rows: Rows, invention: Invention, number: int, society: Society, wards: list[int], now: datetime
) -> DemoPerson:
    chance = invention.chance
    sex = invention.sex()
    name = invention.name(sex)
    employer = chance.choice(society.organisations) if chance.random() < 0.9 else None
    group = invention.job_group(employer.kind if employer else AudienceKind.INDIVIDUAL)
    ward_id = chance.choice(wards) if wards and chance.random() < 0.6 else None
    person_id = rows.add(
        Person,
        public_id=rows.uuid(), full_name=name, sort_key=name_sort_key(name),
        search_key=folded(name), birth_year=invention.birth_year(clock.local_day(now)), sex=sex,
        job_group=group, email=f"demo{number:05d}@people.example", phone=invention.phone(number),
        ward_id=ward_id, language="vi", created_at=now - timedelta(days=375),
    )  # fmt: skip
    if employer:
        rows.add(
            Employment,
            person_id=person_id, organisation_id=employer.id,
            from_day=date(2019, 1, 1) + timedelta(days=chance.randrange(1800)), to_day=None,
            position=invention.position(group), represents=False,
        )  # fmt: skip
    return DemoPerson(person_id, name, sex, group, ward_id, employer)


def _enrol_members(rows: Rows, invention: Invention, society: Society, now: datetime) -> None:
    chance = invention.chance
    for organisation in chance.sample(society.organisations, k=len(society.organisations) // 2):
        if organisation.kind is not AudienceKind.INDIVIDUAL:
            _membership(rows, now, chance.randint(20, 360), organisation_id=organisation.id)
    drawn = chance.sample(society.people, k=min(204, len(society.people) // 3))
    for person in drawn[4:]:
        _membership(rows, now, chance.randint(5, 360), person_id=person.id)
    for person in drawn[:4]:
        _application(rows, person, now - timedelta(days=chance.randint(1, 6)))


def _application(rows: Rows, person: DemoPerson, applied_at: datetime) -> None:
    rows.add(
        MembershipApplication,
        public_id=rows.uuid(), person_id=person.id, organisation_id=None,
        statement="Muốn học 5S và Kaizen để làm ở tổ.", state=ApplicationState.PENDING,
        applied_at=applied_at, decided_at=None, decided_by_id=None, reason=None,
    )  # fmt: skip


def _membership(
    rows: Rows,
    now: datetime,
    days_ago: int,
    *,
    person_id: int | None = None,
    organisation_id: int | None = None,
) -> None:
    began = now - timedelta(days=days_ago)
    membership_id = rows.add(
        Membership,
        person_id=person_id, organisation_id=organisation_id, application_id=None,
        from_day=clock.local_day(began), to_day=None,
    )  # fmt: skip
    rows.add(
        MembershipEvent,
        membership_id=membership_id, kind=MembershipEventKind.BEGAN, at=began, by_id=None,
        reason=None,
    )  # fmt: skip

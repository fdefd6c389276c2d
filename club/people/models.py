import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from club.db import Model
from club.units.models import Unit
from club.vietnamese import folded, name_sort_key, text_sort_key, tidy_line
from club.web.personal_data import ERASED_NAME

#: Sort keys are compared byte by byte on both engines.
SortKey = String().with_variant(String(collation="C"), "postgresql")


#: What is written in place of a name that must not be kept.
NAMELESS = "(không còn lưu tên)"


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    NOT_STATED = "not_stated"


class JobGroup(StrEnum):
    """Trainee groups by job: a dimension beside the audience kinds."""

    WORKERS = "workers"
    MANAGERS = "managers"
    OFFICE = "office"
    OFFICIALS = "officials"
    NOT_STATED = "not_stated"


class AudienceKind(StrEnum):
    """Whom the plan wants trained; the keys of every table and file of figures."""

    STATE_AGENCY = "state_agency"
    ENTERPRISE = "enterprise"
    OTHER_ORGANISATION = "other_organisation"
    INDIVIDUAL = "individual"


class SizeClass(StrEnum):
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    NOT_STATED = "not_stated"


class Person(Model):
    """Somebody the club knows. Not an account: many people never sign in."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("length(full_name) BETWEEN 1 AND 200", name="name_length"),
        Index("ix_person_sort_key", "sort_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Opaque and stable: what exports and addresses show instead of the id. Many rows that are
    #: inserted at once find their ids by it.
    public_id: Mapped[uuid.UUID] = mapped_column(
        unique=True, default=uuid.uuid4, insert_sentinel=True
    )
    full_name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    search_key: Mapped[str] = mapped_column(index=True)
    birth_year: Mapped[int | None]
    sex: Mapped[Sex] = mapped_column(default=Sex.NOT_STATED)
    job_group: Mapped[JobGroup] = mapped_column(default=JobGroup.NOT_STATED)
    email: Mapped[str | None] = mapped_column(index=True)
    #: E.164, such as ``+84912345678``.
    phone: Mapped[str | None] = mapped_column(index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    #: The language letters are written in: ``vi`` or ``en``.
    language: Mapped[str] = mapped_column(default="vi")
    created_at: Mapped[datetime]
    #: The entry of the same person that this one has become part of.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    ward: Mapped[Unit | None] = relationship()
    employments: Mapped[list["Employment"]] = relationship(back_populates="person")

    @property
    def is_nameless(self) -> bool:
        """Whether what said who this is was erased."""
        return self.full_name in {NAMELESS, ERASED_NAME}


class Organisation(Model):
    """A firm, a state agency or another body that sends people or is a member."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("kind <> 'individual'", name="kind_is_a_body"),
        Index("ix_organisation_sort_key", "sort_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Short public code in addresses, such as ``dn-0042``.
    code: Mapped[str] = mapped_column(unique=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(SortKey)
    search_key: Mapped[str] = mapped_column(index=True)
    kind: Mapped[AudienceKind]
    #: Digits as typed, with the hyphen of dependent units; a wrong check digit only warns.
    tax_code: Mapped[str | None] = mapped_column(unique=True)
    #: A key of ``club.people.sectors``.
    sector: Mapped[str | None]
    size_class: Mapped[SizeClass] = mapped_column(default=SizeClass.NOT_STATED)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    address: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    created_at: Mapped[datetime]

    ward: Mapped[Unit | None] = relationship()
    employments: Mapped[list["Employment"]] = relationship(back_populates="organisation")


class Employment(Model):
    """A person works for an organisation from a day to a day."""

    __tablename__ = "employment"
    __table_args__ = (
        CheckConstraint("to_day IS NULL OR from_day <= to_day", name="from_before_to"),
        Index("ix_employment_person", "person_id", "from_day"),
        Index("ix_employment_organisation", "organisation_id", "from_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]
    position: Mapped[str | None]
    #: May act for the organisation on this site.
    represents: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(back_populates="employments")
    organisation: Mapped[Organisation] = relationship(back_populates="employments")

    def holds_on(self, day: date) -> bool:
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@event.listens_for(Person, "before_insert")
@event.listens_for(Person, "before_update")
def _keep_person_keys(_mapper: Mapper[Any], _connection: object, person: Person) -> None:
    person.full_name = tidy_line(person.full_name)
    person.sort_key = name_sort_key(person.full_name)
    person.search_key = folded(person.full_name)


@event.listens_for(Organisation, "before_insert")
@event.listens_for(Organisation, "before_update")
def _keep_organisation_keys(
    _mapper: Mapper[Any], _connection: object, organisation: Organisation
) -> None:
    organisation.name = tidy_line(organisation.name)
    organisation.sort_key = text_sort_key(organisation.name)
    organisation.search_key = folded(organisation.name)

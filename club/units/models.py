from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model


class UnitKind(StrEnum):
    WARD = "ward"
    COMMUNE = "commune"
    CITY_COMMITTEE = "city_committee"
    DEPARTMENT = "department"
    STATION = "station"
    ASSOCIATION = "association"
    OTHER = "other"

    @property
    def is_area(self) -> bool:
        """Whether people live or work in it, rather than for it."""
        return self in AREAS


AREAS = frozenset({UnitKind.WARD, UnitKind.COMMUNE})


class Unit(Model):
    """A ward or a department, for as long as it existed."""

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to",
            name="from_before_to",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stable name in addresses, files and exports; never reused.
    key: Mapped[str] = mapped_column(unique=True)
    #: The number in the national table of administrative units, where a source gives it.
    official_code: Mapped[str | None]
    kind: Mapped[UnitKind]
    name: Mapped[str]
    name_en: Mapped[str | None]
    #: First and last day of its existence; ``None`` where no source says.
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str | None]
    note: Mapped[str | None]
    note_en: Mapped[str | None]

    successions: Mapped[list["UnitSuccession"]] = relationship(
        foreign_keys="UnitSuccession.predecessor_id", back_populates="predecessor"
    )
    origins: Mapped[list["UnitSuccession"]] = relationship(
        foreign_keys="UnitSuccession.successor_id", back_populates="successor"
    )

    def exists_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class UnitSuccession(Model):
    """One unit went into another, wholly or in part. A split unit has several rows."""

    __tablename__ = "unit_succession"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id"),
        CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    successor_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    #: First day of the successor.
    on_day: Mapped[date]
    in_part: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str | None]

    predecessor: Mapped[Unit] = relationship(
        foreign_keys=predecessor_id, back_populates="successions"
    )
    successor: Mapped[Unit] = relationship(foreign_keys=successor_id, back_populates="origins")

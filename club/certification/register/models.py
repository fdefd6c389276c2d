"""What experts say of themselves beside their words: with what, where and in which languages."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from club.certification.models import Expert
from club.db import Model


class FieldKind(StrEnum):
    """What a ``key`` is a key of."""

    #: ``club.knowledge.models.Tool``
    TOOL = "tool"
    #: ``club.knowledge.models.Topic``
    TOPIC = "topic"
    #: ``club.people.sectors``
    SECTOR = "sector"
    #: ISO 639-1
    LANGUAGE = "language"
    #: ``club.units.models.Unit``, a ward to which the expert comes; not where the expert lives.
    WARD = "ward"


class ExpertField(Model):
    """One thing that an expert works with, or in."""

    __tablename__ = "expert_field"
    __table_args__ = (Index("ix_expert_field_key", "kind", "key"),)

    expert_id: Mapped[int] = mapped_column(ForeignKey(Expert.id), primary_key=True)
    kind: Mapped[FieldKind] = mapped_column(primary_key=True)
    #: Stable keys of other rooms; one that is there no more is not shown.
    key: Mapped[str] = mapped_column(primary_key=True)

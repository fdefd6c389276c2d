from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Numeric
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.indicators.models import Indicator


class TargetKind(StrEnum):
    COUNTED = "counted"
    ENTERED = "entered"
    #: "Góp phần": measured above the city, never claimed as its own result.
    CONTRIBUTORY = "contributory"


class PlanTarget(Model):
    """One of the plan's eleven targets, in the plan's own words."""

    __tablename__ = "plan_target"
    __table_args__ = (
        CheckConstraint("kind <> 'counted' OR value IS NOT NULL", name="counted_has_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    #: To be reached by the end of this year.
    by_year: Mapped[int]
    #: The day of the plan; what was there before it is no progress.
    begins_on: Mapped[date]
    kind: Mapped[TargetKind]
    words: Mapped[str]
    words_en: Mapped[str]
    #: The wish in a few words, for lists.
    short: Mapped[str]
    short_en: Mapped[str]
    #: ``> >= = ~`` and the value; ``None`` where the plan names no number.
    op: Mapped[str | None]
    value: Mapped[Decimal | None] = mapped_column(Numeric(14, 4))
    #: The line of the plan, such as ``I.2.a-4``, and the document it stands in.
    line: Mapped[str]
    document: Mapped[str]
    document_en: Mapped[str]
    position: Mapped[int]

    indicator: Mapped[Indicator] = relationship()

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.plan.items.models import PlanItem


class MoneySource(StrEnum):
    """The sources that the plan names."""

    SCIENCE_BUDGET = "science_budget"
    ENTERPRISE = "enterprise"
    OTHER = "other"


class BudgetEntry(Model):
    """What was planned and spent for a line, a year and a source, as somebody entered it.

    Never changed: the next version takes its place, and one without amounts takes it out.
    """

    __tablename__ = "plan_budget_entry"
    __table_args__ = (
        UniqueConstraint("item_id", "year", "source", "version"),
        CheckConstraint("planned >= 0", name="planned_not_negative"),
        CheckConstraint("spent >= 0", name="spent_not_negative"),
        CheckConstraint(
            "version >= 1 AND (version = 1) = (reason IS NULL)", name="changed_with_a_reason"
        ),
        CheckConstraint(
            "version > 1 OR planned IS NOT NULL OR spent IS NOT NULL", name="begins_with_money"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"))
    year: Mapped[int]
    source: Mapped[MoneySource]
    version: Mapped[int]
    #: Whole đồng; ``None``: nobody has said.
    planned: Mapped[int | None] = mapped_column(BigInteger)
    spent: Mapped[int | None] = mapped_column(BigInteger)
    #: Why it takes the place of the version before.
    reason: Mapped[str | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    item: Mapped[PlanItem] = relationship()

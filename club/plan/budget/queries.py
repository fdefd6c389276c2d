from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from club.db import db
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.rules import Amounts, sum_of
from club.plan.items.models import PlanItem

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sums:
    """What may be public: never the amounts of one line."""

    by_year: dict[int, Amounts]
    by_source: dict[MoneySource, Amounts]
    total: Amounts


def standing_entries() -> list[BudgetEntry]:
    """The last version of each, by year, line and source; those taken out are left out."""
    last = (
        select(func.max(BudgetEntry.id))
        .group_by(BudgetEntry.item_id, BudgetEntry.year, BudgetEntry.source)
        .scalar_subquery()
    )
    query = (
        select(BudgetEntry)
        .join(BudgetEntry.item)
        .where(
            BudgetEntry.id.in_(last),
            BudgetEntry.planned.is_not(None) | BudgetEntry.spent.is_not(None),
        )
        .order_by(BudgetEntry.year, PlanItem.position, BudgetEntry.source)
        .options(contains_eager(BudgetEntry.item))
    )
    return list(db.session.scalars(query))


def versions_of(item_id: int, year: int, source: MoneySource) -> list[BudgetEntry]:
    """The latest first."""
    query = select(BudgetEntry).where(
        BudgetEntry.item_id == item_id, BudgetEntry.year == year, BudgetEntry.source == source
    )
    return list(db.session.scalars(query.order_by(BudgetEntry.version.desc())))


def sums() -> Sums:
    entries = standing_entries()
    return Sums(
        _grouped(entries, lambda entry: entry.year),
        _grouped(entries, lambda entry: entry.source),
        sum_of(entries),
    )


def _grouped(
    entries: Sequence[BudgetEntry], key: Callable[[BudgetEntry], Key]
) -> dict[Key, Amounts]:
    keys = list(dict.fromkeys(key(entry) for entry in entries))
    return {one: sum_of(entry for entry in entries if key(entry) == one) for one in keys}

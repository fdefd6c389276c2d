"""Which amounts may stand in the plan's budget, and what they add up to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

#: More đồng than that is a slip of the keyboard, and no spreadsheet keeps all its digits.
MOST = 10**15


class BudgetRefusal(StrEnum):
    NOTHING_TO_DO = "Nothing is to be done in this line, so it has no money."
    YEAR_OUTSIDE = "Choose a year of the plan."
    NOT_WHOLE = "Write whole đồng, without decimals."
    NEGATIVE = "An amount cannot be below nought."
    TOO_LARGE = "Check the amount: it is larger than any budget of a city."
    NOTHING_GIVEN = "Write what is planned, what was spent, or both."
    NOT_YET = "Nothing can have been spent in a year that has not begun."
    REASON_NEEDED = "There is an amount already. Say why another one takes its place."
    SAME_AGAIN = "Exactly these amounts are there already."
    CHANGED_MEANWHILE = (
        "Somebody has entered other amounts meanwhile. Look at them, then save again."
    )


@dataclass(frozen=True)
class Amounts:
    """Whole đồng; ``None`` where nobody has said."""

    planned: int | None
    spent: int | None

    @property
    def is_nothing(self) -> bool:
        return self.planned is None and self.spent is None


def refusal_of_amount(typed: Decimal | None) -> BudgetRefusal | None:
    if typed is None:
        return None
    if typed < 0:
        return BudgetRefusal.NEGATIVE
    if typed != typed.to_integral_value():
        return BudgetRefusal.NOT_WHOLE
    return BudgetRefusal.TOO_LARGE if typed >= MOST else None


class HasAmounts(Protocol):
    @property
    def planned(self) -> int | None: ...
    @property
    def spent(self) -> int | None: ...


def refusal_to_enter(
    given: Amounts, last: HasAmounts | None, *, year: int, this_year: int, reason: str | None
) -> tuple[BudgetRefusal, str] | None:
    """The verdict and the form's field it is about. ``last``: what would be replaced."""
    before = Amounts(last.planned, last.spent) if last else None
    if given.is_nothing and (before is None or before.is_nothing):
        return BudgetRefusal.NOTHING_GIVEN, "planned"
    if given.spent and year > this_year:
        return BudgetRefusal.NOT_YET, "spent"
    if given == before:
        return BudgetRefusal.SAME_AGAIN, "planned"
    if before is not None and not reason:
        return BudgetRefusal.REASON_NEEDED, "reason"
    return None


def years_of(begins: date | None, until_year: int | None) -> range:
    """The years of a plan, from its day to the last one that its title names."""
    if begins is None or until_year is None:
        return range(0)
    return range(begins.year, until_year + 1)


def sum_of(rows: Iterable[HasAmounts]) -> Amounts:
    """What nobody has said adds nothing; where nobody has said anything, nothing is said."""
    known = list(rows)
    planned = [row.planned for row in known if row.planned is not None]
    spent = [row.spent for row in known if row.spent is not None]
    return Amounts(sum(planned) if planned else None, sum(spent) if spent else None)

"""Entering the plan's money. An amount is never overwritten: another version takes its place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.plan.budget import queries, rules
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.rules import Amounts, BudgetRefusal
from club.plan.items.models import ItemKind, PlanItem
from club.refusal import RefusedError


@dataclass(frozen=True)
class Place:
    """Where money stands in the plan."""

    line: str
    year: int
    source: MoneySource


def enter_amounts(
    place: Place,
    given: Amounts,
    *,
    seen: int | None,
    reason: str | None,
    by: int | None,
    now: datetime,
) -> BudgetEntry:
    """A new version of the amounts; earlier ones stay. Amounts of nothing take out what is there.

    ``seen``: the version that was on the page, for who corrects it: nobody overwrites what they
    have not seen.
    """
    with transaction() as session:
        # The line's row is the lock under which versions are numbered.
        query = select(PlanItem).where(PlanItem.key == place.line).with_for_update()
        item = session.scalars(query).one()
        last = next(iter(queries.versions_of(item.id, place.year, place.source)), None)
        _refuse_place(item, place)
        if seen is not None and (last is None or last.version != seen):
            raise RefusedError(BudgetRefusal.CHANGED_MEANWHILE)
        _refuse_amounts(given, last, place, reason=reason, now=now)
        entry = BudgetEntry(
            item_id=item.id,
            year=place.year,
            source=place.source,
            version=last.version + 1 if last else 1,
            planned=given.planned,
            spent=given.spent,
            reason=reason if last else None,
            entered_at=now,
            entered_by_id=by,
        )
        session.add(entry)
        session.flush()
        _note(entry, item, by=by, now=now)
        return entry


def _refuse_place(item: PlanItem, place: Place) -> None:
    if item.kind is ItemKind.REFERENCE:
        raise RefusedError(BudgetRefusal.NOTHING_TO_DO, field="line")
    if place.year not in rules.years_of(item.document.dated, item.document.until_year):
        raise RefusedError(BudgetRefusal.YEAR_OUTSIDE, field="year")


def _refuse_amounts(
    given: Amounts, last: BudgetEntry | None, place: Place, *, reason: str | None, now: datetime
) -> None:
    this_year = clock.local_day(now).year
    verdict = rules.refusal_to_enter(
        given, last, year=place.year, this_year=this_year, reason=reason
    )
    if verdict:
        raise RefusedError(verdict[0], field=verdict[1])


def _note(entry: BudgetEntry, item: PlanItem, *, by: int | None, now: datetime) -> None:
    detail = {
        "year": entry.year,
        "money_from": entry.source.value,
        "planned": entry.planned,
        "spent": entry.spent,
        "reason": entry.reason,
    }
    record(
        "plan.enter_amounts",
        subject_kind="plan_item",
        subject_id=item.key,
        by=by,
        now=now,
        detail=detail,
    )

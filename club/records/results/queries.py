"""What people achieved in a run, now and before."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from club.accounts.models import Account
from club.db import db
from club.people.models import Person
from club.records.results.facts import Result, Scale
from club.records.results.models import PersonResult, RunScale


def scale_of(run_id: int) -> Scale:
    """The run's maximum scores that hold now, the usual ones where nobody stated any."""
    stated = current_scale(run_id)
    return stated.scale if stated else Scale()


def current_scale(run_id: int) -> RunScale | None:
    return db.session.scalars(
        select(RunScale).where(RunScale.run_id == run_id, RunScale.superseded_at.is_(None))
    ).one_or_none()


def results_of(run_id: int) -> dict[int, PersonResult]:
    """What holds now, by person."""
    query = select(PersonResult).where(
        PersonResult.run_id == run_id, PersonResult.superseded_at.is_(None)
    )
    return {row.person_id: row for row in db.session.scalars(query)}


def result_of(run_id: int, person_id: int) -> PersonResult | None:
    """What holds now of one person."""
    query = select(PersonResult).where(
        PersonResult.run_id == run_id,
        PersonResult.person_id == person_id,
        PersonResult.superseded_at.is_(None),
    )
    return db.session.scalars(query).one_or_none()


def written_of(run_id: int) -> dict[int, PersonResult]:
    """All that was ever written in a run, by the row's id."""
    query = select(PersonResult).where(PersonResult.run_id == run_id)
    return {row.id: row for row in db.session.scalars(query)}


def highest_scores(run_id: int) -> dict[str, Decimal]:
    """The highest score that somebody has now, by the name of the score."""
    names = ("pre_test", "post_test", "assignment")
    query = select(*(func.max(getattr(PersonResult, name)) for name in names)).where(
        PersonResult.run_id == run_id, PersonResult.superseded_at.is_(None)
    )
    found = db.session.execute(query).one()
    return {name: score for name, score in zip(names, found, strict=True) if score is not None}


@dataclass(frozen=True)
class Step:
    """Somebody wrote a person's results down: what there was before, and from then on."""

    person_name: str
    before: Result
    after: Result
    at: datetime
    by: str | None


def steps_of(run_id: int) -> list[Step]:
    """Everything that was ever written in a run, latest first."""
    writer = aliased(Person)
    query = (
        select(PersonResult, Person.full_name, writer.full_name)
        .join(Person, Person.id == PersonResult.person_id)
        .outerjoin(Account, Account.id == PersonResult.entered_by_id)
        .outerjoin(writer, writer.id == Account.person_id)
        .where(PersonResult.run_id == run_id)
        .order_by(PersonResult.id)
    )
    steps, before = [], dict[int, Result]()
    for row, name, by in db.session.execute(query):
        earlier = before.get(row.person_id, Result())
        steps.append(Step(name, earlier, row.result, row.entered_at, by))
        before[row.person_id] = row.result
    return steps[::-1]

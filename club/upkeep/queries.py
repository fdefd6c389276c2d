from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, inspect, select, text

from club.accounts.models import Account
from club.courses.models import Run
from club.db import db
from club.outbox.models import Letter, LetterState
from club.people.models import Person
from club.registration.models import SEATED_STATES, Registration, RegistrationState
from club.upkeep.models import Remembered


def present_revision() -> str:
    """The migration that the tables have reached; empty where they were not made by migrations."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return "+".join(connection.scalars(text("SELECT version_num FROM alembic_version")))


def remembered(name: str) -> Remembered | None:
    return db.session.get(Remembered, name)


def has_accounts() -> bool:
    return db.session.scalar(select(Account.id).limit(1)) is not None


def demo_accounts() -> int:
    """How many accounts have an address that nobody can have."""
    count = select(func.count()).select_from(Account).where(Account.email.like("%@club.example"))
    return db.session.scalar(count) or 0


@dataclass(frozen=True)
class OutboxState:
    waiting: int
    failed: int
    #: When the letter that is due longest was due; ``None`` when none is.
    due_since: datetime | None


def outbox_state(*, now: datetime) -> OutboxState:
    waiting = Letter.state == LetterState.WAITING
    count = select(
        func.count().filter(waiting),
        func.count().filter(Letter.state == LetterState.FAILED),
        func.min(Letter.next_attempt_at).filter(waiting, Letter.next_attempt_at <= now),
    )
    return OutboxState(*db.session.execute(count).one())


def runs_with_wrong_places() -> list[str]:
    """Codes of runs whose kept numbers of places differ from their registrations."""
    active = (
        select(
            Registration.run_id,
            func.count().filter(Registration.state.in_(SEATED_STATES)).label("taken"),
            func.count().filter(Registration.state == RegistrationState.WAITING).label("waiting"),
        )
        .group_by(Registration.run_id)
        .subquery()
    )
    wrong = (
        select(Run.code)
        .outerjoin(active, active.c.run_id == Run.id)
        .where(
            (Run.places_taken != func.coalesce(active.c.taken, 0))
            | (Run.waiting_count != func.coalesce(active.c.waiting, 0))
        )
        .order_by(Run.code)
    )
    return list(db.session.scalars(wrong))


def oversold_runs() -> list[str]:
    confirmed = (
        select(func.count())
        .where(Registration.run_id == Run.id, Registration.state == RegistrationState.CONFIRMED)
        .scalar_subquery()
    )
    return list(db.session.scalars(select(Run.code).where(confirmed > Run.seats)))


def database_troubles() -> list[str]:
    """What SQLite itself finds wrong with its file; PostgreSQL looks after itself."""
    if db.engine.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in db.session.execute(text("PRAGMA quick_check"))]
    orphans = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return [line for line in found if line != "ok"] + [f"{row[0]} {row[1]}" for row in orphans]


def figures() -> dict[tuple[str, str], int]:
    """Counts for the metrics page by name and state."""
    found: dict[tuple[str, str], int] = {
        ("people", ""): db.session.scalar(select(func.count()).select_from(Person)) or 0,
        ("accounts", ""): db.session.scalar(select(func.count()).select_from(Account)) or 0,
    }
    for name, state in (
        ("runs", Run.state),
        ("registrations", Registration.state),
        ("letters", Letter.state),
    ):
        for member, count in db.session.execute(select(state, func.count()).group_by(state)):
            found[name, member.value] = count
    return found

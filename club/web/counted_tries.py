"""How often doors were tried, counted in the database: the same for all processes and machines."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from limits.storage import Storage
from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from club import clock
from club.db import db, transaction
from club.web.models import Tries

#: The same methods, but of no common type.
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class InDatabase(Storage):
    """For the fixed windows of ``limits``. A key may name a person, so only its hash is kept."""

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` more within a window of ``expiry`` seconds, in one statement; returns
        how many that makes.
        """
        now = clock.now()
        with transaction() as session:
            insert = _INSERT[session.connection().dialect.name](Tries).values(
                key_hash=_hash(key), number=amount, until=now + timedelta(seconds=expiry)
            )
            is_over = Tries.until <= now
            counted = insert.on_conflict_do_update(
                index_elements=[Tries.key_hash],
                set_={
                    "number": case((is_over, amount), else_=Tries.number + amount),
                    "until": case((is_over, insert.excluded.until), else_=Tries.until),
                },
            )
            return int(session.execute(counted.returning(Tries.number)).scalar_one())

    def get(self, key: str) -> int:
        query = select(Tries.number).where(Tries.key_hash == _hash(key), Tries.until > clock.now())
        return db.session.scalar(query) or 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        until: datetime | None = db.session.scalar(
            select(Tries.until).where(Tries.key_hash == _hash(key))
        )
        return (until or clock.now()).astimezone(UTC).timestamp()

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with transaction() as session:
            return len(session.scalars(delete(Tries).returning(Tries.key_hash)).all())

    def clear(self, key: str) -> None:
        with transaction() as session:
            session.execute(delete(Tries).where(Tries.key_hash == _hash(key)))


def sweep(*, now: datetime) -> int:
    """Forget windows that have passed; returns how many."""
    past = delete(Tries).where(Tries.until <= now)
    with transaction() as session:
        return len(session.scalars(past.returning(Tries.key_hash)).all())


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

"""Many rows at once: collected with their ids, written table by table in the right order."""

import random
import uuid
from collections import defaultdict
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from club.db import Model

_BATCH = 50_000


class Rows:
    """Rows waiting to be written. Ids are given here, so that rows can point at each other."""

    def __init__(self, session: Session, chance: random.Random) -> None:
        self._session = session
        self._chance = chance
        self._waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._last_id: dict[str, int] = {}
        self._count = 0

    def add(self, model: type[Model], **values: Any) -> int:
        """Remember a row; the same keys each time for one table. Returns its id."""
        name = model.__tablename__
        if name not in self._last_id:
            found = select(func.coalesce(func.max(model.__table__.c.id), 0))
            self._last_id[name] = self._session.execute(found).scalar_one()
        self._last_id[name] += 1
        self._waiting[name].append({"id": self._last_id[name], **values})
        self._count += 1
        return self._last_id[name]

    def add_with_key(self, model: type[Model], **values: Any) -> None:
        """Remember a row that brings its own key."""
        self._waiting[model.__tablename__].append(values)
        self._count += 1

    def uuid(self) -> uuid.UUID:
        """The next identifier of this seed."""
        return uuid.UUID(int=self._chance.getrandbits(128), version=4)

    def write_when_many(self) -> None:
        if self._count >= _BATCH:
            self.write()

    def write(self) -> None:
        for table in Model.metadata.sorted_tables:
            rows = self._waiting.pop(table.name, None)
            if rows:
                self._session.execute(insert(table), rows)
        self._count = 0

    def rewrite(self, model: type[Model], rows: list[dict[str, Any]]) -> None:
        """Change rows that are written; each names its ``id`` and the new values."""
        if rows:
            self._session.execute(update(model), rows)

    def catch_up_sequences(self) -> None:
        """PostgreSQL's counters do not notice ids that were given here."""
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for name in self._last_id:
            self._session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'),"  # noqa: S608
                    f' (SELECT max(id) FROM "{name}"))'
                )
            )

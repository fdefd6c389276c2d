from datetime import datetime

from club.db import db, transaction
from club.upkeep.models import Remembered


def remember(name: str, value: str, *, now: datetime) -> None:
    with transaction() as session:
        session.merge(Remembered(name=name, value=value, at=now))


def let_go() -> None:
    """Close every connection, so that processes forked from this one open their own."""
    db.session.remove()
    db.engine.dispose()

"""What the site draws by chance, drawn from the seed: two demo clubs of one day are the same."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from club.certification.codes import new_expert_code
from club.certification.models import Expert
from club.demo.invention import Invention
from club.demo.rows import Rows
from club.outbox.models import Letter


@contextmanager
def identifiers_from(rows: Rows, session: Session) -> Iterator[None]:
    """Rows that operations add get their public identifiers from ``rows``, too. What opens
    something (passwords, keys of sessions) stays as it is drawn elsewhere.
    """

    def give(flushed: Session, *_context: object) -> None:
        for added in flushed.new:
            if hasattr(type(added), "public_id") and added.public_id is None:
                added.public_id = rows.uuid()

    event.listen(session, "before_flush", give)
    try:
        yield
    finally:
        event.remove(session, "before_flush", give)


def draw_again(rows: Rows, invention: Invention, session: Session) -> None:
    """Identifiers that nothing refers to and that are given before a row is flushed."""
    for letter in session.scalars(select(Letter).order_by(Letter.id)):
        letter.public_id = rows.uuid()
    for expert in session.scalars(select(Expert).order_by(Expert.id)):
        expert.code = new_expert_code(invention.chance.choice)

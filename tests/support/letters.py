"""Letters as tests look at them."""

from sqlalchemy import select

from club.db import db
from club.outbox.models import Letter


def letter_with(public_id):
    """The letter that ``write_letter`` named, ``None`` where it wrote none."""
    if public_id is None:
        return None
    return db.session.scalars(select(Letter).where(Letter.public_id == public_id)).one()


def letters_to(person_id, kind):
    """In the order in which they were written."""
    query = select(Letter).where(Letter.person_id == person_id, Letter.kind == kind)
    return db.session.scalars(query.order_by(Letter.id)).all()

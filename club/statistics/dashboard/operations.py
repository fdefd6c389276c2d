"""Saving a view of the dashboard, and letting it go."""

from datetime import datetime

from sqlalchemy import delete

from club.db import transaction
from club.people.models import Person
from club.refusal import RefusedError
from club.statistics.dashboard import queries
from club.statistics.dashboard.models import SavedView
from club.statistics.dashboard.rules import refusal_to_save


def save_view(person_id: int, name: str, asked: str, *, now: datetime) -> SavedView:
    """``asked``: the query of its address. Raises ``RefusedError`` about the name."""
    with transaction() as session:
        # The person's row is the lock under which their views are counted and named.
        session.get_one(Person, person_id, with_for_update=True)
        if refusal := refusal_to_save(name, beside=queries.view_names_of(person_id)):
            raise RefusedError(refusal, field="name")
        view = SavedView(person_id=person_id, name=name, asked=asked, saved_at=now)
        session.add(view)
        session.flush()
        return view


def forget_view(view: SavedView) -> None:
    """Its address leads nowhere from then on. Twice is once."""
    with transaction() as session:
        session.execute(delete(SavedView).where(SavedView.id == view.id))

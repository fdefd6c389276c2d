"""How announced runs were listed, written down before and after every change of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from club.courses.history import RunListing
from club.courses.models import Run
from club.db import transaction


def keep_listing(run: Run) -> None:
    """Write down by what the run is found, if it is announced and was found otherwise before.

    Called before an edit, for runs that nobody has written down yet, and after it.
    """
    keep_listings([run])


def keep_listings(runs: Iterable[Run]) -> None:
    with transaction() as session:
        session.flush()
        announced = [run for run in runs if run.published_at is not None]
        latest = (
            select(RunListing)
            .where(RunListing.run_id.in_([run.id for run in announced]))
            .order_by(RunListing.id)
        )
        known = {listing.run_id: listing for listing in session.scalars(latest)}
        for run in announced:
            facts, last = _facts(run), known.get(run.id)
            if last is None:
                session.add(RunListing(run_id=run.id, at=run.published_at, **facts))
            elif any(getattr(last, name) != value for name, value in facts.items()):
                session.add(RunListing(run_id=run.id, at=run.modified_at, **facts))
        session.flush()


def _facts(run: Run) -> dict[str, Any]:
    return {
        "topic_id": run.course.topic_id,
        "ward_id": run.ward_id,
        "audience_keys": list(run.course.audience_keys),
        "search_key": run.course.search_key,
        "form": run.form,
        "state": run.state,
        "starts_at": run.starts_at,
        "ends_at": run.ends_at,
        "registration_opens_at": run.registration_opens_at,
        "registration_closes_at": run.registration_closes_at,
    }

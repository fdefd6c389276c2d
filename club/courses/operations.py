"""What coordinators do with courses and runs. Each public function is one whole transaction."""

from club.courses.models import Run
from club.db import transaction


def keep_places(run: Run, *, taken: int, waiting: int) -> None:
    """Note on the run how many places are confirmed and how many people wait.

    Called in the transaction that changes the registrations. The calendar does not show
    places, so the run's revision stays.
    """
    with transaction():
        run.places_taken = taken
        run.waiting_count = waiting

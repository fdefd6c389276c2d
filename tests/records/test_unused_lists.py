"""Lists of earlier years of which nothing was brought in are not kept for ever."""

from datetime import timedelta

import pytest
import time_machine

from club.chores import ROOM_CHORES
from club.files.models import StoredFile
from club.records.earlier import operations
from club.records.earlier.bringing_in import bring_in
from club.records.earlier.models import BatchState, EarlierBatch
from tests.records.earlier_kit import a_list, a_row, handed_in, known_course, looked_over
from tests.records.kit import a_coordinator, every
from tests.support.factories import NOW

LATER = NOW + timedelta(days=30, seconds=1)


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _course():
    known_course()


def forget(now=LATER):
    (chore,) = [c for c in ROOM_CHORES if c.name == "lists that were not brought in"]
    return chore.work(now, lambda: False)


def put_aside():
    batch = looked_over([a_row()])
    return operations.discard(batch.id, now=NOW)


def faulty():
    return looked_over([a_row(last_day="hôm qua")])


def ready():
    return looked_over([a_row()])


@pytest.mark.parametrize("list_of", [put_aside, faulty, ready])
def test_what_was_not_brought_in_goes_with_its_file_after_thirty_days(list_of):
    assert list_of().state in {BatchState.DISCARDED, BatchState.FAULTY, BatchState.READY}
    assert (forget(NOW + timedelta(days=30)), len(every(EarlierBatch))) == (0, 1)
    assert (forget(), every(EarlierBatch), every(StoredFile)) == (1, [], [])


def test_what_counts_counted_or_is_being_worked_on_stays():
    brought = looked_over([a_row()])
    operations.confirm(brought.id, by=a_coordinator().id, now=NOW)
    bring_in(brought.id, now=NOW)
    handed_in(a_list([a_row(), a_row()]))
    assert forget() == 0
    operations.undo(brought.id, reason="Nhầm tệp", by=a_coordinator().id, now=NOW)
    assert forget() == 0
    states = [batch.state for batch in every(EarlierBatch)]
    assert states == [BatchState.UNDONE, BatchState.CHECKING]

"""The processor's work, judged alike on slow and fast machines and whatever ran before."""

import gc
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

# What the yardstick costs where the promises were measured, in seconds of the processor.
_KNOWN = 0.0022


def _yardstick() -> float:
    """The least of many turns: what else the machine does only adds to it."""
    costs = []
    for _ in range(20):
        begun = time.process_time()
        rows = [{"row": n, "name": f"Lê Văn {n}"} for n in range(2000)]
        sorted(json.loads(json.dumps(rows)), key=lambda row: row["name"])
        costs.append(time.process_time() - begun)
    return min(costs)


class Work:
    """``seconds`` of the processor as the known machine would have needed them."""

    seconds: float


@contextmanager
def measured() -> Iterator[Work]:
    """The garbage of a thousand earlier tests is not counted."""
    work = Work()
    slower = _yardstick() / _KNOWN
    gc.collect()
    gc.disable()
    begun = time.process_time()
    try:
        yield work
    finally:
        took = time.process_time() - begun
        gc.enable()
        work.seconds = took / max(slower, _yardstick() / _KNOWN, 1)


@contextmanager
def work_within(seconds: float) -> Iterator[None]:
    with measured() as work:
        yield
    assert work.seconds < seconds

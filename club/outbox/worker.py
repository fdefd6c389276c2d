"""The worker: letters every few seconds, sweeping every hour, until it is told to stop."""

import fcntl
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from club import clock
from club.db import db
from club.outbox.delivery import send_due_letters
from club.refusal import RefusedError
from club.web import counted_tries, kept_input

log = logging.getLogger("club.jobs")

#: Who issues certificates looks at how far they are: what is new is not to lie for long.
PAUSE = timedelta(seconds=1)


@dataclass(frozen=True)
class Chore:
    """Something done again and again, by one worker at a time."""

    name: str
    every: timedelta
    #: Gets the present moment, and a way to ask whether the worker is to stop.
    work: Callable[[datetime, Callable[[], bool]], object]


#: Those of rooms above stand in ``club/chores.py``.
CHORES: list[Chore] = [
    Chore(
        "letters",
        timedelta(0),
        lambda _now, stopped: send_due_letters(now=clock.now, stopped=stopped),
    ),
    Chore("kept input", timedelta(hours=1), lambda now, _stopped: kept_input.sweep(now=now)),
    Chore("tries", timedelta(hours=1), lambda now, _stopped: counted_tries.sweep(now=now)),
]


class Worker:
    def __init__(self, chores: list[Chore]) -> None:
        self._chores = chores
        self._done_at: dict[str, datetime] = {}
        self._stopped = threading.Event()

    def stop_on_signals(self) -> None:
        """Finish the letter in hand, then end."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self._stopped.set()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)

    def stop(self) -> None:
        self._stopped.set()

    def run(self, lock: Path) -> None:
        """Work while holding the lock; stand by while another worker holds it."""
        lock.parent.mkdir(parents=True, exist_ok=True)
        while not self._stopped.is_set():
            with _held(lock) as is_ours:
                while is_ours and not self._stopped.is_set():
                    self.one_round()
                    self._stopped.wait(PAUSE.total_seconds())
            self._stopped.wait(PAUSE.total_seconds())

    def one_round(self) -> None:
        """Every chore that is due. One that breaks down does not stop the others."""
        for chore in self._chores:
            now = clock.now()
            last = self._done_at.get(chore.name)
            if self._stopped.is_set() or (last is not None and now - last < chore.every):
                continue
            self._done_at[chore.name] = now
            try:
                chore.work(now, self._stopped.is_set)
            except (SQLAlchemyError, RefusedError, OSError, RuntimeError, ValueError):
                log.exception("%s broke down", chore.name)
            finally:
                db.session.remove()


@contextmanager
def _held(lock: Path) -> Iterator[bool]:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True

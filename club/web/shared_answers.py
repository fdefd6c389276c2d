"""Answers that one process works out for all: whoever asks meanwhile waits for it.

Where many open the same page in one moment and nothing is kept, each process would otherwise do
all the work, and hinder the others in doing so. An answer lies in a file for a few seconds. The
first to lock the file works, those behind it read.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from club import clock

#: So many different answers can be worked out, and kept, at once.
_FILES = 32


class SharedAnswers:
    def __init__(self, folder: Path, *, seconds: int) -> None:
        self._folder, self._seconds = folder, seconds

    def get(self, key: str, make: Callable[[], Any]) -> tuple[Any, float]:
        """What ``make`` gave within the last seconds in any process, else what it gives now, as
        JSON holds it; and for how many seconds it is still to be used.
        """
        digest = hashlib.sha256(key.encode()).hexdigest()
        try:
            file = self._opened(int(digest, 16) % _FILES)
        except OSError:  # what cannot be shared is worked out all the same
            return make(), self._seconds
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            found = _read(file)
            if found and found["key"] == digest:
                age = clock.now().timestamp() - found["at"]
                if 0 <= age < self._seconds:
                    return found["answer"], self._seconds - age
            answer = make()
            with suppress(OSError):
                file.seek(0)
                file.truncate()
                made = {"key": digest, "at": clock.now().timestamp(), "answer": answer}
                file.write(orjson.dumps(made))
                file.flush()
            return answer, self._seconds

    def _opened(self, number: int) -> Any:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(self._folder / f"{number}.json", os.O_RDWR | os.O_CREAT, 0o600)
        return os.fdopen(descriptor, "r+b")


def _read(file: Any) -> Any:
    """``None`` where nothing was written, or not to its end."""
    try:
        return orjson.loads(file.read())
    except orjson.JSONDecodeError:
        return None

"""What participants are told: of new materials once a day and class, of a new version once, and
of what was for afterwards once a class is over.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from club import clock
from club.courses.models import Course, Run
from club.materials import queries
from club.materials.models import Material, MaterialVersion
from club.outbox.operations import LetterParts
from club.outbox.queries import events_told
from club.outbox.telling import Reader, letter_to, tell_all

#: So long after a run the worker still looks whether all have been told.
_LATELY = timedelta(days=2)


def tell_participants(material: Material, version: MaterialVersion, *, now: datetime) -> None:
    """Write to everybody who takes part and may read it, in the caller's transaction.

    A trainer who publishes ten files before a class causes one letter that day; each new
    version of one of them causes one of its own.
    """
    run, course = material.run, material.run.course if material.run else material.course
    assert course
    is_first = version.number == 1
    event = "published" if is_first else "new_version"
    if is_first:
        shelf = f"run {run.id}" if run else f"course {course.id}"
        occasion = f"{shelf}:{clock.local_day(now)}"
    else:
        occasion = str(version.id)
    readers = queries.participants_to_tell(material, now=now)
    words = _words(material, run, course, version=version)
    tell_all(list(_letters(event, readers, occasion=occasion, words=words)), now=now)


def tell_what_opened(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> None:
    """The worker's round: who took part in a run hears once, when it is over, that there is what
    was kept for afterwards.
    """
    for run, material in queries.opened_lately(since=now - _LATELY, now=now).items():
        if stopped():
            return
        readers, words = queries.participants_of(run.id), _words(material, run, run.course)
        letters = list(_letters("published", readers, occasion=f"after run {run.id}", words=words))
        told = events_told([letter["event_key"] for letter in letters])
        tell_all([letter for letter in letters if letter["event_key"] not in told], now=now)


def _letters(
    event: str, readers: Iterable[Reader], *, occasion: str, words: dict[str, Any]
) -> Iterable[LetterParts]:
    for reader in readers:
        yield letter_to(
            reader, f"materials.{event}", event=f"{occasion}:{reader.person_id}", words=words
        )


def _words(
    material: Material, run: Run | None, course: Course, *, version: MaterialVersion | None = None
) -> dict[str, Any]:
    path = f"/runs/{run.code}#materials" if run else f"/courses/{course.slug}#materials"
    return {"material": material, "version": version, "course": course, "run": run, "path": path}

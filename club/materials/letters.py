"""What participants are told: of new materials once a day and class, of a new version once."""

from datetime import datetime

from club import clock
from club.materials import queries
from club.materials.models import Material, MaterialVersion
from club.outbox.telling import tell


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
    path = f"/runs/{run.code}#materials" if run else f"/courses/{course.slug}#materials"
    for reader in queries.participants_to_tell(material, now=now):
        tell(
            reader,
            f"materials.{event}",
            event=f"{occasion}:{reader.person_id}",
            words={
                "material": material,
                "version": version,
                "course": course,
                "run": run,
                "path": path,
            },
            now=now,
        )

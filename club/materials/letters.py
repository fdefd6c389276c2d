"""What participants are told: of new materials once a day and class, of a new version once."""

from datetime import datetime

from club import clock
from club.materials import queries
from club.materials.models import Material, MaterialVersion
from club.outbox.operations import write_letter
from club.outbox.rendering import rendered


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
        key = f"materials.published:{shelf}:{clock.local_day(now)}"
    else:
        key = f"materials.new_version:{version.id}"
    for reader in queries.participants_to_tell(material, now=now):
        letter = rendered(
            f"materials/{event}",
            language=reader.language,
            name=reader.full_name,
            material=material,
            version=version,
            course=course,
            run=run,
            path=f"/runs/{run.code}#materials" if run else f"/courses/{course.slug}#materials",
        )
        write_letter(
            kind=f"materials.{event}",
            event_key=f"{key}:{reader.person_id}",
            person_id=reader.person_id,
            recipient=reader.email,
            language=reader.language,
            subject=letter.subject,
            body_text=letter.text,
            body_html=letter.html,
            now=now,
        )

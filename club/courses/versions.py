"""How a published run stood after each edit, so that a difference can be told later.

Only what people arrange their days by is described: sessions, place, online room, trainers.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import orm, select

from club.courses.history import RunVersion
from club.courses.listings import keep_listing
from club.courses.models import Run, RunForm, RunState, RunTrainer, Session, SessionState
from club.db import transaction
from club.people.models import Organisation, Person
from club.units.models import Unit


@dataclass(frozen=True)
class SessionDescription:
    title: str | None
    starts_at: datetime
    ends_at: datetime
    #: Where it differs from the run's.
    place: str | None
    state: SessionState

    @property
    def is_held(self) -> bool:
        return self.state is SessionState.PLANNED


@dataclass(frozen=True)
class Place:
    """Where a run meets. A ward or a firm that only got another name is the same place."""

    room: str | None
    ward_id: int | None
    host_id: int | None
    ward: str | None = field(compare=False)
    ward_en: str | None = field(compare=False)
    host: str | None = field(compare=False)


@dataclass(frozen=True)
class RunDescription:
    form: RunForm
    place: Place
    online_link: str | None
    #: Names by the id of the person.
    trainers: dict[int, str]
    #: By the public id.
    sessions: dict[str, SessionDescription]


def description_from(facts: dict[str, Any]) -> RunDescription:
    """What ``keep_version`` stored."""
    return RunDescription(
        form=RunForm(facts["form"]),
        place=Place(**facts["place"]),
        online_link=facts["online_link"],
        trainers={int(person): name for person, name in facts["trainers"].items()},
        sessions={
            public_id: SessionDescription(
                title=meeting["title"],
                starts_at=datetime.fromisoformat(meeting["starts_at"]),
                ends_at=datetime.fromisoformat(meeting["ends_at"]),
                place=meeting["place"],
                state=SessionState(meeting["state"]),
            )
            for public_id, meeting in facts["sessions"].items()
        },
    )


def touch(run: Run, *, now: datetime) -> None:
    """Something that the public may see of the run was changed."""
    run.revision += 1
    run.modified_at = now
    keep_version(run)
    keep_listing(run)


def keep_version(run: Run) -> None:
    """Write down how the run stands, if it is published and stands otherwise than before.

    Called before an edit, for runs that nobody has described yet, and after it.
    """
    if run.state is not RunState.PUBLISHED:
        return
    with transaction() as session:
        session.flush()
        facts = _facts(session, run)
        last = session.scalars(
            select(RunVersion.facts)
            .where(RunVersion.run_id == run.id)
            .order_by(RunVersion.id.desc())
            .limit(1)
        ).one_or_none()
        if facts != last:
            session.add(RunVersion(run_id=run.id, at=run.modified_at, facts=facts))
            session.flush()


def _facts(session: orm.Session, run: Run) -> dict[str, Any]:
    """Read from the database: relationships may be older than what was just written."""
    ward = session.get(Unit, run.ward_id) if run.ward_id else None
    host = session.get(Organisation, run.host_id) if run.host_id else None
    place = Place(
        run.place,
        run.ward_id,
        run.host_id,
        ward.name if ward else None,
        ward.name_en if ward else None,
        host.name if host else None,
    )
    trainers = session.execute(
        select(Person.id, Person.full_name)
        .join(RunTrainer, RunTrainer.person_id == Person.id)
        .where(RunTrainer.run_id == run.id)
        .order_by(RunTrainer.id)
    )
    sessions = session.scalars(select(Session).where(Session.run_id == run.id).order_by(Session.id))
    return {
        "form": run.form.value,
        "place": asdict(place),
        "online_link": run.online_link,
        "trainers": {str(person): name for person, name in trainers},
        "sessions": {
            str(meeting.public_id): {
                "title": meeting.title,
                "starts_at": meeting.starts_at.isoformat(),
                "ends_at": meeting.ends_at.isoformat(),
                "place": meeting.place,
                "state": meeting.state.value,
            }
            for meeting in sessions
        },
    }

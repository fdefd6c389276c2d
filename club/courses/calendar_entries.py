"""A session as an entry of a calendar. UID and SEQUENCE are worked out here and nowhere else:
feeds and letters must agree on them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import Select, select

from club.courses.models import Course, Run, RunForm, RunState, Session, SessionState
from club.documents.icalendar import EventStatus, SessionEvent
from club.knowledge.models import Topic
from club.units.models import Unit
from club.web.language import said


@dataclass(frozen=True, slots=True)
class Standing:
    """How the reader of a calendar stands towards a run, beyond what its sessions say."""

    status: EventStatus = EventStatus.CONFIRMED
    #: How often the status changed since the reader first saw the entry: raises SEQUENCE.
    changes: int = 0
    #: When something last happened to it.
    changed_at: datetime | None = None


#: Of the public, who only watches.
ONLOOKER = Standing()


def session_columns() -> Select[*tuple[Any, ...]]:
    """Everything that an entry says, in order of time. Callers add their conditions."""
    return (
        select(
            Session.public_id, Session.sequence, Session.created_at, Session.modified_at,
            Session.starts_at, Session.ends_at, Session.state.label("session_state"),
            Session.title.label("session_title"), Session.place.label("session_place"),
            Run.id.label("run_id"), Run.code, Run.state.label("run_state"), Run.place, Run.form,
            Run.revision, Run.registration_closes_at, Run.deadline_sequence,
            Run.deadline_modified_at, Course.title, Course.title_en, Topic.name.label("topic"),
            Topic.name_en.label("topic_en"), Unit.name.label("ward"),
            Unit.name_en.label("ward_en"),
        )
        .join(Run, Run.id == Session.run_id)
        .join(Course, Course.id == Run.course_id)
        .join(Topic, Topic.id == Course.topic_id)
        .outerjoin(Unit, Unit.id == Run.ward_id)
        .order_by(Session.starts_at, Session.id)
    )  # fmt: skip


def session_entry(row: Any, *, site: str, standing: Standing = ONLOOKER) -> SessionEvent:
    """``row``: of ``session_columns``. ``site``: the public address without a final slash."""
    cancelled = row.session_state is SessionState.CANCELLED or row.run_state is RunState.CANCELLED
    title = said(row.title, row.title_en)
    return SessionEvent(
        uid=str(row.public_id),
        sequence=row.sequence + standing.changes,
        created_at=row.created_at.replace(microsecond=0),
        modified_at=max(row.modified_at, standing.changed_at or row.modified_at),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        status=EventStatus.CANCELLED if cancelled else standing.status,
        summary=f"{title}: {row.session_title}" if row.session_title else title,
        location=_location(row),
        description=gettext("Run %(code)s. Details and changes: %(address)s",
                            code=row.code, address=f"{site}/runs/{row.code}"),
        url=f"{site}/runs/{row.code}",
        category=said(row.topic, row.topic_en),
    )  # fmt: skip


def _location(row: Any) -> str:
    if row.form is RunForm.ONLINE:
        return str(gettext("Online"))
    parts = [row.session_place or row.place, said(row.ward, row.ward_en)]
    return ", ".join(str(part) for part in parts if part)

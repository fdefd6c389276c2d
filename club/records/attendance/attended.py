"""In how many sessions of their classes people were, for lists of rooms below."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import aliased

from club.courses.models import Run, Session, SessionState
from club.db import db
from club.records.attendance.models import AttendanceMark, Mark
from club.registration.attended import Attended
from club.registration.models import Registration, RegistrationState

_THERE = [mark for mark in Mark if mark.was_there]


def attended_by(person_ids: Collection[int], now: datetime) -> dict[int, list[Attended]]:
    """The classes in which these people have a place and which have begun, the latest first, in
    one statement. A session in which nobody was marked says nothing about anybody.
    """
    anybody = aliased(AttendanceMark)
    query = (
        select(
            Registration.person_id,
            Run.id,
            Run.code,
            func.count(Session.id),
            func.count(case((AttendanceMark.mark.in_(_THERE), 1))),
            func.count(case((AttendanceMark.mark == Mark.EXCUSED, 1))),
        )
        .join(Run, Run.id == Registration.run_id)
        .join(Session, Session.run_id == Run.id)
        .outerjoin(
            AttendanceMark,
            and_(
                AttendanceMark.session_id == Session.id,
                AttendanceMark.person_id == Registration.person_id,
            ),
        )
        .where(
            Registration.person_id.in_(person_ids),
            Registration.state == RegistrationState.CONFIRMED,
            Session.state == SessionState.PLANNED,
            Session.starts_at <= now,
            exists().where(anybody.session_id == Session.id),
        )
        .group_by(Registration.person_id, Run.id)
        .order_by(Run.starts_at.desc(), Run.id.desc())
    )
    found: dict[int, list[Attended]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row[0]].append(Attended(*row[1:]))
    return dict(found)

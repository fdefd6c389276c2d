from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from club.certification.helping.models import (
    OPEN,
    HelpRequest,
    HelpState,
    HelpStep,
    HelpStepKind,
)
from club.certification.helping.rules import A_WEEK, REMINDED_AFTER
from club.certification.models import Expert
from club.db import db
from club.knowledge.models import Tool
from club.people.models import Person
from club.web.pages import Page

_PER_PAGE = 50
#: Of what somebody asked or was asked, so many of the latest are shown.
_OWN = 100
_NAMED = (
    joinedload(HelpRequest.person),
    joinedload(HelpRequest.organisation),
    joinedload(HelpRequest.tool),
    joinedload(HelpRequest.expert).joinedload(Expert.person),
)


def request_by_public_id(public_id: UUID) -> HelpRequest | None:
    query = select(HelpRequest).where(HelpRequest.public_id == public_id)
    steps = selectinload(HelpRequest.steps).joinedload(HelpStep.expert).joinedload(Expert.person)
    return db.session.scalars(query.options(*_NAMED, steps)).one_or_none()


def asked_by(person_id: int) -> list[HelpRequest]:
    return _latest(HelpRequest.person_id == person_id)


def asked_of(person_id: int) -> list[HelpRequest]:
    """What is with this expert, or ended there; what went to somebody else is left out."""
    return _latest(HelpRequest.expert_id.in_(_codes_of(person_id)))


def requests_that_are(states: Sequence[HelpState], *, page: int = 1) -> Page[HelpRequest]:
    """Whoever waits longest first."""
    query = select(HelpRequest).where(HelpRequest.state.in_(states))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.order_by(HelpRequest.state_since, HelpRequest.id)
        .options(*_NAMED)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    ).all()
    return Page(rows, page, _PER_PAGE, total)


def numbers_by_state() -> dict[HelpState, int]:
    query = select(HelpRequest.state, func.count()).group_by(HelpRequest.state)
    return dict(db.session.execute(query).all())


def waiting_for_answer_of(person_id: int) -> int:
    """How many requests this person is to answer, as the expert or as who asked."""
    as_expert = and_(
        HelpRequest.expert_id.in_(_codes_of(person_id)),
        HelpRequest.state == HelpState.WITH_EXPERT,
    )
    as_asker = and_(
        HelpRequest.person_id == person_id,
        HelpRequest.state.in_((HelpState.WITH_ASKER, HelpState.DECLINED)),
    )
    query = select(func.count(HelpRequest.id)).where(or_(as_expert, as_asker))
    return db.session.scalars(query).one()


def open_requests_of(organisation_id: int) -> int:
    query = select(func.count(HelpRequest.id)).where(
        HelpRequest.organisation_id == organisation_id, HelpRequest.state.in_(OPEN)
    )
    return db.session.scalars(query).one()


def numbers_of(person_id: int, organisation_id: int | None, *, now: datetime) -> tuple[int, int]:
    """How many requests are open, and how many were made within a week: of the person and of the
    organisation, the greater number of the two.
    """
    found = [_numbers(HelpRequest.person_id == person_id, now=now)]
    if organisation_id:
        found.append(_numbers(HelpRequest.organisation_id == organisation_id, now=now))
    return max(one[0] for one in found), max(one[1] for one in found)


def waiting_for(expert_id: int) -> int:
    query = select(func.count(HelpRequest.id)).where(
        HelpRequest.expert_id == expert_id, HelpRequest.state == HelpState.WITH_EXPERT
    )
    return db.session.scalars(query).one()


def is_asking(person_id: int, expert_id: int) -> bool:
    """Whether this person has an open request to that expert."""
    query = select(HelpRequest.id).where(
        HelpRequest.person_id == person_id,
        HelpRequest.expert_id == expert_id,
        HelpRequest.state.in_(OPEN),
    )
    return db.session.scalars(query.limit(1)).first() is not None


def with_experts() -> list[tuple[int, int]]:
    """Requests that an expert, or who asked one, is to answer, each with the expert's person."""
    query = (
        select(HelpRequest.id, func.coalesce(Person.merged_into_id, Person.id))
        .join(Expert, Expert.id == HelpRequest.expert_id)
        .join(Person, Person.id == Expert.person_id)
        .where(HelpRequest.state.in_((HelpState.WITH_EXPERT, HelpState.WITH_ASKER)))
        .order_by(HelpRequest.id)
    )
    return [(one, person_id) for one, person_id in db.session.execute(query)]


def in_one_turn_for_long(*, now: datetime) -> list[int]:
    """Ids of requests that somebody may have to be reminded of."""
    first = now - min(REMINDED_AFTER.values())
    query = select(HelpRequest.id).where(
        HelpRequest.state.in_(REMINDED_AFTER), HelpRequest.state_since <= first
    )
    return list(db.session.scalars(query.order_by(HelpRequest.id)))


def last_reminded(request_id: int) -> datetime | None:
    query = select(func.max(HelpStep.at)).where(
        HelpStep.request_id == request_id, HelpStep.kind == HelpStepKind.REMINDED
    )
    return db.session.scalars(query).one()


def expert_by_code(code: str) -> Expert | None:
    query = select(Expert).where(Expert.code == code).options(joinedload(Expert.person))
    return db.session.scalars(query).one_or_none()


def tool_by_key(key: str) -> Tool | None:
    return db.session.scalars(select(Tool).where(Tool.key == key)).one_or_none()


def _numbers(mine: ColumnElement[bool], *, now: datetime) -> tuple[int, int]:
    query = select(
        func.count().filter(HelpRequest.state.in_(OPEN)),
        func.count().filter(HelpRequest.asked_at > now - A_WEEK),
    ).where(mine)
    open_now, within_a_week = db.session.execute(query).one()
    return open_now, within_a_week


def _latest(whose: ColumnElement[bool]) -> list[HelpRequest]:
    query = (
        select(HelpRequest)
        .where(whose)
        .order_by(HelpRequest.state_since.desc(), HelpRequest.id.desc())
        .limit(_OWN)
    )
    return list(db.session.scalars(query.options(*_NAMED)))


def _codes_of(person_id: int) -> Select[int]:
    return (
        select(Expert.id)
        .join(Person, Person.id == Expert.person_id)
        .where(or_(Person.id == person_id, Person.merged_into_id == person_id))
    )

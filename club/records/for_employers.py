"""What an organisation sees of its people's records: only of those who let it, while they work
there, and only what they learned while they worked there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    extract,
    func,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager, joinedload

from club import clock
from club.accounts.models import Consent, ConsentPurpose
from club.courses.models import Run
from club.db import db
from club.people.models import Employment, Organisation, Person
from club.people.queries import employment_holds_on
from club.records.certificates.models import CertificateState, CompletionCertificate
from club.records.certificates.queries import standing_certificates
from club.records.models import TrainingRecord
from club.records.transcripts.wanted import EVERYTHING, Wanted
from club.web.page_parts import OrganisationInRun, PagePart
from club.web.pages import Page

_PER_PAGE = 50
#: Records held in memory while a file is written.
_AT_A_TIME = 500


def records_part(subject: OrganisationInRun, _account: object, now: datetime) -> PagePart | None:
    """Once the class is closed: attendance as a fact, and certificates."""
    found = records_shown_to(subject, on=clock.local_day(now))
    if not found:
        return None
    certificates = standing_certificates(subject.run_id)
    return PagePart("records/_our_people.html", {"records": found, "certificates": certificates})


def organisation_part(organisation: Organisation, _account: object, now: datetime) -> PagePart:
    summary = summary_for(organisation.id, on=clock.local_day(now))
    return PagePart(
        "records/_organisation.html", {"organisation": organisation, "summary": summary}
    )


def records_shown_to(subject: OrganisationInRun, *, on: date) -> list[TrainingRecord]:
    """Of who came for the organisation, works there on that day, and agreed that their employer
    sees their records; by given name.
    """
    query = (
        select(TrainingRecord)
        .join(TrainingRecord.person)
        .where(
            TrainingRecord.run_id == subject.run_id,
            TrainingRecord.organisation_id == subject.organisation_id,
            TrainingRecord.superseded_at.is_(None),
            _works_at(subject.organisation_id, on, TrainingRecord.person_id),
            _agreed(TrainingRecord.person_id),
        )
        .order_by(Person.sort_key, TrainingRecord.id)
        .options(contains_eager(TrainingRecord.person))
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True)
class Summary:
    """How many people work there now, how many of them let it see their records, and what those
    come to.
    """

    working: int
    agreed: int
    classes: int
    people: int
    minutes: int
    completed: int


def summary_for(organisation_id: int, wanted: Wanted = EVERYTHING, *, on: date) -> Summary:
    work_there = select(func.count(func.distinct(Employment.person_id))).where(
        Employment.organisation_id == organisation_id, employment_holds_on(on)
    )
    working = db.session.scalar(work_there) or 0
    agreed = db.session.scalar(work_there.where(_agreed(Employment.person_id))) or 0
    record = TrainingRecord
    found = db.session.execute(
        select(
            func.count(func.distinct(record.run_id)),
            func.count(func.distinct(record.person_id)),
            func.coalesce(func.sum(record.attended_minutes), 0),
            func.count().filter(record.completed),
        ).where(*_shown(organisation_id, wanted, on))
    ).one()
    return Summary(working, agreed, *map(int, found))


def people_s_records(
    organisation_id: int, wanted: Wanted, *, on: date, page: int
) -> Page[TrainingRecord]:
    """By given name, then the latest first; with person, run and course."""
    query = _records(organisation_id, wanted, on)
    counted = select(func.count(TrainingRecord.id)).where(*_shown(organisation_id, wanted, on))
    rows = db.session.scalars(query.limit(_PER_PAGE).offset((page - 1) * _PER_PAGE)).all()
    return Page(rows, page, _PER_PAGE, db.session.scalar(counted) or 0)


def all_people_s_records(
    organisation_id: int, wanted: Wanted, *, on: date
) -> Iterator[Sequence[TrainingRecord]]:
    """The same in pieces, so that twenty years of a large firm do not lie in memory at once."""
    query = _records(organisation_id, wanted, on).execution_options(yield_per=_AT_A_TIME)
    yield from db.session.scalars(query).partitions()


def certificates_behind(records: Sequence[TrainingRecord]) -> dict[tuple[int, int], str]:
    """Numbers of valid certificates by run and person."""
    held = CompletionCertificate
    query = select(held.run_id, held.person_id, held.number).where(
        held.state == CertificateState.VALID,
        held.run_id.in_({record.run_id for record in records}),
        held.person_id.in_({record.person_id for record in records}),
    )
    return {(run, person): number for run, person, number in db.session.execute(query)}


def years_and_topics(organisation_id: int, *, on: date) -> tuple[list[int], set[str]]:
    """What there is to choose from."""
    shown = _shown(organisation_id, EVERYTHING, on)
    year = extract("year", TrainingRecord.day)
    years = db.session.scalars(select(year).where(*shown).distinct())
    topics = db.session.scalars(select(TrainingRecord.topic_key).where(*shown).distinct())
    return sorted(map(int, years), reverse=True), set(topics)


def _records(organisation_id: int, wanted: Wanted, on: date) -> Select[TrainingRecord]:
    return (
        select(TrainingRecord)
        .join(TrainingRecord.person)
        .where(*_shown(organisation_id, wanted, on))
        .order_by(Person.sort_key, Person.id, TrainingRecord.day.desc(), TrainingRecord.id)
        .options(
            contains_eager(TrainingRecord.person),
            joinedload(TrainingRecord.run).joinedload(Run.course),
        )
    )


def _shown(organisation_id: int, wanted: Wanted, on: date) -> list[ColumnElement[bool]]:
    """Whoever sent the person: what counts is where they worked on the day that the class ended."""
    record = TrainingRecord
    worked_there_then = exists().where(
        Employment.person_id == record.person_id,
        Employment.organisation_id == organisation_id,
        and_(
            Employment.from_day <= record.day,
            or_(Employment.to_day.is_(None), Employment.to_day >= record.day),
        ),
    )
    found = [
        record.superseded_at.is_(None),
        worked_there_then,
        _works_at(organisation_id, on, record.person_id),
        _agreed(record.person_id),
    ]
    if wanted.year:
        found.append(record.day.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.topic:
        found.append(record.topic_key == wanted.topic)
    return found


def _works_at(
    organisation_id: int, on: date, person_id: SQLColumnExpression[int]
) -> ColumnElement[bool]:
    return exists().where(
        Employment.person_id == person_id,
        Employment.organisation_id == organisation_id,
        employment_holds_on(on),
    )


def _agreed(person_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    return exists().where(
        Consent.person_id == person_id,
        Consent.purpose == ConsentPurpose.RECORDS_FOR_EMPLOYER,
        Consent.withdrawn_at.is_(None),
    )

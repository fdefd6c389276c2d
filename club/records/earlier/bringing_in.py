"""Bringing a confirmed list in: people, closed classes and training records, all or nothing.

What takes time is done before the lock is taken. Under it the list is held against the club's
people once more: whoever would now be taken for somebody else sends it back to be looked over.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.courses.earlier import EarlierClass, lay_down_class
from club.courses.models import Course, Run
from club.db import db, transaction
from club.people.facts import PersonFacts
from club.people.many import insert_people, rows_of
from club.people.models import JobGroup, Organisation, Sex, SizeClass
from club.records.earlier import queries
from club.records.earlier.checking import Checked, checked, matched_again, sheet_of
from club.records.earlier.entries import Entry, PastClass
from club.records.earlier.matching import Listed, Match
from club.records.earlier.models import BatchState, EarlierBatch, EarlierPerson, EarlierRun
from club.records.models import TrainingRecord
from club.records.rules import unit_on


def bring_in(batch_id: int, *, now: datetime) -> EarlierBatch:
    batch = db.session.get_one(EarlierBatch, batch_id)
    said, choices = dict(batch.for_all_rows), dict(batch.choices)
    found = checked(
        sheet_of(batch), said, today=clock.local_day(batch.uploaded_at), tell=lambda _row: None
    )
    decided, seal = _decided(found, choices), found.seal
    new = rows_of([_facts(match.listed) for match in decided if not match.known], now=now)
    with transaction() as session:
        batch = session.get_one(
            EarlierBatch, batch_id, with_for_update=True, populate_existing=True
        )
        if batch.state is not BatchState.CONFIRMED:
            return batch
        if not _still_true(found, seal, batch):
            batch.state, batch.changed_at = BatchState.CHECKING, now
            return batch
        _write(session, batch, decided, new, now=now)
        return batch


def _decided(found: Checked, choices: Mapping[str, str]) -> list[Match]:
    """Without those that nobody decided: then the list is not brought in."""
    return [one for match in found.matches if (one := match.decided(choices))]


def _still_true(found: Checked, seal: str, batch: EarlierBatch) -> bool:
    """``seal`` is that of ``found``: working it out takes time."""
    again = matched_again(found)
    if found.mistakes or again.mistakes or seal != (batch.findings or {}).get("seal"):
        return False
    if again.matches is not found.matches and again.seal != seal:
        return False
    return len(_decided(again, batch.choices)) == len(again.matches)


def _write(
    session: Session,
    batch: EarlierBatch,
    decided: Sequence[Match],
    new: Sequence[dict[str, Any]],
    *,
    now: datetime,
) -> None:
    ids = iter(insert_people(new))
    people = [(match, match.known.id if match.known else next(ids)) for match in decided]
    of_class: dict[PastClass, list[tuple[Entry, int]]] = defaultdict(list)
    for match, person_id in people:
        for entry in match.listed.entries:
            of_class[entry.of_class].append((entry, person_id))
    courses, organisations = queries.courses_by_code(), queries.organisations_by_key()
    by = batch.confirmed_by_id
    assert by
    records: list[dict[str, Any]] = []
    for past, present in sorted(
        of_class.items(), key=lambda one: (one[0].last_day, one[1][0][0].row)
    ):
        course = courses[past.course_code.upper()]
        run = _class(course, past, present, by=by, now=now)
        session.add(EarlierRun(batch_id=batch.id, run_id=run.id))
        records += [_record(run, entry, person, organisations, now) for entry, person in present]
    session.execute(insert(cast("Table", TrainingRecord.__table__)), records)
    brought = [person_id for match, person_id in people if not match.known]
    _remember(session, batch.id, brought)
    batch.state, batch.imported_at, batch.changed_at = BatchState.IMPORTED, now, now
    _log(batch, records=len(records), people=len(brought), now=now)


def _remember(session: Session, batch_id: int, people: Sequence[int]) -> None:
    """Whom the batch made known, so that undoing it can take that back."""
    rows = [{"batch_id": batch_id, "person_id": person_id} for person_id in people]
    if rows:
        session.execute(insert(cast("Table", EarlierPerson.__table__)), rows)


def _log(batch: EarlierBatch, *, records: int, people: int, now: datetime) -> None:
    record(
        "records.import_earlier",
        subject_kind="earlier_batch",
        subject_id=batch.public_id,
        by=batch.confirmed_by_id,
        now=now,
        detail={"records": records, "people": people, "reason": batch.source},
    )


def _class(
    course: Course,
    past: PastClass,
    present: Sequence[tuple[Entry, int]],
    *,
    by: int,
    now: datetime,
) -> Run:
    facts = present[0][0].facts
    laid = EarlierClass(past.first_day, past.last_day, len(present), facts.form, facts.funding)
    return lay_down_class(course, laid, by=by, now=now)


def _facts(listed: Listed) -> PersonFacts:
    """What the rows say of somebody, the first that says anything."""
    first = listed.entries[0]
    sexes = [e.sex for e in listed.entries if e.sex is not Sex.NOT_STATED]
    jobs = [e.job_group for e in listed.entries if e.job_group is not JobGroup.NOT_STATED]
    return PersonFacts(
        full_name=first.full_name,
        email=next((e.email for e in listed.entries if e.email), None),
        phone=next((e.phone for e in listed.entries if e.phone), None),
        birth_year=next((e.birth_year for e in listed.entries if e.birth_year), None),
        sex=sexes[0] if sexes else Sex.NOT_STATED,
        job_group=jobs[0] if jobs else JobGroup.NOT_STATED,
    )


def _record(
    run: Run,
    entry: Entry,
    person_id: int,
    organisations: Mapping[str, Organisation],
    now: datetime,
) -> dict[str, Any]:
    """Frozen as the list says it; where it is silent, as little as is known of that day."""
    known = next((organisations[key] for key in entry.sent_by if key in organisations), None)
    return {
        "run_id": run.id,
        "person_id": person_id,
        "planned_minutes": entry.facts.planned_minutes,
        "attended_minutes": entry.attended_minutes,
        "person_days": entry.person_days,
        "counts": entry.counts,
        "completed": entry.completed,
        "day": entry.of_class.last_day,
        "audience": entry.audience,
        "organisation_id": known.id if known else None,
        "organisation_name": entry.organisation,
        "sector": known.sector if known else None,
        # How large a firm was then, nobody knows.
        "size_class": SizeClass.NOT_STATED,
        "unit_id": entry.ward_id or _ward_then(known, entry),
        "sex": entry.sex,
        "job_group": entry.job_group,
        "topic_key": run.course.topic.key,
        "course_code": run.course.code,
        "course_title": run.course.title,
        "course_title_en": run.course.title_en,
        "form": run.form,
        "funding": run.funding,
        "computed_at": now,
    }


def _ward_then(organisation: Organisation | None, entry: Entry) -> int | None:
    """Of a ward that was founded later nobody can say which one it was before."""
    day = entry.of_class.last_day
    ward = unit_on(organisation.ward, day) if organisation else None
    return ward.id if ward and ward.exists_on(day) else None

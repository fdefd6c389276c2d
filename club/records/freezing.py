"""Copies every dimension of a record as it is on the day a run is closed, so that it stays.

When a reopened run is closed again, people have moved and firms have changed; what the first
record said of them still holds. Only a decision about this run or this registration (another
form, another organisation to register for) changes it.
"""

from datetime import date, datetime
from typing import Any

from club.courses.models import Run
from club.people.models import SizeClass
from club.records import rules
from club.records.attendance.lists import Entry
from club.records.models import TrainingRecord
from club.records.outcomes import Outcome

_OF_PERSON_AND_COURSE = ("sex", "job_group", "topic_key", "course_title", "course_title_en")
_OF_THE_ORGANISATION = ("organisation_name", "sector", "size_class", "unit_id")


def record_of(
    run: Run, outcome: Outcome, *, before: TrainingRecord | None, day: date, now: datetime
) -> TrainingRecord:
    """``before`` is the record that the run's last closing made for this person."""
    entry = outcome.entry
    return TrainingRecord(
        run_id=run.id,
        person=entry.person,
        planned_minutes=outcome.attendance.planned_minutes,
        attended_minutes=outcome.attendance.attended_minutes,
        person_days=outcome.attendance.person_days,
        counts=outcome.counts,
        completed=outcome.completed,
        result=outcome.result,
        scale=outcome.scale if outcome.result else None,
        day=day,
        audience=entry.audience,
        organisation_id=_organisation_id(entry),
        course_code=run.course.code,
        form=run.form,
        funding=run.funding,
        computed_at=now,
        **(_found(run, entry, day) | _kept(entry, before)),
    )


def _found(run: Run, entry: Entry, day: date) -> dict[str, Any]:
    person, organisation = entry.person, entry.organisation
    unit = rules.unit_on(organisation.ward if organisation else person.ward, day)
    return {
        "organisation_name": organisation.name if organisation else None,
        "sector": organisation.sector if organisation else None,
        "size_class": organisation.size_class if organisation else SizeClass.NOT_STATED,
        "unit_id": unit.id if unit else None,
        "sex": person.sex,
        "job_group": person.job_group,
        "topic_key": run.course.topic.key,
        "course_title": run.course.title,
        "course_title_en": run.course.title_en,
    }


def _kept(entry: Entry, before: TrainingRecord | None) -> dict[str, Any]:
    if before is None:
        return {}
    same = before.organisation_id == _organisation_id(entry)
    names = _OF_PERSON_AND_COURSE + (_OF_THE_ORGANISATION if same else ())
    return {name: getattr(before, name) for name in names}


def _organisation_id(entry: Entry) -> int | None:
    return entry.organisation.id if entry.organisation else None

"""A transcript as data, for programs and for taking it elsewhere."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from club.clock import local_day
from club.hours import hours_in_file
from club.records.certificates import codes
from club.records.certificates.models import CompletionCertificate
from club.records.models import TrainingRecord
from club.records.outside.models import OutsideTraining
from club.records.rules import YearOfLearning
from club.records.transcripts.reading import Transcript
from club.web.described import (
    DAY,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    list_of,
    maybe,
    one_of,
    record,
)


class Result(StrEnum):
    COMPLETED = "completed"
    ATTENDED = "attended"
    ATTENDED_TOO_LITTLE = "attended_too_little"


_COURSE = {
    "course": TEXT, "title": TEXT, "title_en": maybe(TEXT), "run": TEXT, "topic": TEXT,
    "ended_on": DAY, "hours_attended": NUMBER, "hours_planned": NUMBER, "result": one_of(Result),
    "certificate": maybe(TEXT), "certificate_code": maybe(TEXT), "organisation": maybe(TEXT),
}  # fmt: skip
_ELSEWHERE = {
    "title": TEXT, "provider": TEXT, "from": DAY, "to": DAY, "hours": NUMBER,
    "topic": maybe(TEXT), "accepted_on": DAY,
}  # fmt: skip
TRANSCRIPT_SCHEMA = record(
    name=TEXT,
    made_at=MOMENT,
    wanted=record(year=maybe(INTEGER), topic=maybe(TEXT)),
    courses=list_of(record(**_COURSE)),
    hours=list_of(record(year=INTEGER, topic=TEXT, hours=NUMBER)),
    hours_in_all=NUMBER,
    elsewhere=list_of(record(**_ELSEWHERE)),
    hours_elsewhere=NUMBER,
)


def transcript_data(transcript: Transcript, *, made_at: datetime) -> dict[str, Any]:
    """As ``TRANSCRIPT_SCHEMA`` says. ``hours`` and ``hours_in_all`` are attended ones of classes
    here; what was taken elsewhere stands apart.
    """
    wanted = transcript.wanted
    return {
        "name": transcript.person.full_name,
        "made_at": made_at.isoformat(),
        "wanted": {"year": wanted.year, "topic": wanted.topic or None},
        "courses": [_course(one, transcript.certificates) for one in transcript.records],
        "hours": [line for year in transcript.years for line in _year(year)],
        "hours_in_all": hours_in_file(transcript.minutes),
        "elsewhere": [_training(one) for one in transcript.elsewhere],
        "hours_elsewhere": hours_in_file(transcript.minutes_elsewhere),
    }


def _course(
    found: TrainingRecord, certificates: dict[int, CompletionCertificate]
) -> dict[str, Any]:
    certificate = certificates.get(found.run_id)
    return {
        "course": found.course_code,
        "title": found.course_title,
        "title_en": found.course_title_en,
        "run": found.run.code,
        "topic": found.topic_key,
        "ended_on": found.day.isoformat(),
        "hours_attended": hours_in_file(found.attended_minutes),
        "hours_planned": hours_in_file(found.planned_minutes),
        "result": _result(found).value,
        "certificate": certificate.number if certificate else None,
        "certificate_code": codes.written(certificate.code) if certificate else None,
        "organisation": found.organisation_name,
    }


def _training(found: OutsideTraining) -> dict[str, Any]:
    return {
        "title": found.title,
        "provider": found.provider,
        "from": found.from_day.isoformat(),
        "to": found.to_day.isoformat(),
        "hours": hours_in_file(found.minutes),
        "topic": found.topic.key if found.topic else None,
        "accepted_on": local_day(found.changed_at).isoformat(),
    }


def _result(found: TrainingRecord) -> Result:
    if found.completed:
        return Result.COMPLETED
    return Result.ATTENDED if found.counts else Result.ATTENDED_TOO_LITTLE


def _year(year: YearOfLearning) -> list[dict[str, Any]]:
    return [
        {"year": year.year, "topic": topic, "hours": hours_in_file(minutes)}
        for topic, minutes in year.by_topic.items()
    ]

"""What classes came to, by course and by trainer, for coordinators.

Feedback of a run counts only where the run's own answers may be shown, so that no difference
of two averages tells of fewer people than that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, select

from club.courses.models import Course, Run, RunState, RunTrainer
from club.db import db
from club.people.models import Person
from club.records.inquiries.models import FeedbackAnswer, Inquiry, InquiryKind
from club.records.inquiries.rules import FEWEST, RATINGS, Asked
from club.records.models import TrainingRecord
from club.records.results.models import PersonResult, RunScale


@dataclass(frozen=True)
class RunFigures:
    """What one closed run came to."""

    run_id: int
    course_id: int
    course: str
    course_en: str
    #: People who took part, and who completed.
    counted: int
    completed: int
    #: People with a score before and at the end, and the sum of their gains in percent points.
    measured: int
    gain: Decimal
    #: Answers that may be shown, and the sum of their ratings.
    answers: int = 0
    ratings: int = 0


@dataclass(frozen=True)
class Average:
    """Of several runs; ``None`` where fewer people than may be shown stand behind it."""

    name: str
    name_en: str
    runs: int
    #: Mean agreement from 1 to 5 over all questions.
    feedback: Decimal | None
    answers: int
    #: Completed part of those who took part, between 0 and 1.
    completed: Decimal | None
    counted: int
    #: Percent points between the test before and the test at the end.
    gain: Decimal | None
    measured: int


def averages_by_course(*, now: datetime) -> list[Average]:
    figures = _figures(now)
    names = {run.course_id: (run.course, run.course_en) for run in figures}
    return _averages(names, [(run.course_id, run) for run in figures])


def averages_by_trainer(*, now: datetime) -> list[Average]:
    """Of two trainers of one run each gets all of it."""
    query = (
        select(RunTrainer.run_id, Person.id, Person.full_name)
        .join(Person, Person.id == RunTrainer.person_id)
        .order_by(Person.sort_key, Person.id)
    )
    figures = {run.run_id: run for run in _figures(now)}
    taught = [row for row in db.session.execute(query) if row[0] in figures]
    names = {person_id: (name, name) for _run, person_id, name in taught}
    return _averages(names, [(person_id, figures[run]) for run, person_id, _name in taught])


def _averages(
    names: Mapping[int, tuple[str, str]], figures: Iterable[tuple[int, RunFigures]]
) -> list[Average]:
    """One for each name, in the order of the names."""
    runs: dict[int, list[RunFigures]] = {key: [] for key in names}
    for key, run in figures:
        runs[key].append(run)
    return [_average(*names[key], of) for key, of in runs.items()]


def _average(name: str, name_en: str, runs: Sequence[RunFigures]) -> Average:
    counted = sum(run.counted for run in runs)
    measured = sum(run.measured for run in runs)
    answers = sum(run.answers for run in runs)
    return Average(
        name=name,
        name_en=name_en,
        runs=len(runs),
        feedback=_share(sum(run.ratings for run in runs), answers, each=len(RATINGS)),
        answers=answers,
        completed=_share(sum(run.completed for run in runs), counted),
        counted=counted,
        gain=_share(sum((run.gain for run in runs), Decimal(0)), measured),
        measured=measured,
    )


def _share(total: int | Decimal, people: int, *, each: int = 1) -> Decimal | None:
    return Decimal(total) / (people * each) if people >= FEWEST else None


def _figures(now: datetime) -> list[RunFigures]:
    """All closed runs with people who took part, by the order of their courses."""
    shown = _feedback_shown(now)
    found = []
    for row in db.session.execute(_closed_runs()):
        answers, ratings = shown.get(row.run_id, (0, 0))
        facts = row._asdict() | {"gain": Decimal(str(row.gain))}
        found.append(RunFigures(**facts, answers=answers, ratings=ratings))
    return found


def _closed_runs() -> Select[*tuple[Any, ...]]:
    """Each with its course, and with the sums of its training records that count."""
    share = 100.0 * PersonResult.post_test / RunScale.post_test
    before = 100.0 * PersonResult.pre_test / RunScale.pre_test
    has_both = and_(PersonResult.pre_test.is_not(None), PersonResult.post_test.is_not(None))
    return (
        select(
            Run.id.label("run_id"),
            Course.id.label("course_id"),
            Course.title.label("course"),
            Course.title_en.label("course_en"),
            func.count().label("counted"),
            func.count(case((TrainingRecord.completed, 1))).label("completed"),
            func.count(case((has_both, 1))).label("measured"),
            func.coalesce(func.sum(case((has_both, share - before))), 0.0).label("gain"),
        )
        .join(Run, Run.id == TrainingRecord.run_id)
        .join(Course, Course.id == Run.course_id)
        .outerjoin(PersonResult, PersonResult.id == TrainingRecord.result_id)
        .outerjoin(RunScale, RunScale.id == TrainingRecord.scale_id)
        .where(
            TrainingRecord.counts,
            TrainingRecord.superseded_at.is_(None),
            Run.state == RunState.CLOSED,
        )
        .group_by(Run.id, Course.id)
        .order_by(Course.position, Run.id)
    )


def _feedback_shown(now: datetime) -> dict[int, tuple[int, int]]:
    """Answers and the sum of their ratings, of the runs whose feedback may be shown."""
    asked = select(Inquiry.run_id, func.count(), func.max(Inquiry.asked_at)).where(
        Inquiry.kind == InquiryKind.FEEDBACK
    )
    by_run = {row[0]: row[1:] for row in db.session.execute(asked.group_by(Inquiry.run_id))}
    ratings = sum((getattr(FeedbackAnswer, name) for name in RATINGS), literal(0))
    answered = select(FeedbackAnswer.run_id, func.count(), func.sum(ratings))
    return {
        run_id: (count, total)
        for run_id, count, total in db.session.execute(answered.group_by(FeedbackAnswer.run_id))
        if run_id in by_run
        and Asked(by_run[run_id][0], count, by_run[run_id][1]).may_be_shown(now=now)
    }

"""What a path names beside evidence: what counts by itself, and the next classes that would."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, literal, null, or_, select, union_all

from club import clock
from club.certification.progress.needs import course_mark, topic_mark
from club.courses.models import Course, Run, RunTrainer
from club.courses.run_lists import RunRow, runs_to_join
from club.db import db
from club.knowledge.models import Topic
from club.people.models import Organisation
from club.pilots.models import PilotPart, PilotProject
from club.records.models import TrainingRecord
from club.records.outside.models import OutsideTraining
from club.registration.models import Registration, RegistrationState


@dataclass(frozen=True)
class CreditName:
    """What a training record, training elsewhere, teaching or a pilot project was, in words."""

    title: str
    title_en: str | None
    #: The class, who gave it, or the firm.
    where: str


def names_of_credits(refs: Iterable[str]) -> dict[str, CreditName]:
    """By the reference of the credit, in one question; evidence has its own name."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for ref in refs:
        kind, _, number = ref.partition(":")
        wanted[kind].add(int(number))
    if not wanted:
        return {}
    run_names = (Course.title, Course.title_en, Run.code)
    asked = [
        select(literal("training_record"), TrainingRecord.id, *run_names)
        .join(Run, Run.id == TrainingRecord.run_id)
        .join(Run.course)
        .where(TrainingRecord.id.in_(wanted["training_record"])),
        select(literal("teaching"), Run.id, *run_names)
        .join(Run.course)
        .where(Run.id.in_(wanted["teaching"])),
        select(
            literal("outside_training"),
            OutsideTraining.id,
            OutsideTraining.title,
            null(),
            OutsideTraining.provider,
        ).where(OutsideTraining.id.in_(wanted["outside_training"])),
        select(literal("pilot_part"), PilotPart.id, PilotProject.title, null(), Organisation.name)
        .join(PilotPart.project)
        .join(PilotProject.organisation)
        .where(PilotPart.id.in_(wanted["pilot_part"])),
    ]
    found = db.session.execute(union_all(*asked))
    return {f"{row[0]}:{row[1]}": CreditName(*row[2:]) for row in found}


@dataclass(frozen=True)
class Wanted:
    """Of classes: any of these marks, where there are some, and none of those."""

    any_of: Collection[str]
    #: Of courses that count already.
    none_of: Collection[str] = ()

    def is_met_by(self, marks: Collection[str]) -> bool:
        fits = not self.any_of or not set(self.any_of).isdisjoint(marks)
        return fits and set(self.none_of).isdisjoint(marks)


def runs_marked(
    wanted: Mapping[str, Wanted], *, person_id: int, until: date | None, limit: int, now: datetime
) -> dict[str, list[RunRow]]:
    """The next runs in which the person would get a place by registering now and that would count,
    by the key of what they would count for; none that the person teaches or has a place in already.
    ``until``: the last day on which they may end, where there is one.
    """
    marks = {mark for one in wanted.values() for mark in one.any_of}
    is_wanted = or_(
        Course.code.in_(_after("course:", marks)), Topic.key.in_(_after("topic:", marks))
    )
    conditions: list[ColumnElement[bool]] = []
    if all(one.any_of for one in wanted.values()):
        conditions.append(is_wanted)
    if until is not None:
        conditions.append(Run.ends_at < clock.instant_of(until + timedelta(days=1)))
    runs = runs_to_join(limit * 5, *conditions, *_is_neither_in_it(person_id), now=now)
    return {
        key: [run for run in runs if one.is_met_by(_marks(run))][:limit]
        for key, one in wanted.items()
    }


def _is_neither_in_it(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """Neither with a place nor as its trainer."""
    teaches = select(RunTrainer.run_id).where(RunTrainer.person_id == person_id)
    has_a_place = [state for state in RegistrationState if state.has_a_place]
    taken = select(Registration.run_id).where(
        Registration.person_id == person_id, Registration.state.in_(has_a_place)
    )
    return Run.id.not_in(taken), Run.id.not_in(teaches)


def _after(prefix: str, marks: Iterable[str]) -> list[str]:
    return [mark.removeprefix(prefix) for mark in marks if mark.startswith(prefix)]


def _marks(run: RunRow) -> set[str]:
    return {course_mark(run.course_code), topic_mark(run.topic_key)}

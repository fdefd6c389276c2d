"""How long trainee figures take over a million attendance marks: `python -m benchmarks.counting`.

Ten years of runs with fifty people each; the database makes the marks and the training records
itself. Times are whole answers, as pages and files ask for them: every table of two dimensions,
for one year, for all ten, for the middle of a month to the middle of another, now and as of a past
moment, and what the public sees of a year. The people are of every audience, ward, sector and sex
in every combination. They are times of a processor, in this process and in
the database's for it, since others may use the machine, too.
``--url`` names an empty PostgreSQL database; without it a SQLite file is made and removed.
"""

import statistics
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

from sqlalchemy import (
    String,
    Uuid,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    text,
    type_coerce,
)

from benchmarks import engines, measuring
from club import memory
from club.courses.models import Course, Funding, Run, RunForm, RunState, Session, SessionState
from club.db import db, transaction
from club.knowledge.models import Topic
from club.people.models import AudienceKind, JobGroup, Person, Sex, SizeClass
from club.periods import Cut, Period, named_period, period_of_days
from club.records.attendance.models import AttendanceMark, Mark, MarkSource
from club.records.models import TrainingRecord
from club.statistics.classes import closed_classes
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from club.statistics.public import public_counts
from club.statistics.quality.findings import findings
from club.statistics.tallies.operations import tally_marked
from club.units.models import Unit, UnitKind

FIGURES = Path(__file__).parent / "counting.json"
PEOPLE, PEOPLE_A_RUN, COURSES, TOPICS, WARDS, SECTORS = 20_000, 50, 40, 12, 15, 12
#: How many sessions the runs have, in turn.
SESSIONS = (1, 2, 3, 4)
YEARS = range(2021, 2031)
#: So many people that follow one another are of the same ward and sex.
_ALIKE = len(AudienceKind) * SECTORS
_BEGAN = datetime(2021, 1, 4, 1, tzinfo=UTC)
_HALF_A_DAY = timedelta(hours=4)
NOW = datetime(2031, 1, 1, tzinfo=UTC)


def fill(marks: int) -> None:
    """A fresh database with so many marks, and the training records that follow from them."""
    runs = marks * len(SESSIONS) // (PEOPLE_A_RUN * sum(SESSIONS))
    with transaction() as session:
        session.execute(insert(Unit), list(_wards()))
        session.execute(insert(Topic), list(_topics()))
        session.execute(insert(Course), list(_courses()))
        session.execute(insert(Person), [_person(n) for n in range(1, PEOPLE + 1)])
        session.execute(insert(Run), [_run(n, runs) for n in range(1, runs + 1)])
        session.execute(insert(Session), list(_sessions(runs)))
        _record_all(session)
        _mark_all(session)
    tally_marked()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _wards() -> Iterator[dict[str, Any]]:
    for n in range(1, WARDS + 1):
        yield {"id": n, "key": f"w{n}", "kind": UnitKind.WARD, "name": f"Phường {n}"}


def _topics() -> Iterator[dict[str, Any]]:
    for n in range(1, TOPICS + 1):
        yield {"id": n, "key": f"t{n}", "name": f"Chủ đề {n}", "name_en": f"T{n}", "position": n}


def _courses() -> Iterator[dict[str, Any]]:
    for n in range(1, COURSES + 1):
        yield {
            "id": n, "code": f"C{n}", "slug": f"c{n}", "title": f"Khóa {n}", "title_en": f"C{n}",
            "topic_id": n % TOPICS + 1, "search_key": f"c{n}", "position": n,
        }  # fmt: skip


def _person(n: int) -> dict[str, Any]:
    return {
        "id": n, "full_name": f"Người {n}", "sort_key": f"{n:06}", "search_key": f"nguoi {n}",
        "created_at": _BEGAN,
    }  # fmt: skip


def _begins(run: int, runs: int) -> datetime:
    whole = datetime(YEARS.stop, 1, 1, tzinfo=UTC) - _BEGAN - timedelta(days=5)
    day = (whole * run / (runs + 1)).days
    return _BEGAN + timedelta(days=day)


def _run(n: int, runs: int) -> dict[str, Any]:
    begins = _begins(n, runs)
    ends = begins + timedelta(days=SESSIONS[n % len(SESSIONS)] - 1) + _HALF_A_DAY
    return {
        "id": n, "code": f"C{n % COURSES + 1}-{n}", "course_id": n % COURSES + 1,
        "state": RunState.CLOSED, "seats": PEOPLE_A_RUN, "starts_at": begins, "ends_at": ends,
        "funding": list(Funding)[n % len(Funding)], "created_at": begins, "modified_at": ends,
        "published_at": begins, "closed_at": ends,
    }  # fmt: skip


def _sessions(runs: int) -> Iterator[dict[str, Any]]:
    for run in range(1, runs + 1):
        for day in range(SESSIONS[run % len(SESSIONS)]):
            begins = _begins(run, runs) + timedelta(days=day)
            yield {
                "run_id": run, "starts_at": begins, "ends_at": begins + _HALF_A_DAY,
                "state": SessionState.PLANNED, "created_at": begins, "modified_at": begins,
            }  # fmt: skip


def _members() -> Any:
    """Which people each run has: ``run_id``, ``person_id``; nobody twice in one run."""
    place = select(literal(0).label("n")).cte("place", recursive=True)
    place = place.union_all(select(place.c.n + 1).where(place.c.n < PEOPLE_A_RUN - 1))
    person = (Run.id * 131 + place.c.n * 397) % PEOPLE + 1
    return select(Run.id.label("run_id"), person.label("person_id")).join(place, literal(1) == 1)


def _uuid() -> Any:
    if db.engine.dialect.name == "postgresql":
        return func.gen_random_uuid()
    return type_coerce(func.lower(func.hex(func.randomblob(16))), Uuid)


def _one_of(values: Sequence[Any], number: Any, column: Any) -> Any:
    """A value for each remainder."""
    remainder = number % len(values)
    return case(*((remainder == n, literal(v, column.type)) for n, v in enumerate(values)))


def _record_all(session: Any) -> None:
    record, of, course = TrainingRecord, _members().subquery().c, Run.course_id
    minutes = 240 * (Run.id % len(SESSIONS) + 1)
    values = {
        record.public_id: _uuid(),
        record.run_id: Run.id,
        record.person_id: of.person_id,
        record.planned_minutes: minutes,
        record.attended_minutes: minutes - 60 * (of.person_id % 3),
        record.person_days: literal(1, record.person_days.type),
        record.counts: of.person_id % 11 != 0,
        record.completed: and_(of.person_id % 11 != 0, (of.person_id + Run.id) % 5 != 0),
        record.day: type_coerce(func.date(Run.ends_at), record.day.type),
        record.audience: _one_of(list(AudienceKind), of.person_id, record.audience),
        record.sector: _one_of(
            [f"s{n}" for n in range(SECTORS)], of.person_id // len(AudienceKind), record.sector
        ),
        record.size_class: literal(SizeClass.NOT_STATED, record.size_class.type),
        record.unit_id: of.person_id // _ALIKE % WARDS + 1,
        record.sex: _one_of(list(Sex), of.person_id // _ALIKE // WARDS, record.sex),
        record.job_group: literal(JobGroup.NOT_STATED, record.job_group.type),
        record.topic_key: literal("t") + cast(course % TOPICS + 1, String),
        record.course_code: literal("C") + cast(course, String),
        record.course_title: literal("Khóa"),
        record.course_title_en: literal("Course"),
        record.form: literal(RunForm.IN_PERSON, record.form.type),
        record.funding: Run.funding,
        record.computed_at: Run.ends_at,
    }
    made = select(*values.values()).join(Run, Run.id == of.run_id).order_by(Run.id)
    session.execute(insert(record).from_select(list(values), made, include_defaults=False))


def _mark_all(session: Any) -> None:
    mark, of = AttendanceMark, _members().subquery().c
    values = {
        mark.session_id: Session.id,
        mark.person_id: of.person_id,
        mark.mark: literal(Mark.PRESENT, mark.mark.type),
        mark.source: literal(MarkSource.TRAINER_TAP, mark.source.type),
        mark.marked_at: Session.ends_at,
    }
    made = select(*values.values()).join(Session, Session.run_id == of.run_id)
    session.execute(insert(mark).from_select(list(values), made, include_defaults=False))


QUESTIONS: dict[str, tuple[Period, datetime]] = {
    "a year": (named_period("2026", Cut.REPORT), NOW),
    "a year, as of a past moment": (
        named_period("2026", Cut.CALENDAR),
        datetime(2026, 7, 1, tzinfo=UTC),
    ),
    "from day to day": (period_of_days("2025-05-11", "2026-08-19"), NOW),
    "ten years": (period_of_days("2021-01-01", "2030-12-31"), NOW),
    "ten years, as of a past moment": (
        period_of_days("2021-01-01", "2030-12-31"),
        datetime(2030, 1, 1, tzinfo=UTC),
    ),
}


def measured(rounds: int) -> dict[str, dict[str, float]]:
    """Milliseconds for each question: of the middle and of the slowest table."""
    worker = engines.database_process()
    found = {}
    for what, (period, as_of) in QUESTIONS.items():
        tables = {
            ", ".join(by): _spent(
                worker, rounds, partial(trainee_counts, period, by=by, as_of=as_of)
            )
            for by in combinations(Dimension, 2)
        }
        found[what] = _summary(tables)
    year = named_period("2026", Cut.CALENDAR)
    public = {
        str(by): _spent(worker, rounds, partial(public_counts, year, by=[by], as_of=NOW))
        for by in Dimension
    }
    wrong = _spent(worker, rounds, lambda: findings(year, closed_classes(year), now=NOW))
    return found | {
        "a year, as the public sees it": _summary(public),
        "what may be wrong with a year": _summary({"all kinds": wrong}),
    }


def _spent(worker: int | None, rounds: int, work: Callable[[], object]) -> float:
    work()
    taken = []
    for _ in range(rounds):
        begin = measuring.spent(worker)
        work()
        taken.append((measuring.spent(worker) - begin) * 1000)
    return statistics.median(taken)


def _summary(tables: dict[str, float]) -> dict[str, Any]:
    slowest = max(tables, key=lambda by: tables[by])
    return {
        "median": round(statistics.median(tables.values()), 1),
        "slowest": round(tables[slowest], 1),
        "slowest is by": slowest,
    }


def main() -> None:
    parser = engines.arguments(__doc__)
    parser.add_argument("--marks", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with engines.empty_site("counting", asked.url) as engine:
        fill(asked.marks)
        # As processes that answer pages do.
        memory.keep_together()
        memory.set_aside()
        found = measured(asked.rounds)
        sizes = {
            "marks": db.session.scalar(select(func.count()).select_from(AttendanceMark)),
            "training records": db.session.scalar(select(func.count()).select_from(TrainingRecord)),
        }
    engines.keep(FIGURES, engine, sizes | {"milliseconds": found})
    for what, figures in found.items():
        print(f"{what:34}", figures)


if __name__ == "__main__":
    main()

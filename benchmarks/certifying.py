"""What 5,000 candidates cost: `python -m benchmarks.certifying`.

A demo club, and as many candidates of the club's own recognition besides: of ten, six are
collecting evidence, one is being assessed, and three were recognised, in the past four years. Each
has twelve training records and two papers, and every second one who was recognised stands in the
register. Times are seconds of a processor, in this process and in the database's for it; the
worker's first round finds all ends of the past years at once.
``--url`` names an empty PostgreSQL database; without it a SQLite file is made and removed.
"""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text

from benchmarks import engines, measuring
from club import clock
from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.models import Account, Consent, ConsentPurpose
from club.certification.awards.models import Award, AwardPeriod
from club.certification.awards.operations.following import follow_days
from club.certification.awards.timelines import mend_spans
from club.certification.candidacy.board import board
from club.certification.candidacy.board_queries import BoardFilter
from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    CandidateStep,
    Evidence,
    EvidenceKind,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.candidacy.operations.following import follow_certificates
from club.certification.candidacy.standing import progress_of_all
from club.certification.expiry.operations import remind_of_ends
from club.certification.figures.figures import figures_of
from club.certification.figures.questions import Question
from club.certification.models import CertificationScheme, Expert
from club.certification.progress.months import months_after
from club.certification.register.facts import Wanted
from club.certification.register.queries import experts_listed
from club.certification.schemes.models import Purpose, Requirement, SchemeLevel, SchemeVersion
from club.content import CONTENT, STEPS
from club.courses.models import Run, RunState
from club.db import db, transaction
from club.demo.loading import Size, load_demo
from club.people.models import AudienceKind, JobGroup, Person, Sex
from club.records.models import TrainingRecord
from club.vietnamese import folded, name_sort_key

FIGURES = Path(__file__).parent / "certification.json"
_RECORDS, _PAPERS, _DAY = 12, 2, timedelta(days=1)
_S, _R = CandidateState, StepReason


def fill(count: int, *, now: datetime) -> None:
    """Row by row it would take an hour; what the operations check is not measured here."""
    chance = random.Random(5)
    level = _level()
    runs = list(db.session.scalars(select(Run).where(Run.state == RunState.CLOSED).limit(40)))
    with transaction() as session:
        people = list(session.scalars(insert(Person).returning(Person.id), _people(count, now)))
        session.execute(insert(TrainingRecord), _records(people, runs, chance, now))
        states = [_state(number) for number in range(count)]
        rows = [
            {
                "person_id": person_id, "level_id": level.id, "level_key": level.key,
                "scheme_id": level.version.scheme_id, "state": state, "begun_at": now,
                "state_since": now - chance.randrange(400) * _DAY, "public_id": uuid.uuid4(),
            }
            for person_id, state in zip(people, states, strict=True)
        ]  # fmt: skip
        candidates = list(session.scalars(insert(Candidate).returning(Candidate.id), rows))
        _bring_papers(candidates, people, level, now)
        recognised = [
            (candidate_id, person_id)
            for candidate_id, person_id, state in zip(candidates, people, states, strict=True)
            if state is _S.VALID
        ]
        _recognise(recognised, level, chance, now)


def _level() -> SchemeLevel:
    query = (
        select(SchemeLevel)
        .join(SchemeLevel.version)
        .join(SchemeVersion.scheme)
        .where(CertificationScheme.key == "chuyen_gia_cai_tien", SchemeLevel.key == "practitioner")
    )
    return db.session.scalars(query).one()


def _state(number: int) -> CandidateState:
    last = number % 10
    return _S.COLLECTING if last < 6 else _S.UNDER_ASSESSMENT if last < 7 else _S.VALID


def _people(count: int, now: datetime) -> list[dict[str, Any]]:
    names = [f"Nguyễn Thị Ứng Viên {number}" for number in range(count)]
    return [
        {
            "full_name": name, "sort_key": name_sort_key(name), "search_key": folded(name),
            "created_at": now,
        }
        for name in names
    ]  # fmt: skip


def _records(
    people: list[int], runs: list[Run], chance: random.Random, now: datetime
) -> list[dict[str, Any]]:
    today = clock.local_day(now)
    return [
        {
            "run_id": run.id, "person_id": person_id, "planned_minutes": 480,
            "attended_minutes": chance.randrange(240, 481), "person_days": 1, "counts": True,
            "completed": chance.random() < 0.8, "audience": AudienceKind.INDIVIDUAL,
            "day": today - chance.randrange(1500) * _DAY, "topic_key": run.course.topic.key,
            "course_code": run.course.code, "course_title": run.course.title,
            "course_title_en": run.course.title_en, "form": run.form, "funding": run.funding,
            "computed_at": now, "sex": Sex.NOT_STATED, "job_group": JobGroup.NOT_STATED,
        }
        for person_id in people
        for run in chance.sample(runs, min(_RECORDS, len(runs)))
    ]  # fmt: skip


def _bring_papers(
    candidates: list[int], people: list[int], level: SchemeLevel, now: datetime
) -> None:
    asked = Requirement.level_id == level.id, Requirement.purpose == Purpose.FIRST
    with transaction() as session:
        project = session.scalars(select(Requirement).where(*asked, Requirement.key == "project"))
        requirement_id, by = project.one().id, session.scalars(select(Account.id).limit(1)).one()
        papers = [
            {
                "person_id": person_id, "kind": EvidenceKind.PROJECT_REPORT, "title": "Báo cáo",
                "handed_in_at": now, "handed_in_by_id": by, "public_id": uuid.uuid4(),
            }
            for person_id in people
            for _ in range(_PAPERS)
        ]  # fmt: skip
        kept = list(session.scalars(insert(Evidence).returning(Evidence.id), papers))
        uses = [
            {
                "evidence_id": evidence_id, "candidate_id": candidates[number // _PAPERS],
                "requirement_id": requirement_id, "amount": Decimal(1), "claimed_at": now,
                "day": clock.local_day(now) - 200 * _DAY, "public_id": uuid.uuid4(),
                "state": UseState.ACCEPTED, "decided_at": now, "decided_by_id": by,
            }
            for number, evidence_id in enumerate(kept)
        ]  # fmt: skip
        session.execute(insert(EvidenceUse), uses)


def _recognise(
    recognised: list[tuple[int, int]], level: SchemeLevel, chance: random.Random, now: datetime
) -> None:
    """Their steps, awards and validities; the spans are left to the worker."""
    today, months = clock.local_day(now), level.version.validity_months or 36
    words = CONSENT_WORDS[ConsentPurpose.PUBLIC_EXPERT_REGISTER]
    with transaction() as session:
        by = session.scalars(select(Account.id).limit(1)).one()
        days = [today - chance.randrange(1460) * _DAY for _ in recognised]
        steps = [
            {
                "candidate_id": candidate_id, "to_state": state, "reason": reason,
                "level_id": level.id, "at": clock.instant_of(day), "by_id": by,
            }
            for (candidate_id, _person), day in zip(recognised, days, strict=True)
            for state, reason in ((_S.APPLIED, _R.APPLIED), (_S.VALID, _R.RECOGNISED))
        ]  # fmt: skip
        session.execute(insert(CandidateStep), steps)
        awards = [
            {
                "candidate_id": candidate_id, "person_id": person_id, "level_id": level.id,
                "decided_on": day, "issued_on": day, "recognised_at": clock.instant_of(day),
                "recognised_by_id": by, "public_id": uuid.uuid4(),
            }
            for (candidate_id, person_id), day in zip(recognised, days, strict=True)
        ]  # fmt: skip
        given = list(session.scalars(insert(Award).returning(Award.id), awards))
        periods = [
            {
                "award_id": award_id, "position": 0, "valid_from": day,
                "valid_until": months_after(day, months), "decided_at": clock.instant_of(day),
            }
            for award_id, day in zip(given, days, strict=True)
        ]  # fmt: skip
        session.execute(insert(AwardPeriod), periods)
        shown = [person_id for _candidate, person_id in recognised[::2]]
        codes = [
            {
                "person_id": one, "code": f"cg-bench-{one}", "created_at": now,
                "welcomes_requests": True,
            }
            for one in shown
        ]  # fmt: skip
        session.execute(insert(Expert), codes)
        consents = [
            {
                "person_id": one, "purpose": ConsentPurpose.PUBLIC_EXPERT_REGISTER,
                "channel": "web", "version": words.version, "wording": words.vi,
                "language": "vi", "given_at": now,
            }
            for one in shown
        ]  # fmt: skip
        session.execute(insert(Consent), consents)


def timed(*, now: datetime) -> dict[str, float]:
    """Seconds of each, in this order."""
    today = clock.local_day(now)
    question = Question(on=today, period=None, scheme="", as_of=None)

    def everybody() -> None:
        progress_of_all(db.session.scalars(select(Candidate)).all(), on=today)

    asked: dict[str, Callable[[], object]] = {
        "progress of all": everybody,
        "board": lambda: board(BoardFilter(), pages={}, now=now),
        "spans of all, when there are none": mend_spans,
        "spans of all, when they are right": mend_spans,
        "days of recognitions, four years at once": lambda: follow_days(now=now),
        "days of recognitions, when nothing is due": lambda: follow_days(now=now),
        "candidacies that follow certificates": lambda: follow_certificates(now=now),
        "reminders of ends": lambda: remind_of_ends(now=now),
        "register, first page": lambda: experts_listed(Wanted(), on=today),
        "register, by words": lambda: experts_listed(Wanted(q="ung vien 77"), on=today),
        "figures": lambda: figures_of(question),
    }
    worker = None
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))
        db.session.commit()
    found = {}
    for name, work in asked.items():
        db.session.rollback()
        db.session.expunge_all()
        if db.engine.dialect.name == "postgresql":
            worker = db.session.scalar(text("SELECT pg_backend_pid()"))
        begin = measuring.spent(worker)
        work()
        found[name] = round(measuring.spent(worker) - begin, 2)
    db.session.rollback()
    return found


def main() -> None:
    parser = engines.arguments(__doc__)
    parser.add_argument("--candidates", type=int, default=5_000)
    asked = parser.parse_args()
    with engines.empty_site("certifying", asked.url) as engine:
        now = clock.now()
        for _name, step in STEPS:
            step(CONTENT, now=now)
        load_demo(Size(people=200, runs=50), now=now)
        fill(asked.candidates, now=now)
        found = timed(now=now)
    engines.keep(FIGURES, engine, {"candidates": asked.candidates, "seconds": found})
    for name, seconds in found.items():
        print(f"{name:50} {seconds:8.2f} s")


if __name__ == "__main__":
    main()

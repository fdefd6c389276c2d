"""Five thousand candidates at once."""

import random
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from club.certification.candidacy.models import (
    Candidate,
    CandidateState,
    Evidence,
    EvidenceKind,
    EvidenceUse,
    UseState,
)
from club.certification.candidacy.standing import progress_of_all
from club.certification.progress.facts import Attempts, Measure, Need
from club.certification.progress.gathering import credits_of_people
from club.certification.progress.rules import progress_on
from club.courses.models import RunState
from club.db import db, transaction
from club.people.models import AudienceKind, JobGroup, Person, Sex
from club.pilots.models import PartRole, PilotPart
from club.records.models import TrainingRecord
from tests.certification.candidacy.kit import a_level
from tests.pilots.kit import a_project, ended
from tests.support.factories import NOW, a_course, a_run, an_account
from tests.support.work import work_within

pytestmark = [pytest.mark.usefixtures("context"), pytest.mark.slow]

PEOPLE, RECORDS, PILOTS, PAPERS, ON = 5_000, 12, 2, 4, date(2026, 3, 31)
NEEDS = [
    Need("education", "education", "pieces", Decimal(1)),
    Need("training", "training", "hours", Decimal(120), factors={"taught": Decimal("1.5")}),
    Need("tools", "training", "hours", Decimal(24), any_of=frozenset({"course:C1", "course:C2"})),
    Need("lately", "training", "hours", Decimal(40), valid_months=36, caps={"taught": Decimal(8)}),
    Need("courses", "training", "pieces", Decimal(4), group="breadth"),
    Need("taught", "training", "hours", Decimal(20), group="breadth"),
    Need("work", "work_experience", "months", Decimal(36), Measure.MONTHS),
    Need("exam", "examination", "points", Decimal(70), Measure.BEST, attempts=Attempts(3, 30)),
    Need("projects", "project", "projects", Decimal(2), needs_verdict=True),
    Need("ethics", "ethics", "pieces", Decimal(1)),
]


def filled():
    """People with training in the classes of forty courses and a part in pilots; their ids."""
    draw = random.Random(5)
    runs = [a_run(course=a_course(code=f"C{n}"), state=RunState.CLOSED) for n in range(40)]
    known = {"sex": Sex.NOT_STATED, "job_group": JobGroup.NOT_STATED}
    people = [
        {"full_name": f"Người {n}", "sort_key": f"{n}", "search_key": f"{n}", "created_at": NOW}
        for n in range(PEOPLE)
    ]
    projects = [ended(a_project(f"Dự án {n}")).id for n in range(8)]
    projects = [ended(a_project(f"Dự án {n}")).id for n in range(8)]
    with transaction() as session:
        ids = list(session.scalars(insert(Person).returning(Person.id), people))
        records = [
            {
                "run_id": run.id, "person_id": person_id, "planned_minutes": 480,
                "attended_minutes": draw.randrange(240, 481), "person_days": 1, "counts": True,
                "completed": draw.random() < 0.8, "audience": AudienceKind.INDIVIDUAL,
                "day": date(2022, 1, 1) + timedelta(days=draw.randrange(1500)),
                "topic_key": run.course.topic.key, "course_code": run.course.code,
                "course_title": run.course.title, "course_title_en": run.course.title_en,
                "form": run.form, "funding": run.funding, "computed_at": NOW, **known,
            }
            for person_id in ids
            for run in draw.sample(runs, RECORDS)
        ]  # fmt: skip
        session.execute(insert(TrainingRecord), records)
        parts = [
            {
                "project_id": project_id, "person_id": person_id, "role": PartRole.MEMBER,
                "entered_at": NOW, "confirmed_at": NOW, "public_id": uuid.uuid4(),
            }
            for person_id in ids
            for project_id in draw.sample(projects, PILOTS)
        ]  # fmt: skip
        session.execute(insert(PilotPart), parts)
    return ids


def test_the_progress_of_5000_candidates_is_reckoned_in_half_a_minute(count_queries):
    ids = filled()
    with work_within(30), count_queries() as asked:
        gathered = credits_of_people(ids)
        progress = [progress_on(ON, NEEDS, gathered[person_id]) for person_id in ids]
    assert len(asked) == 3
    assert {found.standing_of("projects").amount for found in progress} == {PILOTS}
    assert len({found.readiness for found in progress}) > 5


def candidates_with_evidence(person_ids, level):
    """Each on the way to the level, with four papers that were accepted."""
    first = {"state": CandidateState.COLLECTING, "state_since": NOW, "begun_at": NOW}
    first |= {"level_id": level.id, "scheme_id": level.version.scheme_id, "level_key": level.key}
    by, [work] = an_account().id, [one for one in level.requirements if one.key == "work"]
    with transaction() as session:
        rows = [first | {"person_id": one, "public_id": uuid.uuid4()} for one in person_ids]
        candidates = list(session.scalars(insert(Candidate).returning(Candidate.id), rows))
        paper = {"kind": EvidenceKind.EMPLOYER_LETTER, "title": "Xác nhận", "handed_in_at": NOW}
        papers = [
            paper | {"person_id": one, "handed_in_by_id": by, "public_id": uuid.uuid4()}
            for one in person_ids
            for _ in range(PAPERS)
        ]
        kept = list(session.scalars(insert(Evidence).returning(Evidence.id), papers))
        uses = [
            {
                "evidence_id": evidence_id, "candidate_id": candidates[n // PAPERS],
                "requirement_id": work.id, "amount": Decimal(1), "claimed_at": NOW,
                "day": date(2020 + n % PAPERS, 1, 1), "public_id": uuid.uuid4(),
                "to_day": date(2020 + n % PAPERS, 6, 30), "state": UseState.ACCEPTED,
                "decided_at": NOW, "decided_by_id": by,
            }
            for n, evidence_id in enumerate(kept)
        ]  # fmt: skip
        session.execute(insert(EvidenceUse), uses)


def test_with_what_they_handed_in_and_all_that_the_database_keeps(count_queries):
    """As the board and the figures ask for it: from the rows of candidates to their progress."""
    candidates_with_evidence(filled(), a_level())
    with work_within(30), count_queries() as asked:
        candidates = db.session.scalars(select(Candidate)).all()
        progress = progress_of_all(candidates, on=ON)
    assert (len(progress), len(asked)) == (PEOPLE, 8)
    assert {found.standing_of("work").amount for found in progress.values()} == {Decimal(24)}

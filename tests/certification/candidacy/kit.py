"""A published level, and people on their way to it."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy.models import EvidenceKind, UseState
from club.certification.candidacy.operations import admitting, applying, going_on
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.evidence import Claim, HandedIn, Judgement, Paper
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.courses.models import RunState
from club.db import db
from club.files.receiving import receive
from club.outbox.models import Letter
from club.people.models import AudienceKind
from club.records.models import TrainingRecord
from club.refusal import RefusedError
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, a_person, a_run, an_account, reload, saved

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"


def a_level(scheme=None, *, number=1, on=date(2026, 1, 1), hours=120, more=()):
    """120 hours of training, which count by themselves, and two years of work that a coordinator
    looks at.
    """
    version = a_version(scheme=scheme or a_scheme(), number=number)
    a_requirement(version, minimum=Decimal(hours) if hours else None)
    a_requirement(
        version,
        "work",
        kind=RequirementKind.WORK_EXPERIENCE,
        position=2,
        name="Kinh nghiệm làm việc",
        name_en="Work experience",
        minimum=Decimal(24),
        unit=Unit.MONTHS,
        judged_by=Judge.COORDINATOR,
        evidence_wanted="Xác nhận của nơi làm việc",
    )
    for key, given in more:
        a_requirement(version, key, **given)
    level = published(version, on=on).levels[0]
    db.session.refresh(level)
    return level


def applied(level=None, account=None, **given):
    account = account or an_account()
    level = level or a_level()
    return applying.apply(
        account.person_id, level_id=level.id, motivation=None, by=account.id, now=NOW, **given
    )


def admitted(level=None, account=None):
    candidate = applied(level, account)
    by = an_account(RoleName.COORDINATOR).id
    return admitting.admit(candidate.id, remark=None, by=by, now=NOW)


def a_paper(name="Xác nhận.pdf"):
    return HandedIn(
        Paper(EvidenceKind.EMPLOYER_LETTER, "Xác nhận công tác"), receive(BytesIO(PDF), name=name)
    )


def a_claim(candidate, key="work", **given):
    requirement = next(one for one in candidate.level.requirements if one.key == key)
    facts = {"amount": Decimal(1), "day": date(2023, 1, 1), "to_day": date(2025, 12, 31)}
    return Claim(requirement.id, **facts | given)


def handed_in(candidate, key="work", by=None, *, now=NOW, **given):
    """A new paper for a requirement."""
    by = by or an_account(person=a_person()).id
    return papers.hand_in_for(
        candidate.id, a_paper(), a_claim(candidate, key, **given), by=by, now=now
    )


def learned(person, hours=120):
    """A record of a class with the club."""
    run = a_run(starts_at=NOW - timedelta(days=30), state=RunState.CLOSED)
    facts = {
        "person_id": person.id,
        "sex": person.sex,
        "job_group": person.job_group,
        "run_id": run.id,
        "course_code": run.course.code,
        "course_title": run.course.title,
        "course_title_en": run.course.title_en,
        "topic_key": run.course.topic.key,
        "audience": AudienceKind.INDIVIDUAL,
        "planned_minutes": hours * 60,
        "attended_minutes": hours * 60,
        "counts": True,
        "completed": True,
        "person_days": 1,
        "day": date(2026, 1, 15),
        "form": run.form,
        "funding": run.funding,
        "computed_at": NOW,
    }
    return saved(TrainingRecord(**facts))


def with_everything(account, level=None, *, by=None):
    """Who has all that the level asks for. ``by``: who accepted the paper."""
    learned(account.person)
    candidate = admitted(level or a_level(), account)
    use = handed_in(candidate, by=account.id)
    by = by or an_account(RoleName.COORDINATOR).id
    papers.judge_use(use.id, Judgement(UseState.ACCEPTED), by=by, now=NOW)
    return candidate


def being_assessed(account, *, by=None):
    """With the work accepted by a coordinator, and an interview to come."""
    interview = {
        "kind": RequirementKind.INTERVIEW,
        "minimum": Decimal(1),
        "unit": Unit.DONE,
        "judged_by": Judge.ASSESSOR,
        "position": 3,
    }
    candidate = with_everything(account, a_level(more=[("interview", interview)]), by=by)
    return going_on.hand_in(candidate.id, by=account.id, now=NOW)


def story(candidate):
    return [(step.from_state, step.to_state, step.reason) for step in reload(candidate).steps]


def letters(kind):
    return db.session.query(Letter).filter_by(kind=f"certification.{kind}").all()


def refused(call, *given, **named):
    with pytest.raises(RefusedError) as caught:
        call(*given, **named)
    return caught.value.refusal


def coordinator():
    return an_account(RoleName.COORDINATOR)

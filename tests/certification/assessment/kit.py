"""A candidate whose evidence is to be judged."""

from datetime import date
from decimal import Decimal
from itertools import count

from club.accounts.models import RoleName
from club.certification.assessment.operations.asking import ask_assessor
from club.certification.assessment.operations.judging import (
    NewFinding,
    finish,
    requirements_to_judge,
)
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.going_on import hand_in
from club.certification.schemes.models import Judge, RequirementKind, Unit
from tests.certification.candidacy.kit import a_paper, admitted
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, a_person, an_account

_n = count(1)
DUE = date(2027, 1, 15)


def a_judged_level(scheme=None, **given):
    """Assessors judge both of its requirements; evidence is handed in for the project only.

    ``scheme``: its key, or the scheme itself.
    """
    if scheme is None or isinstance(scheme, str):
        scheme = a_scheme(scheme or f"judged-{next(_n)}")
    version = a_version(scheme=scheme, number=1, **given)
    for position, key in enumerate(("project", "interview"), start=1):
        a_requirement(
            version,
            key,
            kind=RequirementKind(key),
            position=position,
            name=f"Yêu cầu {key}",
            name_en=f"Requirement {key}",
            minimum=Decimal(1),
            unit=Unit.DONE,
            judged_by=Judge.ASSESSOR,
            evidence_wanted="Báo cáo dự án" if key == "project" else None,
        )
    return published(version, on=date(2026, 1, 1)).levels[0]


def under_assessment(level=None, account=None):
    """With evidence for the project, handed in."""
    candidate = admitted(level or a_judged_level(), account)
    by = account.id if account else an_account(person=a_person()).id
    project = next(one for one in candidate.level.requirements if one.key == "project")
    claim = papers.Claim(project.id, amount=Decimal(1), day=date(2026, 3, 1))
    papers.hand_in_for(candidate.id, a_paper(), claim, by=by, now=NOW)
    return hand_in(candidate.id, by=by, now=NOW)


def an_assessor():
    return an_account(RoleName.ASSESSOR)


def a_coordinator():
    return an_account(RoleName.COORDINATOR)


def asked(candidate, assessor=None, *, by=None):
    assessor, by = assessor or an_assessor(), by or a_coordinator()
    return ask_assessor(candidate.id, assessor.id, due_on=DUE, by=by.id, now=NOW)


def found(candidate, **fulfilled):
    """What an assessor found, by the key of the requirement; ``True`` where nothing else is said."""
    return [
        NewFinding(
            one.id, fulfilled.get(one.key, True), None if fulfilled.get(one.key, True) else "Thiếu"
        )
        for one in requirements_to_judge(candidate)
    ]


def judged(candidate, assessor=None, **fulfilled):
    task = asked(candidate, assessor)
    return finish(task.id, found(candidate, **fulfilled), now=NOW)

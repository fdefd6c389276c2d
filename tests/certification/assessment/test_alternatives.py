"""Of alternatives, assessors judge what the candidate chose."""

from datetime import date
from decimal import Decimal

import pytest

from club.certification.assessment.models import TaskState
from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.assessment.operations.judging import NewFinding, finish
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations.going_on import hand_in
from club.certification.schemes.models import Judge, RequirementKind, Unit
from tests.certification.assessment.kit import a_coordinator, asked
from tests.certification.candidacy.kit import admitted, handed_in, refused
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, reload

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def level():
    """A project with references, or an interview, or publications."""
    version = a_version(scheme=a_scheme("ways"), number=1)
    facts = {"minimum": Decimal(1), "judged_by": Judge.ASSESSOR, "group_key": "ways"}
    a_requirement(
        version, "project", kind=RequirementKind.PROJECT, unit=Unit.PROJECTS, position=1,
        evidence_wanted="Báo cáo", together_key="shown", **facts,
    )  # fmt: skip
    a_requirement(
        version, "references", kind=RequirementKind.REFERENCES, unit=Unit.REFERENCES, position=2,
        evidence_wanted="Thư", together_key="shown", **facts,
    )  # fmt: skip
    a_requirement(
        version, "interview", kind=RequirementKind.INTERVIEW, unit=Unit.DONE, position=3, **facts
    )
    a_requirement(
        version, "papers", kind=RequirementKind.OTHER, unit=Unit.PIECES, position=4,
        evidence_wanted="Bài", **facts,
    )  # fmt: skip
    return published(version, on=date(2026, 1, 1)).levels[0]


def to_judge(level, *brought):
    candidate = admitted(level)
    for key in brought:
        handed_in(candidate, key, amount=Decimal(1), to_day=None)
    return hand_in(candidate.id, by=a_coordinator().id, now=NOW)


def found(candidate, **fulfilled):
    ids = {one.key: one.id for one in candidate.level.requirements}
    return [NewFinding(ids[key], yes, None if yes else "Thiếu") for key, yes in fulfilled.items()]


@pytest.mark.parametrize(
    ("brought", "judged"),
    [
        (("papers",), {"papers": True}),
        (("papers",), {"papers": False}),
        (("project", "references"), {"project": True, "references": True}),
        # What the club holds needs no paper: the candidate comes to the interview instead.
        ((), {"interview": True}),
        ((), {"interview": False}),
    ],
)
def test_a_way_that_was_not_chosen_can_stay_open(level, brought, judged):
    candidate = to_judge(level, *brought)
    task = finish(asked(candidate).id, found(candidate, **judged), now=NOW)
    assert task.state is TaskState.DONE
    assert {one.requirement.key for one in task.findings} == set(judged)


@pytest.mark.parametrize(
    ("brought", "judged"),
    [
        (("papers",), {}),
        (("project", "references"), {"project": True}),
        # Whatever was brought is judged.
        (("papers", "project"), {"papers": True}),
        ((), {"papers": False}),
    ],
)
def test_what_was_brought_or_is_the_only_way_is_judged(level, brought, judged):
    candidate = to_judge(level, *brought)
    refusal = refused(finish, asked(candidate).id, found(candidate, **judged), now=NOW)
    assert refusal is AssessmentRefusal.NOT_ALL_JUDGED


def test_a_second_assessor_judges_no_more_than_the_first(level):
    candidate = to_judge(level, "papers")
    for yes in (False, True, True):
        finish(asked(candidate).id, found(candidate, papers=yes), now=NOW)
    ruling = Ruling(CandidateState.NOT_YET, "Một người thấy chưa đạt")
    decide(candidate.id, ruling, by=a_coordinator().id, now=NOW)
    assert reload(candidate).state is CandidateState.NOT_YET


def test_what_is_asked_of_everybody_is_judged_always(level):
    version = a_version(scheme=a_scheme("all"), number=1)
    for position, key in enumerate(("project", "interview"), start=1):
        a_requirement(
            version, key, kind=RequirementKind(key), unit=Unit.DONE, position=position,
            minimum=Decimal(1), judged_by=Judge.ASSESSOR, evidence_wanted="Báo cáo",
        )  # fmt: skip
    candidate = to_judge(published(version).levels[0], "project")
    refusal = refused(finish, asked(candidate).id, found(candidate, project=True), now=NOW)
    assert refusal is AssessmentRefusal.NOT_ALL_JUDGED

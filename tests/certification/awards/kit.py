"""Candidates who have been decided to reach a level, and whom the club recognised."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count

from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.awards.certificates.queries import latest_of
from club.certification.awards.operations.recognising import recognise
from club.certification.candidacy.models import CandidateState, UseState
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.going_on import hand_in
from club.certification.schemes.models import Judge, Purpose, RequirementKind, Unit
from club.clock import from_local
from club.db import db
from tests.certification.assessment.kit import (
    a_coordinator,
    a_judged_level,
    judged,
    under_assessment,
)
from tests.certification.candidacy.kit import admitted, handed_in
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, an_account

_n = count(1)
#: The day of ``NOW``, from which a recognition is valid unless its version says otherwise.
TODAY = date(2026, 3, 3)


def certified(level=None, account=None, *, now=NOW, **terms):
    """``terms``: what the version says, by column."""
    candidate = under_assessment(level or a_judged_level(**terms), account or an_account())
    judged(candidate)
    return decide(candidate.id, Ruling(CandidateState.CERTIFIED), by=a_coordinator().id, now=now)


def paper_of(award):
    """The certificate that stands."""
    return latest_of(award.id)


def recognised(level=None, account=None, *, now=NOW, **terms):
    """The award."""
    candidate = certified(level, account, now=now, **terms)
    return recognise(candidate.id, by=a_coordinator().id, now=now)


def a_renewing_level(*asked, scheme=None, **terms):
    """Recognised for what assessors judge, and renewed by what ``asked`` says: keys with what
    differs from 24 hours of training that are counted.
    """
    version = a_version(
        scheme=a_scheme(scheme or f"renewing-{next(_n)}"),
        number=1,
        **{"validity_months": 24, "grace_months": 6} | terms,
    )
    a_requirement(
        version,
        "interview",
        kind=RequirementKind.INTERVIEW,
        minimum=Decimal(1),
        unit=Unit.DONE,
        judged_by=Judge.ASSESSOR,
    )
    for position, (key, given) in enumerate(asked or [("development", {})], start=2):
        facts = {"minimum": Decimal(24), "position": position} | given
        a_requirement(version, key, purpose=Purpose.RENEWAL, **facts)
    level = published(version, on=date(2026, 1, 1)).levels[0]
    db.session.refresh(level)
    return level


def judged_by_assessors(key="project", **given):
    facts = {
        "kind": RequirementKind.PROJECT,
        "minimum": Decimal(1),
        "unit": Unit.PROJECTS,
        "judged_by": Judge.ASSESSOR,
        "evidence_wanted": "Báo cáo dự án",
    }
    return key, facts | given


def holder(level=None, *, account=None, now=NOW, **terms):
    """Whom the club recognised at ``NOW``, as a candidate whose recognition is to be renewed."""
    level = level or a_renewing_level(**terms)
    account = account or an_account()
    candidate = admitted(level, account)
    hand_in(candidate.id, by=account.id, now=now)
    judged(candidate)
    decide(candidate.id, Ruling(CandidateState.CERTIFIED), by=a_coordinator().id, now=now)
    return recognise(candidate.id, by=a_coordinator().id, now=now).candidate


def morning(day):
    """Of a local day."""
    return from_local(datetime(day.year, day.month, day.day, 9))


def brought(candidate, amount=24, *, day, key="development", by=None, to_day=None, **given):
    """Evidence for a renewal, which a coordinator accepts."""
    facts = {"amount": Decimal(amount), "day": day, "to_day": to_day} | given
    use = handed_in(candidate, key, now=morning(day), **facts)
    accepted = papers.Judgement(UseState.ACCEPTED)
    return papers.judge_use(use.id, accepted, by=(by or a_coordinator()).id, now=morning(day))

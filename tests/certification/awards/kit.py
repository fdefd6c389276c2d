"""Candidates who have been decided to reach a level, and whom the club recognised."""

from datetime import date

from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.awards.operations.recognising import recognise
from club.certification.candidacy.models import CandidateState
from tests.certification.assessment.kit import (
    a_coordinator,
    a_judged_level,
    judged,
    under_assessment,
)
from tests.support.factories import NOW, an_account

#: The day of ``NOW``, from which a recognition is valid unless its version says otherwise.
TODAY = date(2026, 3, 3)


def certified(level=None, account=None, *, now=NOW, **terms):
    """``terms``: what the version says, by column."""
    candidate = under_assessment(level or a_judged_level(**terms), account or an_account())
    judged(candidate)
    return decide(candidate.id, Ruling(CandidateState.CERTIFIED), by=a_coordinator().id, now=now)


def recognised(level=None, account=None, *, now=NOW, **terms):
    """The award."""
    candidate = certified(level, account, now=now, **terms)
    return recognise(candidate.id, by=a_coordinator().id, now=now)

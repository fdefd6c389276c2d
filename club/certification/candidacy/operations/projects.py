"""Saying which pilot project a paper is about, so that the two count as one."""

from datetime import datetime

from club import clock
from club.accounts.models import Account
from club.certification.candidacy.held import held
from club.certification.candidacy.models import EvidenceUse, ShownProject, UseState
from club.certification.candidacy.operations.applying import note
from club.certification.candidacy.projects import ProjectRefusal, project_terms
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.candidacy.tie_queries import tie_with
from club.db import transaction
from club.pilots.queries import projects_with
from club.refusal import RefusedError


def say_pilot(use_id: int, pilot_id: int | None, *, by: int, now: datetime) -> EvidenceUse:
    """By whoever judges it, who has no tie to the candidate. ``None``: it is about none of them."""
    with transaction() as session:
        use = session.get_one(EvidenceUse, use_id)
        candidate = held(session, use.candidate_id)
        session.refresh(use)
        if tie := tie_with(candidate, session.get_one(Account, by), on=clock.local_day(now)):
            raise RefusedError(tie)
        if use.state is UseState.WITHDRAWN or project_terms(use.requirement) is None:
            raise RefusedError(CandidacyRefusal.OTHER_EVIDENCE)
        if pilot_id is not None and pilot_id not in {
            one.id for one in projects_with(candidate.person_id)
        }:
            raise RefusedError(ProjectRefusal.NOT_ON_THE_LIST, field="pilot")
        use.project = use.project or ShownProject()
        use.project.pilot_id = pilot_id
        note("certification.say_pilot", candidate, by=by, now=now, title=use.evidence.title)
        return use

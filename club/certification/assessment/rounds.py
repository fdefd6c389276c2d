"""What is known of a round when somebody decides about it."""

from collections.abc import Iterable
from datetime import date

from club.certification.assessment import queries
from club.certification.assessment.models import AssessorTask, TaskState
from club.certification.assessment.rules import Panel, Round, tally_of
from club.certification.assessment.verdicts import disputed_by_assessors
from club.certification.candidacy.models import Candidate, CandidateStep
from club.certification.candidacy.queries import uses_in
from club.certification.candidacy.standing import accepted_by, progress_of
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import SchemeVersion


def round_facts(candidate: Candidate, round_: CandidateStep, *, on: date) -> Round:
    version = candidate.level.version
    tasks = [one for one in queries.tasks_of(candidate.id) if one.round_id == round_.id]
    disputed = disputed_by_assessors(candidate.id)
    uses = uses_in(candidate.id)
    progress = progress_of(candidate, uses, on=on)
    # A group of alternatives is met by one of them; where it is not, all of them stand open.
    unmet = {
        standing.need.key
        for part in progress.parts
        if part.state is not NeedState.MET
        for standing in part.standings
        if standing.state is not NeedState.MET
    }
    return Round(
        state=candidate.state,
        deciding=version.deciding,
        assessors=frozenset(one.assessor_id for one in tasks if one.state.stands or one.findings),
        done=sum(one.state is TaskState.DONE for one in tasks),
        under_way=sum(one.state is TaskState.ASKED for one in tasks),
        unmet=frozenset(unmet) - disputed,
        disputed=disputed,
        accepted_by=accepted_by(candidate, uses, progress),
        self_assessed=any(
            one.state.stands and one.assessor.person_id == candidate.person_id for one in tasks
        ),
        panel=_panel(version, round_),
        mark=_mark(round_, tasks),
    )


def _mark(round_: CandidateStep, tasks: Iterable[AssessorTask]) -> str:
    done = [one for one in tasks if one.state is TaskState.DONE]
    last = max((found.id for one in done for found in one.findings), default=0)
    return f"{round_.id}.{last}"


def _panel(version: SchemeVersion, round_: CandidateStep) -> Panel | None:
    if version.panel_quorum is None or version.panel_majority is None:
        return None
    tally = tally_of(queries.choices_in(round_.id))
    return Panel(tally, version.panel_quorum, version.panel_majority)

"""Tasks that would wait for ever: whoever was asked has left, or has a tie by now."""

from collections.abc import Collection
from datetime import date

from club.accounts.models import RoleName
from club.certification.assessment.conflicts import conflicts_with
from club.certification.assessment.models import AssessorTask, TaskState
from club.certification.assessment.rules import Hindrance, hindrance_of
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.rules import Conflict


def hindrances_of(
    candidate: Candidate, tasks: Collection[AssessorTask], *, on: date
) -> dict[int, Hindrance | Conflict]:
    """By task, why whoever was asked does not judge any more, or may not have judged."""
    conflicts = conflicts_with(candidate, [task.assessor for task in tasks], on=on)
    found = {task.id: _hindrance(task, conflicts[task.assessor_id]) for task in tasks}
    return {task_id: why for task_id, why in found.items() if why}


def _hindrance(task: AssessorTask, conflict: Conflict | None) -> Hindrance | Conflict | None:
    account = task.assessor
    if task.state is TaskState.ASKED:
        return hindrance_of(
            is_active=account.active,
            is_assessor=account.holds(RoleName.ASSESSOR),
            conflict=conflict,
        )
    # What was judged before somebody changed the employer was judged without a tie.
    return conflict if conflict is Conflict.IS_THE_CANDIDATE else None

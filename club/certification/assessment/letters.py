"""What assessors are told."""

from datetime import datetime

from club.accounts.readers import reader
from club.certification.assessment.models import AssessorTask
from club.outbox.telling import tell


def tell_assessor(task: AssessorTask, what: str, *, now: datetime) -> None:
    """``what``: ``asked`` or ``taken_back``, as the templates are called."""
    level = task.candidate.level
    tell(
        reader(task.assessor.person_id),
        f"certification.assessor_{what}",
        event=f"{task.public_id}",
        words={
            "candidate": task.candidate.person,
            "scheme": level.version.scheme,
            "level": level,
            "due_on": task.due_on,
            "remark": task.remark,
            "path": f"/assessment/{task.public_id}",
        },
        now=now,
    )

"""Which of a run's trainers hold one of its sessions."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from club import clock
from club.courses import rules
from club.courses.locking import lock
from club.courses.models import RunEvent, RunEventKind, Session, SessionState
from club.db import transaction
from club.refusal import RefusedError


def hold_session(
    meeting: Session, person_ids: Collection[UUID], *, by: int | None, now: datetime
) -> None:
    """From now on these people hold it, all of them trainers of its run; nobody: all trainers.

    ``person_ids``: public ids. Subscribed calendars do not show trainers, so no sequence rises.
    """
    with transaction() as session:
        run = meeting.run
        lock(session, run)
        if refusal := rules.refusal_to_edit(run):
            raise RefusedError(refusal)
        if meeting.state is SessionState.CANCELLED:
            raise RefusedError(rules.SessionRefusal.CANCELLED)
        wanted = [trainer for trainer in run.trainers if trainer.person.public_id in person_ids]
        if len(wanted) < len(set(person_ids)):
            raise RefusedError(rules.TrainerRefusal.NOT_THERE, field="trainers")
        before, meeting.held_by = list(meeting.held_by), wanted
        begin = clock.local(meeting.starts_at)
        for kind, trainers in (
            (RunEventKind.TRAINER_REMOVED, [one for one in before if one not in wanted]),
            (RunEventKind.TRAINER_ADDED, [one for one in wanted if one not in before]),
        ):
            for trainer in trainers:
                detail = f"{trainer.person.full_name}, {begin:%d/%m/%Y %H:%M}"
                session.add(RunEvent(run=run, kind=kind, at=now, by_id=by, detail=detail))
        if before != wanted:
            # The run's page is drawn anew: it shows the names.
            run.revision += 1
            run.modified_at = now

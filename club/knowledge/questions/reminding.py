"""The worker's round: who has to act hears once of each question that has waited too long."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from club.accounts.models import Account
from club.accounts.readers import reader
from club.db import transaction
from club.knowledge.editing.letters import editors
from club.knowledge.questions.models import MemberQuestion
from club.knowledge.questions.queries import waiting_since
from club.outbox.telling import Reader, letter_to, tell_all

#: In one state.
TOO_LONG = timedelta(days=7)


def remind_of_waiting(*, now: datetime) -> None:
    """Who drafts an answer hears of what waits for it, coordinators of everything."""
    with transaction() as session:
        waiting = [
            one for one in waiting_since(now - TOO_LONG) if one.reminded_of != one.state_since
        ]
        handed: dict[int, list[MemberQuestion]] = defaultdict(list)
        for one in waiting:
            one.reminded_of = one.state_since
            if one.drafter_id and one.is_with_drafter:
                handed[session.get_one(Account, one.drafter_id).person_id].append(one)
        for person_id, questions in handed.items():
            _tell([reader(person_id)], questions, "/teaching/questions", now=now)
        if waiting:
            others = [one for one in editors() if one.person_id not in handed]
            _tell(others, waiting, "/office/knowledge/questions", now=now)


def _tell(
    readers: Sequence[Reader], questions: Sequence[MemberQuestion], path: str, *, now: datetime
) -> None:
    event = ",".join(f"{one.id}:{one.state_since.isoformat()}" for one in questions)
    letters = [
        letter_to(
            to,
            "knowledge.questions_waiting",
            event=f"{event}:{to.person_id}",
            words={"questions": questions, "path": path},
        )
        for to in readers
    ]
    tell_all(letters, now=now)

"""Writing to a run's people: one letter each, in one transaction with the message itself."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from club.audit.operations import record
from club.courses.models import Run
from club.db import transaction
from club.outbox.composing import signed
from club.outbox.telling import letter_to, tell_all, written
from club.refusal import RefusedError
from club.registration.held import locked
from club.registration.links import page_for
from club.registration.messages import queries, rules
from club.registration.messages.models import Group, RunMessage
from club.registration.messages.queries import Recipient
from club.registration.messages.rules import MessageRefusal
from club.vietnamese import tidy_line

_KIND = "registration.message"


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say. ``public_id`` stays the same until it is sent."""

    public_id: uuid.UUID
    group: Group
    subject: str
    body: str
    sender: str


def send_message(
    draft: Draft, run: Run, *, seen: Collection[uuid.UUID], by: int, now: datetime
) -> int:
    """Write to the people of the group as it is now; returns to how many.

    ``seen``: whom the sender was shown. If it is not the same people any more, the sender
    looks again first. Sending the same draft twice is once.
    """
    with transaction() as session:
        run = locked(session, run.id)
        if earlier := queries.message_by_public_id(draft.public_id):
            if earlier.run_id != run.id:
                raise RefusedError(MessageRefusal.OTHER_RUN)
            return earlier.people
        people = queries.recipients(run.id, draft.group)
        if refusal := rules.refusal_to_send([p.public_id for p in people], seen=seen):
            raise RefusedError(refusal)
        session.add(_message(draft, run, people=len(people), by=by, now=now))
        letters = [
            letter_to(
                recipient,
                _KIND,
                event=f"{draft.public_id}:{recipient.person_id}",
                words=_words(recipient, draft, run),
                about=run.starts_at,
            )
            for recipient in people
        ]
        tell_all(letters, now=now)
        record(
            "registration.message",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={"readers": draft.group.value, "people": len(people), "subject": draft.subject},
        )
        return len(people)


def text_to(recipient: Recipient, draft: Draft, run: Run) -> str:
    """The letter as this person will read it, with the club's signature."""
    letter = written(_KIND, recipient, _words(recipient, draft, run))
    return signed(letter.text, language=recipient.language)


def _words(recipient: Recipient, draft: Draft, run: Run) -> dict[str, object]:
    return {
        "subject": tidy_line(draft.subject),
        "body": draft.body,
        "sender": draft.sender,
        "run": run,
        "course": run.course,
        "path": page_for(recipient, recipient.registration, run),
    }


def _message(draft: Draft, run: Run, *, people: int, by: int, now: datetime) -> RunMessage:
    return RunMessage(
        public_id=draft.public_id,
        run_id=run.id,
        group=draft.group,
        subject=tidy_line(draft.subject),
        body=draft.body,
        people=people,
        at=now,
        by_id=by,
    )

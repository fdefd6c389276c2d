"""The club invites people to a run, and takes invitations back. Each verb is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from club.audit.operations import record
from club.db import transaction
from club.outbox.telling import Reader, tell_all
from club.refusal import RefusedError
from club.registration.demand import interested_in
from club.registration.held import Held, holding
from club.registration.inviting import queries
from club.registration.inviting.guests import guests_behind, readers_at
from club.registration.inviting.models import RunInvitation
from club.registration.inviting.rules import refusal_to_invite
from club.registration.letters import Event, letter_of, tell_of
from club.registration.queries import registration_of


@dataclass(frozen=True)
class Guests:
    #: In the one form of addresses.
    emails: Sequence[str] = ()
    #: Everybody who asked to be told of the run's course, and has an address.
    interested: bool = False


@dataclass(frozen=True)
class Invited:
    """What inviting came to: how many letters were written, and who was invited before."""

    new: int
    already: int


def invite(run_id: int, guests: Guests, *, by: int, now: datetime) -> Invited:
    """Write to them. Who is invited already hears nothing twice."""
    with transaction() as session, holding(session, run_id) as held:
        if refusal := refusal_to_invite(held.run, at=now):
            raise RefusedError(refusal)
        readers = _readers(guests, held.run.course_id)
        before = queries.invited_addresses(run_id)
        new = {email: reader for email, reader in readers.items() if email not in before}
        invitations = {
            email: RunInvitation(
                run_id=run_id,
                email=email,
                person_id=reader.person_id if reader.is_known else None,
                invited_at=now,
                invited_by_id=by,
            )
            for email, reader in new.items()
        }
        session.add_all(invitations.values())
        session.flush()
        letters = [
            letter_of(
                Event.INVITED,
                reader,
                registration=None,
                run=held.run,
                key=str(invitations[email].public_id),
            )
            for email, reader in new.items()
        ]
        tell_all(letters, now=now)
        if new:
            _write_down("registration.invite", held, people=len(new), by=by, now=now)
        return Invited(len(new), len(readers) - len(new))


def withdraw_invitation(invitation: RunInvitation, *, by: int, now: datetime) -> bool:
    """From now on it lets nobody in; who has registered stays on the list, and is not written to.
    Twice is once. Returns whether somebody was told only now.
    """
    with transaction() as session, holding(session, invitation.run_id) as held:
        session.refresh(invitation)
        if invitation.withdrawn_at is not None:
            return False
        invitation.withdrawn_at = now
        _write_down("registration.withdraw_invitation", held, people=1, by=by, now=now)
        [(_, guest)] = guests_behind([invitation])
        if refusal_to_invite(held.run, at=now) or _is_on_list(guest, held.run.id):
            return False
        tell_of(
            Event.INVITATION_WITHDRAWN,
            guest,
            registration=None,
            run=held.run,
            key=str(invitation.public_id),
            now=now,
        )
        return True


def _is_on_list(guest: Reader, run_id: int) -> bool:
    return guest.is_known and registration_of(guest.person_id, run_id) is not None


def _readers(guests: Guests, course_id: int) -> dict[str, Reader]:
    """By address."""
    readers = readers_at(guests.emails)
    if guests.interested:
        for _, one in interested_in(course_id):
            if one.email:
                readers.setdefault(one.email.lower(), one)
    return readers


def _write_down(action: str, held: Held, *, people: int, by: int, now: datetime) -> None:
    record(
        action,
        subject_kind="run",
        subject_id=held.run.code,
        by=by,
        now=now,
        detail={"people": people},
    )

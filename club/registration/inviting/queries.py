import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from club.accounts.models import Account
from club.accounts.readers import READER
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.registration.inviting.models import RunInvitation
from club.registration.models import Registration, RegistrationState

_HOLDS = RunInvitation.withdrawn_at.is_(None)


def invited_addresses(run_id: int) -> set[str]:
    """The addresses that are invited now."""
    query = select(RunInvitation.email).where(RunInvitation.run_id == run_id, _HOLDS)
    return set(db.session.scalars(query))


def unanswered_invitations(run_id: int) -> list[RunInvitation]:
    """Invitations that hold and that nobody has come by: not onto the list, nor off it again."""
    account = aliased(Account)
    came = exists().where(
        Registration.run_id == run_id,
        Registration.person_id == func.coalesce(RunInvitation.person_id, account.person_id),
    )
    query = (
        select(RunInvitation)
        .outerjoin(account, func.lower(account.email) == RunInvitation.email)
        .where(RunInvitation.run_id == run_id, _HOLDS, ~came)
    )
    return list(db.session.scalars(query.order_by(RunInvitation.id)))


def holders_of(emails: Collection[str]) -> dict[str, Reader]:
    """Who signs in with which of these addresses."""
    query = (
        select(func.lower(Account.email), *READER)
        .join(Account, Account.person_id == Person.id)
        .where(func.lower(Account.email).in_(emails))
    )
    return {row[0]: Reader(*row[1:]) for row in db.session.execute(query)}


def invitation_of(run_id: int, public_id: uuid.UUID) -> RunInvitation | None:
    query = select(RunInvitation).where(
        RunInvitation.run_id == run_id, RunInvitation.public_id == public_id
    )
    return db.session.scalars(query).one_or_none()


@dataclass(frozen=True)
class InvitationRow:
    invitation: RunInvitation
    #: Who it is, where that is known.
    full_name: str | None
    #: How the latest registration of the person for the run stands.
    state: RegistrationState | None
    registration: uuid.UUID | None


def invitation_rows(run_id: int) -> list[InvitationRow]:
    """Everybody who was invited, the latest first, and what came of it; in one statement."""
    account, latest = aliased(Account), aliased(Registration)
    person_id = func.coalesce(RunInvitation.person_id, account.person_id)
    last = (
        select(func.max(Registration.id))
        .where(Registration.run_id == run_id, Registration.person_id == person_id)
        .correlate(RunInvitation, account)
        .scalar_subquery()
    )
    query = (
        select(RunInvitation, Person.full_name, latest.state, latest.public_id)
        .outerjoin(account, func.lower(account.email) == RunInvitation.email)
        .outerjoin(Person, Person.id == person_id)
        .outerjoin(latest, latest.id == last)
        .where(RunInvitation.run_id == run_id)
        .order_by(RunInvitation.withdrawn_at.is_not(None), RunInvitation.id.desc())
    )
    return [InvitationRow(*row) for row in db.session.execute(query)]

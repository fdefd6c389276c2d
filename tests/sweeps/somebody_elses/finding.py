"""Where the demo club keeps what belongs to none of its visitors."""

from sqlalchemy import select

from club.accounts.models import Account
from club.courses.models import Run, RunState, RunTrainer
from club.db import db
from club.demo.accounts import ACCOUNTS, DOMAIN
from club.people.models import Employment, Organisation


def published_run() -> Run:
    """A run that no visitor teaches."""
    visitor = select(Account.person_id).where(Account.email.in_([a.email for a in ACCOUNTS]))
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id.in_(visitor))
    found = select(Run).where(Run.state == RunState.PUBLISHED, Run.id.not_in(taught))
    return first(found.order_by(Run.starts_at.desc()))


def first(query):
    return db.session.scalars(query.limit(1)).one()


def another_organisation() -> Organisation:
    """One that no visitor speaks for."""
    spoken_for = (
        select(Employment.organisation_id)
        .join(Account, Account.person_id == Employment.person_id)
        .where(Account.email.like(f"%@{DOMAIN}"))
    )
    return first(select(Organisation).where(Organisation.id.not_in(spoken_for)))

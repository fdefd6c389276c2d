"""Whom no letter reaches, and the link that others can pass on to them."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from club.accounts.models import Account
from club.db import db
from club.people.models import Person
from club.registration.links import page_to_pass_on
from club.registration.models import ACTIVE_STATES, Registration


@dataclass(frozen=True)
class Unreached:
    """Somebody on the list of a run of whom the club has no e-mail address."""

    registration: Registration
    #: Of the own page, which opens without an account.
    link: str


def unreached_of(run_id: int, *, organisation_id: int | None = None) -> list[Unreached]:
    """By given name, in one statement; of one organisation, or of all."""
    query = (
        select(Registration)
        .join(Registration.person)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(
            Registration.run_id == run_id,
            Registration.state.in_(ACTIVE_STATES),
            func.coalesce(Account.email, Person.email).is_(None),
        )
        .order_by(Person.sort_key, Registration.id)
        .options(contains_eager(Registration.person), joinedload(Registration.organisation))
    )
    if organisation_id is not None:
        query = query.where(Registration.organisation_id == organisation_id)
    site = current_app.extensions["club.settings"].public_url
    return [
        Unreached(one, f"{site}{page_to_pass_on(one.public_id)}")
        for one in db.session.scalars(query)
    ]

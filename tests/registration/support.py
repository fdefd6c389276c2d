"""People who may register, and short ways to say what happened."""

from sqlalchemy import select

from club.accounts.models import Consent, ConsentPurpose, RoleName
from club.courses.models import Run
from club.db import db, transaction
from club.outbox.models import Letter
from club.registration import accepting, offer_round, operations, terms
from club.registration.models import ACTIVE_STATES, Registration, RegistrationStep
from club.registration.rules.terms import Terms
from tests.support.factories import NOW, a_run, an_account, reload, saved


def a_run_by(way_in, **given):
    """A run into which people come in this way."""
    run = a_run(**given)
    staff = an_account(RoleName.COORDINATOR)
    terms.set_terms(run.id, Terms(way_in=way_in), by=staff.id, now=NOW)
    return reload(run)


def a_registrant(*, consents=True, **given):
    """An account that may register: confirmed, and agreed to the keeping of personal data."""
    with transaction() as session:
        account = an_account(**given)
        if consents:
            session.flush()
            agree(account.person)
    return account


def agree(person):
    return saved(
        Consent(
            person_id=person.id,
            purpose=ConsentPurpose.PERSONAL_DATA,
            version="1",
            wording="Tôi đồng ý",
            language="vi",
            given_at=NOW,
        )
    )


def register(account, run, *, organisation=None, now=NOW, **given):
    return operations.register(
        account.person_id,
        run_id=run.id,
        organisation_id=organisation.id if organisation else None,
        by=account.id,
        now=now,
        **given,
    )


def withdraw(account, run, *, reason=None, now=NOW):
    operations.withdraw(active(account, run).id, reason=reason, by=account.id, now=now)


def accept(account, run, *, now=NOW):
    accepting.accept(active(account, run).id, by=account.id, now=now)


def a_waiting_list(run, waiting):
    """So many people with a place as the run has seats, and so many more who wait."""
    people = [a_registrant() for _ in range(run.seats + waiting)]
    for account in people:
        register(account, run)
    return people[: run.seats], people[run.seats :]


def go_round(*, now):
    offer_round.go_round(now=lambda: now)


def active(account, run):
    return db.session.scalars(
        select(Registration).where(
            Registration.person_id == account.person_id,
            Registration.run_id == run.id,
            Registration.state.in_(ACTIVE_STATES),
        )
    ).one()


def states(run):
    """[(queue number, state)] in order of arrival."""
    rows = db.session.execute(
        select(Registration.queue_number, Registration.state)
        .where(Registration.run_id == run.id)
        .order_by(Registration.queue_number)
    )
    return [(number, state.value) for number, state in rows]


def kept_places(run):
    return tuple(
        db.session.execute(
            select(Run.places_taken, Run.waiting_count).where(Run.id == run.id)
        ).one()
    )


def letters(account=None):
    """Kinds of letters in the order they were written."""
    query = select(Letter.kind).order_by(Letter.id)
    if account is not None:
        query = query.where(Letter.person_id == account.person_id)
    return [kind.removeprefix("registration.") for kind in db.session.scalars(query)]


def story(registration):
    rows = db.session.scalars(
        select(RegistrationStep)
        .where(RegistrationStep.registration_id == registration.id)
        .order_by(RegistrationStep.id)
    )
    return [(s.from_state and s.from_state.value, s.to_state.value, s.reason.value) for s in rows]

"""Two tabs, two coordinators: what comes at once happens once."""

import threading

from flask import current_app
from sqlalchemy import func, select

from club import clock
from club.accounts.models import RoleName
from club.db import db
from club.membership import operations, queries
from club.membership.models import Membership, MembershipApplication
from club.membership.operations import Decision
from club.outbox.models import Letter
from club.refusal import RefusedError
from tests.support.factories import an_account, an_organisation

TIMES = 6


def at_once(call):
    """How many of ``TIMES`` simultaneous calls were refused; anything else is an error."""
    app = current_app._get_current_object()
    start, refused, errors = threading.Barrier(TIMES), [], []

    def one():
        with app.app_context():
            start.wait()
            try:
                call()
            except RefusedError as error:
                refused.append(error.refusal)
            except Exception as error:  # noqa: BLE001  reported by the assertion below
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one) for _ in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What this thread read before is an older picture on SQLite.
    db.session.rollback()
    assert errors == []
    return len(refused)


def count(model):
    return db.session.scalars(select(func.count()).select_from(model)).one()


def test_applying_at_once_is_one_application():
    person_id = an_account().person_id
    refused = at_once(
        lambda: operations.apply_as_person(person_id, statement=None, now=clock.now())
    )
    assert (refused, count(MembershipApplication)) == (TIMES - 1, 1)


def test_applying_for_one_organisation_at_once_is_one_application():
    organisation_id = an_organisation().id
    person_id = an_account().person_id
    refused = at_once(
        lambda: operations.apply_for_organisation(
            person_id, organisation_id, statement=None, now=clock.now()
        )
    )
    assert (refused, count(MembershipApplication)) == (TIMES - 1, 1)


def test_deciding_at_once_is_one_decision_and_one_letter():
    account, by = an_account(), an_account(RoleName.COORDINATOR).id
    application_id = operations.apply_as_person(
        account.person_id, statement=None, now=clock.now()
    ).id
    person_id = account.person_id
    refused = at_once(
        lambda: operations.accept(
            application_id, Decision("Tốt", by), from_day=clock.today(), now=clock.now()
        )
    )
    assert (refused, count(Membership), count(Letter)) == (TIMES - 1, 1, 1)
    assert queries.is_member(person_id, on=clock.today())

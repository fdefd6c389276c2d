"""What the site makes ready before it shows its first page."""

import pytest
from sqlalchemy import delete

from club import serving
from club.certification.awards.models import AwardSpan
from club.certification.register import queries
from club.certification.register.facts import Wanted
from club.config import settings_from
from club.db import db, transaction
from tests.certification.awards.kit import TODAY, recognised
from tests.certification.kit import agrees
from tests.support.factories import an_account


@pytest.fixture
def commands(monkeypatch):
    """The commands that were called; none of them is carried out."""
    called = []
    monkeypatch.setattr(serving, "command", lambda _app, *words: called.append(words))
    monkeypatch.setattr(serving.readiness, "pending_migrations", lambda: True)
    return called


def test_the_register_is_full_as_soon_as_the_tables_are_new(app, commands):
    account = an_account()
    agrees(account.person)
    recognised(None, account)
    with transaction():
        db.session.execute(delete(AwardSpan))
    serving.prepare(app, settings_from())
    assert commands[0] == ("db", "upgrade")
    assert len(queries.experts_listed(Wanted(), on=TODAY).items) == 1

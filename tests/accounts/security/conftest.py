"""Whoever signs in here, and doors that count."""

import pytest

from tests.accounts.test_joining import PASSWORD
from tests.support.factories import an_account


@pytest.fixture
def account():
    return an_account(email="an@example.vn", password=PASSWORD)


@pytest.fixture
def limits(app):
    app.extensions["club.tries"].storage.reset()
    app.extensions["club.limits"] = True
    yield
    app.extensions["club.limits"] = False

"""When tests take place, and an organisation that sends people, with who speaks for it."""

import pytest

from club import clock
from club.accounts.models import RoleName
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation


@pytest.fixture
def present(monkeypatch):
    """The present moment, which a test may move: ``present[0] = …``."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    monkeypatch.setattr(clock, "today", lambda: clock.local_day(moment[0]))
    return moment


@pytest.fixture
def firm():
    return an_organisation(name="Công ty Gỗ Demo")


@pytest.fixture
def representative(firm):
    account = an_account(RoleName.REPRESENTATIVE, person=a_person(full_name="Phạm Demo Long"))
    an_employment(account.person, firm, represents=True)
    return account


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


@pytest.fixture
def browser(sign_in, representative):
    """In the hands of who speaks for the organisation."""
    return sign_in(representative)

"""An organisation that sends people, and who speaks for it."""

import pytest

from club.accounts.models import RoleName
from tests.support.factories import a_person, an_account, an_employment, an_organisation


@pytest.fixture
def firm():
    return an_organisation(name="Công ty Gỗ Demo")


@pytest.fixture
def representative(firm):
    account = an_account(RoleName.REPRESENTATIVE, person=a_person(full_name="Phạm Demo Long"))
    an_employment(account.person, firm, represents=True)
    return account

"""A session, who teaches it and who sits in it, an hour after it began."""

import pytest
import time_machine

from club.accounts.models import RoleName
from tests.records.kit import on_the_list
from tests.records.sent_marks.kit import SENT
from tests.support.factories import NOW, a_person, a_run, an_account


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(SENT, tick=False):
        yield


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def phone(sign_in):
    """``phone(account)``: a browser, and whose it is."""
    return lambda account: (sign_in(account), account)


@pytest.fixture
def run(trainer):
    return a_run(sessions=2, starts_at=NOW, trainers=[trainer.person])


@pytest.fixture
def person(run):
    return on_the_list(run, a_person(full_name="Trần Thị Châu"))

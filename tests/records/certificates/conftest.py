"""A closed class, who completed it, and the certificate of it, two days later."""

import pytest
import time_machine

from club.records.operations import close_run
from tests.records.certificates.kit import LATER
from tests.records.kit import (
    a_taught_run,
    certificates,
    on_the_list,
    present,
)
from tests.support.factories import NOW, a_course, a_person, an_account


@pytest.fixture(autouse=True)
def _two_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def holder():
    return an_account(person=a_person(full_name="Nguyễn Thị Thùy Dương"))


@pytest.fixture
def run(holder):
    """A closed run of two sessions, completed by ``holder``."""
    course = a_course(title="Đo lường năng suất", title_en="Measuring productivity", code="DL")
    run = a_taught_run(course=course, code="DL-2026-03")
    present(run, on_the_list(run, holder.person))
    close_run(run.id, by=None, now=NOW)
    return run


@pytest.fixture
def certificate(run):
    return certificates()[0]

"""One running demo club and one browser for all tests of this folder."""

from datetime import timedelta

import pytest

from club import clock
from tests.browser import steps
from tests.browser.visitor import DESK, Visitor
from tests.support.browser import launched
from tests.support.site import RunningSite


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    with RunningSite(tmp_path_factory.mktemp("demo") / "var", demo=True) as site:
        yield site


@pytest.fixture(scope="session")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture
def visitor(browser, demo_site):
    """``visitor("trainer", PHONE)`` opens a window of that person's own."""
    opened = []

    def open_window(name="visitor", screen=DESK, *, address=demo_site.address):
        opened.append(Visitor(browser, address, screen, name=name))
        return opened[-1]

    yield open_window
    for window in opened:
        window.context.close()


@pytest.fixture
def class_of_two(visitor, demo_site):
    """Opened by the coordinator: its code. Two places, far enough to be given back."""
    coordinator = visitor("coordinator")
    steps.signs_in(coordinator, "dieuphoi@club.example")
    return steps.opens_class(
        coordinator,
        course="GP",
        place="Hội trường phường Thuận An",
        trainer="Trần Demo Khoa",
        day=clock.today() + timedelta(days=20),
    )

"""One running demo club and one browser for all tests of this folder."""

from datetime import timedelta

import pytest
import time_machine

from club import clock
from club.accounts.models import RoleName
from tests.browser import steps
from tests.browser.clocked import Cable, served
from tests.browser.visitor import DESK, Visitor
from tests.support.browser import launched
from tests.support.factories import NOW, an_account
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

    def open_window(name="visitor", screen=DESK, *, address=demo_site.address, scripts=True):
        opened.append(Visitor(browser, address, screen, name=name, scripts=scripts))
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


@pytest.fixture
def at():
    """``at(moment)`` sets the clock of the site that ``window`` looks at."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller.move_to


@pytest.fixture
def trainer(at):
    return an_account(RoleName.TRAINER)


@pytest.fixture
def cable(app):
    return Cable(app)


@pytest.fixture
def loses_network(phone, cable):
    """``loses_network()`` cuts off the test's phone, and the site as well: after a reload,
    browsers let requests of service workers out.
    """

    def cut():
        cable.is_cut = True
        phone.context.set_offline(True)

    return cut


@pytest.fixture
def finds_network(phone, cable):
    """The way back; requests that were never answered are answered now."""

    def mend():
        cable.is_cut = False
        phone.context.set_offline(False)
        cable.lives.set()

    return mend


@pytest.fixture
def window(app, at, browser, cable, monkeypatch):
    """``window("trainer", PHONE)`` opens a window on an empty club, with the tests' own database."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    opened = []

    def open_window(name, screen):
        opened.append(Visitor(browser, address, screen, name=name))
        return opened[-1]

    with served(cable) as address:
        yield open_window
        for who in opened:
            who.context.close()

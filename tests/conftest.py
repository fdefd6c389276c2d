"""Fixtures that every test may use. ``tests/support/engine.py`` brings the database."""

import gc
from dataclasses import replace

import pytest
from flask_security.core import Security  # noqa: F401  registers the login manager's types
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache

from tests.support.browser_client import OneContextARequest, SignedInClients
from tests.support.engine import (
    close_connections,
    empty_all_tables,
    engine_url,
    make_tables,
    start_server_if_wanted,
    stop_server,
)
from tests.support.queries import counting_queries

# How long an example takes says how busy the machine is, and nothing about the club.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")


def pytest_configure(config):
    start_server_if_wanted(config)


def pytest_unconfigure(config):
    stop_server(config)


#: Pages take two thirds of the time of all tests that are not slow; see ``make check``.
_OPENING_PAGES = {"client", "sign_in"}

#: Rooms whose tests walk a candidate through many steps before they ask anything.
_STORIES = {"assessment", "awards", "candidacy", "expiry", "helping", "objections", "register"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what opens pages or tells a long story. The sweeps are short and keep the laws of the
    house, so they stay with what is run every few minutes.
    """
    for item in items:
        if "certification" in item.path.parts and _STORIES.intersection(item.path.parts):
            item.add_marker("stories")
        if _OPENING_PAGES.intersection(item.fixturenames) and "sweeps" not in item.path.parts:
            item.add_marker("pages")
    # The long ones first: at the end no process waits for another one's.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is loaded stays to the end: looking through it again and again took a tenth of the
    time of all tests, and a quarter of the time that it takes to load.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 50, 50)
        gc.enable()


@pytest.fixture(scope="session")
def app(tmp_path_factory, pytestconfig):
    """One application for the whole run; its tables are emptied before each test."""
    from club.cli import create_app
    from club.config import settings_from

    var = tmp_path_factory.mktemp("var")
    with engine_url(var) as url:
        settings = settings_from(
            {
                "DATABASE_URL": url,
                "SECRET_KEY": "only-for-tests",
                "VAR": str(var),
                "MAIL_URL": f"file:{var}/mail",
                "STORAGE_URL": str(var / "files"),
                "PUBLIC_URL": "http://localhost",
                "LOG_LEVEL": "WARNING",
                "DEMO": "0",
            }
        )
        app = create_app(
            settings,
            TESTING=True,
            WTF_CSRF_ENABLED=False,
            RATELIMIT_ENABLED=False,
            EVEN_ANSWER_SECONDS=0,
            SECURITY_PASSWORD_SCHEMES=["plaintext"],
            SECURITY_PASSWORD_HASH="plaintext",
            SECURITY_PASSWORD_SINGLE_HASH=["plaintext"],
            PROPAGATE_EXCEPTIONS=False,
        )
        app.test_client_class = OneContextARequest
        # Compiling 350 templates takes each worker seconds; what changed is compiled anew.
        compiled = pytestconfig.cache.mkdir("templates")
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        make_tables(app)
        yield app
        close_connections(app)


@pytest.fixture(autouse=True)
def context(app):
    """Every test runs inside an application context over empty tables."""
    from club.db import db

    with app.app_context():
        empty_all_tables()
        yield
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def key_file(app, monkeypatch, tmp_path):
    """Where the key that signs certificates will lie in this test; there is none yet."""
    path = tmp_path / "keys" / "signing-key.pem"
    settings = replace(app.extensions["club.settings"], signing_key=path)
    monkeypatch.setitem(app.extensions, "club.settings", settings)
    return path


@pytest.fixture
def client(app):
    """A browser that nobody has signed in with."""
    return app.test_client()


@pytest.fixture
def sign_in(app):
    """``sign_in(account)`` gives a client in which that account is signed in."""
    return SignedInClients(app)


@pytest.fixture
def count_queries():
    """``with count_queries() as seen:`` collects the statements sent to the database."""
    return counting_queries

"""A process that answers pages carries what pages need, and nothing that few of them ask for."""

import os
import subprocess
import sys
import tomllib

import pytest
from sqlalchemy.engine import make_url

from club.accounts.models import RoleName
from club.config import ROOT
from club.courses.models import RunState
from club.db import db
from tests.support.factories import a_run, an_account

_LINT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
#: What is imported only where it is used: the linter keeps it out of the heads of modules.
FETCHED_LATE = set(_LINT["flake8-tidy-imports"]["banned-module-level-imports"])
#: What only commands and jobs are for.
ONLY_FOR_COMMANDS = {
    "club.chores",
    "club.cli",
    "club.content",
    "club.demo.loading",
    "club.outbox.worker",
    "club.proofreading.spelling",
    "club.upkeep.backup",
    "club.upkeep.commands",
}

# In a process of its own, as a server starts it; prints what it carries before and after.
_SERVER = """
import sys
from werkzeug.test import Client
from club.wsgi import app

def tell():
    print(*sorted(sys.modules))

tell()
for signed_in in (False, True):
    browser = Client(app)
    if signed_in:
        browser.set_cookie("session", sys.argv[1])
    for path in sys.argv[2:]:
        answer = browser.get(path)
        assert answer.status_code == 200, (path, answer.status)
        assert answer.get_data()
tell()
"""


def carried(app, cookie, paths):
    """Names of modules at the start, and after all ``paths`` were answered, signed in or not."""
    settings = app.extensions["club.settings"]
    process = subprocess.run(
        [sys.executable, "-c", _SERVER, cookie, *paths],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": make_url(settings.database_url).render_as_string(hide_password=False),
            "SECRET_KEY": settings.secret_key,
            "VAR": str(settings.var),
            "PUBLIC_URL": "http://localhost",
        },
    )
    before, after = process.stdout.splitlines()
    return set(before.split()), set(after.split())


@pytest.mark.slow
def test_pages_need_neither_commands_nor_what_is_fetched_late(app, sign_in):
    run = a_run(state=RunState.PUBLISHED)
    client = sign_in(an_account(RoleName.MEMBER))
    cookie = client.get_cookie("session").value
    db.session.rollback()
    paths = [
        "/", "/courses/", f"/courses/{run.course.slug}", f"/runs/{run.code}", "/calendar",
        "/calendar.ics", "/knowledge/", "/search?q=lean", "/verify", "/healthz",
    ]  # fmt: skip
    before, after = carried(app, cookie, paths)
    late = FETCHED_LATE | ONLY_FOR_COMMANDS
    assert before & late == set()
    assert after & late == set()
    assert "club.rooms" in before

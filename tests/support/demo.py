"""A small demo club for tests that walk the whole site, and its visitors."""

from datetime import UTC, datetime

from sqlalchemy import select

from club.accounts.models import Account, RoleName
from club.content import CONTENT, STEPS
from club.db import db
from club.demo.accounts import ACCOUNTS
from club.demo.loading import Size, load_demo
from tests.support.factories import an_account
from tests.support.kept import kept

#: Noon of an ordinary day where the club is.
TODAY = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)
ANONYMOUS = "anonymous"
STRANGER = "stranger"
#: Everybody who can come, by role; the stranger is a member whom nothing in the club concerns.
VISITORS = [ANONYMOUS, STRANGER, *(role.value for role in RoleName)]


def read_content(*, now: datetime) -> None:
    """All that stands in files, as if it were read ``now``."""
    kept(f"content {now}", lambda: [sync(CONTENT, now=now) for _name, sync in STEPS])


def load_small_demo() -> None:
    kept("small demo", _load_small_demo)


def _load_small_demo() -> None:
    read_content(now=TODAY)
    load_demo(Size(people=60, runs=12), seed=7, now=TODAY)


def visitors(app, sign_in) -> dict:
    """A client for everybody who can come, by the names in ``VISITORS``."""
    found = {ANONYMOUS: app.test_client(), STRANGER: sign_in(an_account(RoleName.MEMBER))}
    for demo in ACCOUNTS:
        account = db.session.scalars(select(Account).where(Account.email == demo.email)).one()
        found[demo.roles[-1].value] = sign_in(account)
    assert set(found) == set(VISITORS)
    return found

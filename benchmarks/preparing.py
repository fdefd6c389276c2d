"""A club to measure: many people, fifty open runs, signed-in browsers, documents to search."""

import secrets
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_login.utils import _create_identifier
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import insert, select

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import Account, ConsentPurpose, RoleName
from club.accounts.operations import create_account, new_account
from club.app import create_app
from club.calendar.operations import open_feed
from club.config import settings_from
from club.content import CONTENT, STEPS
from club.courses.models import Run, RunState
from club.db import Model, db, transaction
from club.demo.loading import Size, load_demo
from club.statistics.tallies.operations import tally_marked

SECRET = "only-for-benchmarks"


def environment(folder: Path) -> dict[str, str]:
    return {
        "VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/club.db", "SECRET_KEY": SECRET,
        "MAIL_URL": f"file:{folder}/mail", "LOG_LEVEL": "ERROR", "TRUSTED_HOSTS": "127.0.0.1",
        "PUBLIC_URL": "http://127.0.0.1", "RATELIMIT_ENABLED": "0",
    }  # fmt: skip


def prepared(folder: Path, *, size: Size) -> Flask:
    """A site over a fresh database of that size."""
    app = create_app(settings_from(environment(folder)))
    with app.app_context():
        Model.metadata.create_all(db.engine)
        for _name, step in STEPS:
            step(CONTENT, now=clock.now())
        load_demo(size, now=clock.now())
        tally_marked()
    return app


def cookie_of(app: Flask, account: Account) -> tuple[str, str]:
    """A session cookie in which the account is signed in, and a form token that fits it."""
    raw = secrets.token_hex(20)
    serializer = app.session_interface.get_signing_serializer(app)
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        # Without it every answer would write the session anew, as it does for nobody else.
        browser = _create_identifier()
    session = {
        "_user_id": account.get_id(), "_fresh": True, "_id": browser, "csrf_token": raw,
    }  # fmt: skip
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(raw)
    return f"session={serializer.dumps(session)}", token


def first_account(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email == email)).one()


def personal_feed(account: Account) -> str:
    """The secret address of the sessions of this account's person."""
    _feed, token = open_feed(account.person_id, name="Bench", language="vi", now=clock.now())
    return f"/calendar/{token}.ics"


def registering_accounts(count: int) -> list[Account]:
    """Accounts of people who may register anywhere."""
    with transaction() as session:
        for number in range(count):
            opened = new_account(
                email=f"bench{number}@people.example", full_name=f"Bench {number}", password=SECRET
            )
            account = create_account(opened, roles=[RoleName.MEMBER], now=clock.now())
            give_consent(
                account.person_id, ConsentPurpose.PERSONAL_DATA, language="vi", now=clock.now()
            )
        session.flush()
        query = select(Account).where(Account.email.like("bench%@people.example"))
        return list(session.scalars(query))


def runs_for_registering(count: int, *, seats: int) -> list[str]:
    """Codes of new, empty, open runs."""
    now = clock.now()
    template = db.session.scalars(
        select(Run).where(Run.state == RunState.PUBLISHED, Run.starts_at > now + timedelta(days=9))
    ).first()
    columns = {
        c.name: getattr(template, c.key)
        for c in Run.__table__.columns
        if c.name not in {"id", "code"}
    }
    codes = [f"BENCH-2026-{n:03d}" for n in range(count)]
    open_now = {
        "seats": seats, "places_taken": 0, "waiting_count": 0,
        "registration_opens_at": now - timedelta(days=1),
        "registration_closes_at": now + timedelta(days=3),
    }  # fmt: skip
    with transaction() as session:
        session.execute(insert(Run), [columns | open_now | {"code": code} for code in codes])
    return codes

"""Flask-Security, set up for this house: who signs in, how, and with which pages."""

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from club.accounts.models import Account, Passkey, Role
from club.config import Settings
from club.db import db

datastore = SQLAlchemyUserDatastore(db, Account, Role, Passkey)


def init_accounts(app: Flask, settings: Settings) -> None:
    app.config.from_mapping(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  the name of the scheme
        SECURITY_PASSWORD_SALT=settings.secret_key,
        SECURITY_REGISTERABLE=True,
        SECURITY_CONFIRMABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_POST_LOGIN_VIEW="/me/",
    )
    app.extensions["club.security"] = Security(app, datastore)

from flask.testing import FlaskClient

from club.db import db


class OneContextARequest(FlaskClient):
    """A client whose requests each get an application context and a session of their own.

    A test runs inside an application context, and Flask would let every request share it:
    who was signed in for one request would still be signed in for the next one.
    """

    def open(self, *args, **kwargs):
        db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)


class SignedInClients:
    """Makes test clients with an account signed in, without paying for a password hash."""

    def __init__(self, app) -> None:
        self.app = app

    def __call__(self, account):
        session_id = account.get_id()
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = session_id
            session["_fresh"] = True
        return client

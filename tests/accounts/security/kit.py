"""Somebody who signs in with a password, turns the second step on, or has a passkey."""

import json
import re

from flask_security.totp import Totp  # noqa: F401
from webauthn.helpers import bytes_to_base64url

from club import clock
from club.accounts.models import Passkey
from tests.accounts.test_joining import PASSWORD

SIGN_IN = {"email": "an@example.vn", "password": PASSWORD}


def code_of(page):
    return re.search(r'class="code-line">([A-Z0-9 -]+)<', page)[1]


def six_digits(app, key, at=None):
    totp = app.extensions["club.security"]._totp_factory._totp
    return totp(key=key.replace("-", "").replace(" ", ""), format="base32").generate(at).token


def turned_on(app, client):
    """Turn the second step on; returns the key that the authenticator app keeps."""
    client.post("/login", data=SIGN_IN)
    page = client.post("/me/account/totp", data={"setup": "authenticator"}).text
    assert "data:" not in page
    assert "<svg" in page
    action = re.search(r'action="(/me/account/totp/[^"]+)"', page)[1]
    key = code_of(page)
    answer = client.post(action, data={"code": six_digits(app, key)})
    assert answer.location == "/me/account"
    return key


def a_passkey(account, **given):
    defaults = {
        "account_id": account.id,
        "credential_id": b"1",
        "public_key": b"2",
        "name": "điện thoại",
        "transports": [],
        "backup_state": False,
        "device_type": "single_device",
        "usage": "first",
        "create_datetime": clock.now(),
        "lastuse_datetime": clock.now(),
    }
    return Passkey(**defaults | given)


def showing(credential_id):
    """What a browser sends that shows this passkey, signed by nobody."""
    said = bytes_to_base64url(b"nothing")
    shown = bytes_to_base64url(credential_id)
    parts = ("clientDataJSON", "authenticatorData", "signature")
    credential = {
        "id": shown,
        "rawId": shown,
        "type": "public-key",
        "response": dict.fromkeys(parts, said),
    }
    return {"credential": json.dumps(credential)}

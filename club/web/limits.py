"""How often the doors may be tried: sign-in, sign-up, reset and verification.

Counted per address and, where there is one, per account name, so that one guesser
neither gets on nor shuts out everybody behind the same factory gateway.
"""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, strategy="fixed-window", headers_enabled=True)


def init_limits(app: Flask, *, storage: str | None) -> None:
    app.config["RATELIMIT_STORAGE_URI"] = storage or "memory://"
    limiter.init_app(app)


def named_account() -> str:
    """The account name that was typed, for limits per name."""
    return (request.form.get("email") or "").strip().lower()[:200]

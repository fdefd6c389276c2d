"""Passwords are hashed and compared before the write lock is taken, never under it.

Flask-Security's pages do both in the middle of their transaction. So what costs time is done
once before it, and remembered until the request ends.
"""

from typing import Any

from flask import g, request
from flask_login import current_user
from flask_security.utils import hash_password, verify_password

from club.accounts.passwords import normal_password
from club.accounts.rules import refusal_to_take_password


class OncePerRequest:
    """A passlib context that does nothing twice while one request is answered."""

    def __init__(self, context: Any) -> None:
        self.context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)

    def hash(self, secret: str, **options: Any) -> str:
        known = _remembered()
        if secret not in known:
            known[secret] = self.context.hash(secret, **options)
        return str(known[secret])

    def verify(self, secret: str, stored: str) -> bool:
        known = _remembered()
        if (secret, stored) not in known:
            known[secret, stored] = self.context.verify(secret, stored)
        return bool(known[secret, stored])


def hash_ahead(field: str) -> None:
    """Of the form that was sent: the new password, unless it will be refused anyway."""
    password = normal_password(request.form.get(field, ""))
    if refusal_to_take_password(password) is None:
        hash_password(password)


def compare_ahead(field: str) -> None:
    """Of the form that was sent: the present password of whoever is signed in."""
    typed = request.form.get(field, "")
    if typed and current_user.password:
        verify_password(normal_password(typed), current_user.password)


def _remembered() -> dict[Any, Any]:
    if "hashed_ahead" not in g:
        g.hashed_ahead = {}
    remembered: dict[Any, Any] = g.hashed_ahead
    return remembered

"""How a password becomes what is stored: normalised, checked, hashed with Argon2id."""

import unicodedata

from flask_security.utils import hash_password

from club.accounts.rules import refusal_to_take_password
from club.refusal import RefusedError


def normal_password(typed: str) -> str:
    """One form for however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", typed)


def stored_password(typed: str, *, email: str) -> str:
    """The hash of a good password; costs some 30 ms, so never ask for it under the write lock."""
    password = normal_password(typed)
    refusal = refusal_to_take_password(password, email=email)
    if refusal:
        raise RefusedError(refusal, field="password")
    return str(hash_password(password))

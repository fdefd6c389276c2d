"""The one form an e-mail address has here, and which ones are refused.

Only ASCII addresses are taken: a Cyrillic "а" and a Latin "a" would make two accounts that
nobody can tell apart. A domain with other letters is taken in its ``xn--`` form.
"""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from club.accounts.rules import AccountRefusal
from club.refusal import RefusedError


def normal_email(typed: str) -> str:
    """Lower case, NFC; raises ``RefusedError`` for what is no address or could mislead."""
    text = unicodedata.normalize("NFC", typed.strip())
    if not text.isascii():
        raise RefusedError(AccountRefusal.EMAIL_LETTERS, field="email")
    try:
        checked = validate_email(text, check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        raise RefusedError(AccountRefusal.EMAIL_FORM, field="email") from error
    return (checked.ascii_email or checked.normalized).lower()

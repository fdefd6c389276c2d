from collections.abc import Collection
from enum import StrEnum

from club.accounts.models import RoleName
from club.vietnamese import folded

PASSWORD_MIN = 12
PASSWORD_MAX = 200
_GUESSED_FIRST = (
    "123456789012",
    "1234567890123",
    "012345678910",
    "matkhaucuatoi",
    "password1234",
    "qwertyuiop12",
    "qwertyuiopas",
)


class AccountRefusal(StrEnum):
    NOT_RIGHT = "The address or the password is not right, or the account is closed."
    EMAIL_FORM = "Write an address such as ten@congty.vn."
    EMAIL_LETTERS = (
        "This address has letters that look like others or carry marks. "
        "Write it with the letters a to z only."
    )
    EMAIL_TAKEN = "There is an account with this address already."
    PASSWORD_TOO_SHORT = "Choose a password of at least 12 characters; a short sentence is good."  # noqa: S105
    PASSWORD_TOO_LONG = "Choose a password of at most 200 characters."  # noqa: S105
    PASSWORD_TOO_PLAIN = "This password would be guessed at once. Choose another one."  # noqa: S105
    CONSENT_MISSING = (
        "We may only open an account if you agree to the processing of your personal data."
    )
    LAST_ADMINISTRATOR = "The last administrator keeps this role and this account."


def refusal_to_take_password(password: str, *, email: str = "") -> AccountRefusal | None:
    """``password`` is in the form it is stored from (NFKC)."""
    if len(password) < PASSWORD_MIN:
        return AccountRefusal.PASSWORD_TOO_SHORT
    if len(password) > PASSWORD_MAX:
        return AccountRefusal.PASSWORD_TOO_LONG
    plain = password.casefold()
    if len(set(plain)) < 5 or plain in _GUESSED_FIRST or (email and plain == email.casefold()):
        return AccountRefusal.PASSWORD_TOO_PLAIN
    return None


def refusal_to_lose_administrator(
    *, losing: bool, other_administrators: int
) -> AccountRefusal | None:
    """Somebody must be left who can give roles."""
    return AccountRefusal.LAST_ADMINISTRATOR if losing and not other_administrators else None


def loses_administrator(held: Collection[RoleName], wanted: Collection[RoleName]) -> bool:
    return RoleName.ADMINISTRATOR in held and RoleName.ADMINISTRATOR not in wanted


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings are likely one person's name: marks and case do not count."""
    return folded(one) == folded(other)

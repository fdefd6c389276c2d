"""What of a search in vain may be kept, and which answers may be put first. Pure."""

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum

from club.vietnamese import folded, tidy_line

LONGEST_KEPT = 80
#: Longer rows of digits are phone numbers, identity numbers, tax codes or accounts.
_MOST_DIGITS = 6
_DIGITS_WITH_SIGNS = re.compile(r"\d(?:[\s.\-()/]*\d)*")
#: The commonest family names. Who types one before other names looks for a person.
_FAMILY_NAMES = frozenset(
    {
        *("nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui"),
        *("do", "ho", "ngo", "duong", "ly", "trinh", "dinh", "dao", "mai", "truong", "luong"),
        *("cao", "ta", "lam", "to", "doan", "chau"),
    }
)
_WORDS_OF_A_NAME = range(2, 6)


class PromotionRefusal(StrEnum):
    NO_WORDS = "Write the words that people type, with at least two letters."
    NOT_FOUND = (
        "No page that the search knows has this address. Open the page, and copy its address."
    )
    DAYS_IN_ORDER = "The last day lies before the first. Check both."
    PROMOTED_ALREADY = "This page stands first for these words already."
    ENDED_ALREADY = "This has been ended already."


def worth_keeping(typed: str) -> str | None:
    """The words of a search in vain as editors may read them; ``None`` where they may be about
    a person: an e-mail address, a phone or identity number, a full name.
    """
    words = tidy_line(typed).lower()
    if not words or len(words) > LONGEST_KEPT or "@" in words:
        return None
    rows = _DIGITS_WITH_SIGNS.findall(words)
    if any(sum(sign.isdigit() for sign in row) > _MOST_DIGITS for row in rows):
        return None
    return None if _may_be_a_name(tidy_line(typed)) else words


def _may_be_a_name(typed: str) -> bool:
    words = typed.split()
    return (
        len(words) in _WORDS_OF_A_NAME
        and folded(words[0]) in _FAMILY_NAMES
        and all(word[0].isupper() for word in words)
    )


def refusal_to_promote(
    *, asked: str | None, ref: str | None, days: tuple[date, date | None], there: Collection[str]
) -> tuple[PromotionRefusal, str] | None:
    """The verdict and the field it is about. ``there`` are the names that stand first for these
    words at some time in those days.
    """
    if not asked:
        return PromotionRefusal.NO_WORDS, "words"
    if ref is None:
        return PromotionRefusal.NOT_FOUND, "address"
    if days[1] and days[1] < days[0]:
        return PromotionRefusal.DAYS_IN_ORDER, "till_day"
    return (PromotionRefusal.PROMOTED_ALREADY, "address") if ref in there else None

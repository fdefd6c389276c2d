"""What can be a name. Letters of two alphabets in one name look right and match nothing."""

import unicodedata
from enum import StrEnum

LONGEST_NAME = 200
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


class NameProblem(StrEnum):
    MISSING = "Write the name in full."
    TOO_LONG = "Shorten this to 200 characters."
    NO_LETTERS = "A name has letters. Write it in full."
    MIXED_ALPHABETS = (
        "Some letters of this name come from another alphabet and only look alike. "
        "Type the name again on your keyboard."
    )


def name_problem(name: str | None) -> NameProblem | None:
    """``name`` as ``tidy_line`` leaves it."""
    if not name:
        return NameProblem.MISSING
    if len(name) > LONGEST_NAME:
        return NameProblem.TOO_LONG
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return NameProblem.NO_LETTERS
    if len({_alphabet(c) for c in letters} & set(_ALPHABETS)) > 1:
        return NameProblem.MIXED_ALPHABETS
    return None


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]

"""What can be a name, wherever one is typed, pasted or imported. Letters of two alphabets in
one name look right and match nothing; signs that nobody sees turn or hide others.
"""

import unicodedata
from enum import StrEnum

LONGEST_NAME = 200
#: Control and format characters, halves of characters, and those that nobody has assigned.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
#: Letters by their category, but drawn as nothing.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


class NameProblem(StrEnum):
    MISSING = "Write the name in full."
    TOO_LONG = "Shorten this to 200 characters."
    NO_LETTERS = "A name has letters. Write it in full."
    UNSEEN = "This name has signs that cannot be seen. Type it again on your keyboard."
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
    if any(unicodedata.category(c) in _UNSEEN or c in _BLANK_LETTERS for c in name):
        return NameProblem.UNSEEN
    letters = [c for c in name if c.isalpha()]
    if not letters:
        return NameProblem.NO_LETTERS
    if len({_alphabet(c) for c in letters} & set(_ALPHABETS)) > 1:
        return NameProblem.MIXED_ALPHABETS
    return None


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", 1)[0]

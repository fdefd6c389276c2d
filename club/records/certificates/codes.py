"""The code on a certificate: what somebody reads from paper and types to check it.

Twelve random characters of 32 (60 bits, so codes cannot be guessed) and two check
characters. The alphabet is Crockford's: no I, L, O or U, and what is typed for them is
read as 1, 1, 0 and V. The check is the remainder by the prime 1021, which finds every
single wrong character and every two neighbours that changed places.
"""

import re
import secrets
from collections.abc import Callable

from club.vietnamese import folded

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_RANDOM = 12
_CHECK = 2
_MODULUS = 1021
LENGTH = _RANDOM + _CHECK
_SHAPE = re.compile(rf"(?=.*[0-9])(?=.*[a-z])[a-z0-9]{{{LENGTH}}}")


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code in stored form: 14 characters without dashes."""
    body = "".join(choose(ALPHABET) for _ in range(_RANDOM))
    return body + _check(body)


def typed_code(text: str) -> str:
    """What was typed or scanned, in stored form: any case, with or without dashes."""
    return re.sub(r"[^A-Z0-9]", "", folded(text).upper()).translate(_READ_AS)


def code_in(text: str) -> str:
    """What was typed, in stored form. Of a link to a certificate, whichever site it leads to and
    whatever the club's address was when it was printed, the code that stands in it.
    """
    return typed_code(end_of_link(text))


def end_of_link(text: str) -> str:
    """The last part of a path; what is no link is left as it is."""
    path = re.split(r"[?#]", text.strip())[0].rstrip("/")
    return path.rpartition("/")[2].removesuffix(".json")


def is_well_formed(code: str) -> bool:
    """Whether a stored form has the right length, letters and check characters."""
    known = len(code) == LENGTH and all(c in _VALUE for c in code)
    return known and _check(code[:_RANDOM]) == code[_RANDOM:]


def is_meant_as_one(text: str) -> bool:
    """Also what was misread: 14 letters and digits in any groups. Letters alone are a word, and
    digits alone some other number, unless their check characters fit.
    """
    bare = re.sub("[-–—]", "", folded(text))
    return _SHAPE.fullmatch(bare) is not None or is_well_formed(typed_code(text))


def written(code: str) -> str:
    """As printed, in groups: ``7K3M-9QXR-2VHD-5T``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(body: str) -> str:
    total = 0
    for character in body:
        total = total * 32 + _VALUE[character]
    # Shifted by both check places, so that a check character also weighs like the others.
    remainder = -(total * 32**_CHECK) % _MODULUS
    return ALPHABET[remainder // 32] + ALPHABET[remainder % 32]

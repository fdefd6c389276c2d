"""Vietnamese text: one form to store, one to search by, one to sort names by.

The alphabet's order (a ă â … đ … ơ … ư) and the order of the tones (level, grave,
hook, tilde, acute, dot) were compared with ICU's ``vi`` collation. Typed text comes in
NFC or NFD, with the tone on either vowel (hòa, hoà); what is stored is NFC.
"""

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(_ALPHABET, start=10)}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LOOK_ALIKE_DE = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
_HAS_LOOK_ALIKE = re.compile("[ÐðƉɖ]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


def nfc(text: str) -> str:
    """The form every stored text has: NFC, without invisible or control characters."""
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    # To translate takes long, and next to no text needs it.
    return composed.translate(_LOOK_ALIKE_DE) if _HAS_LOOK_ALIKE.search(composed) else composed


def tidy_line(text: str) -> str:
    """One line of typed text: stored form, single spaces, nothing around it."""
    return re.sub(r"\s+", " ", nfc(text.replace("\u200b", " "))).strip()


def folded(text: str) -> str:
    """Lower case without any mark, so that ``nang suat`` finds ``năng suất``.

    Both spellings of a tone (hòa, hoà) fold to the same letters.
    """
    decomposed = unicodedata.normalize("NFD", nfc(text).casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", bare.replace("đ", "d")).strip()


def slug(text: str) -> str:
    """A name for an address: folded, letters and digits, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")


def name_sort_key(full_name: str) -> str:
    """The order of a class list: by given name, then family name, then middle names."""
    words = tidy_line(full_name).split()
    return "+".join(text_sort_key(word) for word in [*words[-1:], *words[:-1]])


def text_sort_key(text: str) -> str:
    """Sorts like a Vietnamese dictionary when compared byte by byte.

    Letters decide first; only where all letters are equal do the tones decide. The
    signs between the parts are chosen for their place before the digits in ASCII.
    """
    words = tidy_line(text).casefold().split()
    letters = ".".join("".join(map(_letter_rank, _without_tone(word))) for word in words)
    return f"{letters}-{''.join(map(_tone_rank, words))}"


def _letter_rank(letter: str) -> str:
    # A superscript is a digit, too, but no number can be read from it.
    if letter.isdecimal():
        return f"0{int(letter)}"
    return _LETTER_RANK.get(letter, "")


def _without_tone(word: str) -> str:
    kept = [c for c in unicodedata.normalize("NFD", word) if c not in _TONE_RANK]
    return unicodedata.normalize("NFC", "".join(kept))


def _tone_rank(word: str) -> str:
    marks = [_TONE_RANK[c] for c in unicodedata.normalize("NFD", word) if c in _TONE_RANK]
    return marks[0] if marks else "0"

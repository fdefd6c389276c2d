"""Whether a syllable can be Vietnamese: its onset, rime and tone, and where the tone stands.

A syllable that passes may still be the wrong one; one that fails is a slip or a foreign word.
The tone stands where this site writes it: ``hòa``, ``thủy``, ``khỏe``, but ``hoàn``, ``khuỷu``.
"""

import unicodedata


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_OR_HEAVY = "\u0301\u0323"
_SHAPED = "ăâêôơư"
_VOWELS = "aeiouy" + _SHAPED

_ONSETS = (
    *("ngh", "ng", "nh", "n", "gh", "gi", "g", "kh", "k", "ch", "c", "qu", "ph", "p"),
    *("th", "tr", "t", "b", "d", "đ", "h", "l", "m", "r", "s", "v", "x", ""),
)
#: What is written before e, ê and i, and what is written before all others.
_BEFORE_BRIGHT, _BEFORE_DARK = {"k", "gh", "ngh"}, {"c", "g", "ng"}
_RIMES = _set(
    """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y
    """
)
_WITHOUT_ONSET = _set("y yêm yên yêng yêt yêu")
_AFTER_QU = _set("y ych yên yêt ynh yt yu")
_WITH_Y = _set("h k l m s t v")


def is_syllable(word: str) -> bool:
    """``word`` in small letters and composed."""
    plain, tones = _without_tones(word)
    if len(tones) > 1:
        return False
    return any(
        _fits(onset, plain[len(onset) :], tones) and word == _with_tone(plain, len(onset), tones)
        for onset in _ONSETS
        if plain.startswith(onset)
    )


def _without_tones(word: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", bare), tones


def _fits(onset: str, rime: str, tone: str) -> bool:
    is_stopped = rime.endswith(("c", "ch", "p", "t"))
    if is_stopped and not (tone and tone in _SHARP_OR_HEAVY):
        return False
    is_bright = rime.startswith(("e", "ê", "i", "y"))
    if onset in (_BEFORE_DARK if is_bright else _BEFORE_BRIGHT):
        return onset == "g" and rime.startswith("i")
    if onset == "qu":
        return rime in _AFTER_QU or (rime in _RIMES and rime[0] in "aăâeêôơ")
    if onset == "":
        return rime in _WITHOUT_ONSET or (rime in _RIMES and not rime.startswith("iê"))
    return onset in _WITH_Y if rime == "y" else rime in _RIMES


def _with_tone(plain: str, start: int, tone: str) -> str:
    if not tone:
        return plain
    end = start
    while end < len(plain) and plain[end] in _VOWELS:
        end += 1
    at = _bearer(plain[start:end], closed=end < len(plain)) + start
    return unicodedata.normalize("NFC", plain[: at + 1] + tone + plain[at + 1 :])


def _bearer(vowels: str, *, closed: bool) -> int:
    """Which of the vowels carries the tone."""
    shaped = [place for place, vowel in enumerate(vowels) if vowel in _SHAPED]
    if shaped:
        return shaped[-1]
    if closed:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0

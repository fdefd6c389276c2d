"""Phone numbers: typed as people write them, stored as E.164, shown as people read them."""

import re
from enum import StrEnum

_HOME = "VN"
_DIGITS_AND_SIGNS = re.compile(r"\+?[\d\s().-]+", re.ASCII)


class PhoneProblem(StrEnum):
    WRONG_LENGTH = "Enter all 10 digits, for example 0901 234 567. The number typed has %(typed)s."
    NOT_A_NUMBER = "Write the number with digits only, for example 0901 234 567."
    NO_SUCH_NUMBER = "No phone has such a number. Check the first digits, for example 0901 234 567."


def stored_phone(typed: str) -> str | None:
    """E.164 such as ``+84912345678``; ``None`` for what is no possible number."""
    if not _DIGITS_AND_SIGNS.fullmatch(typed):
        return None
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, _HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_problem(typed: str) -> PhoneProblem | None:
    """What to tell somebody whose number is not one."""
    if not _DIGITS_AND_SIGNS.fullmatch(typed):
        return PhoneProblem.NOT_A_NUMBER
    if stored_phone(typed):
        return None
    from_home = not typed.strip().startswith("+")
    if from_home and digits_in(typed) != 10:
        return PhoneProblem.WRONG_LENGTH
    return PhoneProblem.NO_SUCH_NUMBER


def digits_in(typed: str) -> int:
    return sum(c.isdecimal() for c in typed)


def shown_phone(stored: str | None) -> str:
    """``0912 345 678`` for a number of this country, the international form for others."""
    if not stored:
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(stored, _HOME)
    except phonenumbers.NumberParseException:
        return stored
    at_home = number.country_code == phonenumbers.country_code_for_region(_HOME)
    forms = phonenumbers.PhoneNumberFormat
    form = forms.NATIONAL if at_home else forms.INTERNATIONAL
    return str(phonenumbers.format_number(number, form))

"""Tax codes of organisations. A doubt about one is told, never enforced: nobody publishes the
rule of the check digit, and real codes exist that break it.
"""

import re
from enum import StrEnum


class TaxCodeDoubt(StrEnum):
    LENGTH = (
        "A tax code has 10 digits, a branch's has 13, a household business has the 12 digits "
        "of its owner's identity number. The code typed has %(typed)s."
    )
    CHECK_DIGIT = "The last digit does not fit the others: one digit may be mistyped."


def stored_tax_code(typed: str) -> str:
    """Digits, with the hyphen before a branch's last three; letters are kept to be doubted."""
    compact = re.sub(r"[\s.\-–]", "", typed).upper()
    return f"{compact[:10]}-{compact[10:]}" if re.fullmatch(r"\d{13}", compact) else compact


def tax_code_doubt(code: str) -> TaxCodeDoubt | None:
    digits = code.replace("-", "")
    if not digits.isascii() or not digits.isdecimal() or len(digits) not in (10, 12, 13):
        return TaxCodeDoubt.LENGTH
    if len(digits) == 12:
        return None
    from stdnum.vn import mst

    return None if mst.is_valid(digits) else TaxCodeDoubt.CHECK_DIGIT

"""Numbers as people type them: 1.184,5 in Vietnamese, 1,184.5 in English."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def typed_number(text: str, *, english: bool) -> Decimal | None:
    """The number meant; ``None`` where it is none.

    Where both signs stand, the last one begins the decimals. A single sign does so too,
    unless it is the reader's sign for thousands and stands before groups of three.
    """
    typed = re.sub(r"\s", "", text).removesuffix("%").replace("\u2212", "-")
    thousands, decimals = (",", ".") if english else (".", ",")
    if typed.rfind(thousands) > typed.rfind(decimals) >= 0:
        thousands, decimals = decimals, thousands
    whole = typed.split(decimals)[0]
    if re.fullmatch(rf"-?\d{{1,3}}({re.escape(thousands)}\d{{3}})+", whole):
        typed = typed.replace(thousands, "")
    elif decimals not in typed:
        typed = typed.replace(thousands, ".")
    typed = typed.replace(decimals, ".")
    return Decimal(typed) if _NUMBER.fullmatch(typed) else None

from enum import StrEnum

from club.knowledge.evidence.bands import Years


class YearsRefusal(StrEnum):
    NOT_A_YEAR = "Write a year with four digits, such as 2018."
    REVERSED = "The first year is after the last one. Swap them."


def refusal_of_years(first: str, last: str) -> YearsRefusal | None:
    """Of two years as somebody typed them; either may be left out."""
    if not all(_is_year(one) for one in (first, last) if one):
        return YearsRefusal.NOT_A_YEAR
    if first and last and first > last:
        return YearsRefusal.REVERSED
    return None


def years_typed(first: str, last: str) -> Years | None:
    """None where no year was typed, or one that is refused."""
    if refusal_of_years(first, last) or not (first or last):
        return None
    return Years(int(first) if first else None, int(last) if last else None)


def _is_year(typed: str) -> bool:
    return len(typed) == 4 and typed.isascii() and typed.isdecimal()

"""Who may be said to work where and when. Pure: facts in, verdict out."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from club.people.models import Employment

OLDEST = 110
YOUNGEST = 14


class PeopleRefusal(StrEnum):
    BIRTH_YEAR = "Write the year with four digits, for example 1990."
    FROM_AFTER_TO = "The last day lies before the first day."
    TOO_LATE = "Choose a day within the next twelve months."
    ALREADY_EMPLOYED = "This person works for the organisation at that time already."
    ALREADY_ENDED = "This has ended already."
    TAX_CODE_TAKEN = "Another organisation has this tax code."
    PHONE = "Write a phone number such as 0901 234 567."


def refusal_to_state_birth_year(year: int | None, *, today: date) -> PeopleRefusal | None:
    if year is not None and not today.year - OLDEST <= year <= today.year - YOUNGEST:
        return PeopleRefusal.BIRTH_YEAR
    return None


def refusal_to_employ(
    *, from_day: date, to_day: date | None, known: Iterable[Employment], today: date
) -> PeopleRefusal | None:
    """``known`` are the person's employments with the same organisation."""
    if to_day is not None and to_day < from_day:
        return PeopleRefusal.FROM_AFTER_TO
    if from_day > today + timedelta(days=366):
        return PeopleRefusal.TOO_LATE
    if any(_overlap(employment, from_day, to_day) for employment in known):
        return PeopleRefusal.ALREADY_EMPLOYED
    return None


def refusal_to_end_employment(
    employment: Employment, *, last_day: date, today: date
) -> PeopleRefusal | None:
    """An end that lies ahead may still be changed; one that has passed stays."""
    if employment.to_day is not None and employment.to_day < today:
        return PeopleRefusal.ALREADY_ENDED
    if last_day < employment.from_day:
        return PeopleRefusal.FROM_AFTER_TO
    if last_day > today + timedelta(days=366):
        return PeopleRefusal.TOO_LATE
    return None


def _overlap(employment: Employment, from_day: date, to_day: date | None) -> bool:
    begins_before_its_end = employment.to_day is None or from_day <= employment.to_day
    return begins_before_its_end and (to_day is None or employment.from_day <= to_day)

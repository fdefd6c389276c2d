"""In what one entry may be like another: asked about somebody new, and about all who are there."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func

from club.people.models import Person
from club.people.rules.phones import stored_phone
from club.vietnamese import folded


class Likeness(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    BIRTH_YEAR = "birth_year"


@dataclass(frozen=True)
class Traits:
    """What entries are compared by: what somebody typed, or the columns of another entry. What is
    not given is compared with nothing.
    """

    #: A folded name, as in ``Person.search_key``.
    name: str | SQLColumnExpression[Any]
    email: str | SQLColumnExpression[Any] | None = None
    #: In the stored form.
    phone: str | SQLColumnExpression[Any] | None = None
    birth_year: int | SQLColumnExpression[Any] | None = None


def typed_traits(
    full_name: str, *, email: str | None, phone: str | None, birth_year: int | None = None
) -> Traits:
    number = (stored_phone(phone) or phone) if phone else None
    return Traits(folded(full_name), email or None, number, birth_year or None)


def alike_in(person: type[Person], traits: Traits) -> dict[Likeness, ColumnElement[bool]]:
    """For each trait that is given the condition that ``person`` has the same."""
    found: dict[Likeness, ColumnElement[bool]] = {Likeness.NAME: person.search_key == traits.name}
    if traits.email is not None:
        found[Likeness.EMAIL] = func.lower(person.email) == func.lower(traits.email)
    if traits.phone is not None:
        found[Likeness.PHONE] = person.phone == traits.phone
    if traits.birth_year is not None:
        found[Likeness.BIRTH_YEAR] = person.birth_year == traits.birth_year
    return found

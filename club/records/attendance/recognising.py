"""Who of a class list the people of an online meeting are. Pure.

An address or the same name tells somebody; the same words without accents or in another order
only suggest it. Nobody is recognised where two people of the list would fit.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from club.people.models import Person
from club.vietnamese import folded, tidy_line

#: Zoom writes the name that somebody chose, and the one of the account in parentheses.
_TWO_NAMES = re.compile(r"(.*?)\s*\((.*)\)")
_WORDS = re.compile(r"\w+")


class Basis(StrEnum):
    """What somebody is recognised by."""

    EMAIL = "email"
    NAME = "name"
    ALIKE = "alike"


@dataclass(frozen=True)
class Recognised:
    person: Person
    basis: Basis


class ClassList:
    """The people of a class, to be found by what a meeting program writes of them."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by: dict[Basis, dict[str, list[Person]]] = {
            basis: defaultdict(list) for basis in Basis
        }
        for person in people:
            if person.email:
                self._by[Basis.EMAIL][person.email.casefold()].append(person)
            self._by[Basis.NAME][_exact(person.full_name)].append(person)
            self._by[Basis.ALIKE][_loose(person.full_name)].append(person)

    def recognised(self, name: str, email: str) -> Recognised | None:
        for basis, keys in _keys(name, email).items():
            fitting = {p.id: p for key in keys for p in self._by[basis].get(key, ())}
            if len(fitting) == 1:
                return Recognised(next(iter(fitting.values())), basis)
            if fitting:
                return None
        return None


def _keys(name: str, email: str) -> Mapping[Basis, list[str]]:
    names = list(_names(name))
    return {
        Basis.EMAIL: [email.casefold()] if email else [],
        Basis.NAME: [_exact(one) for one in names],
        Basis.ALIKE: [_loose(one) for one in names],
    }


def _names(name: str) -> Iterator[str]:
    yield name
    two = _TWO_NAMES.fullmatch(name)
    if two:
        yield from (one for one in two.groups() if one)


def _exact(name: str) -> str:
    return tidy_line(name).casefold()


def _loose(name: str) -> str:
    return " ".join(sorted(_WORDS.findall(folded(name))))

"""Whom the people of a list are, among those whom the club knows. Pure.

The same name and an address or a phone number tell somebody for sure. Whatever is less than
that, or says two things, is a person's to decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from club.records.earlier.entries import Entry

NEW = "new"
#: Id, public id, full name, its folded form, e-mail, phone, year of birth.
KnownRow = tuple[Any, ...]
#: More candidates than that help nobody to choose.
_MOST_SHOWN = 5


@dataclass(frozen=True)
class KnownPerson:
    """In the order of ``KnownRow``."""

    id: int
    public_id: UUID
    full_name: str
    name_key: str
    email: str | None
    phone: str | None
    birth_year: int | None


@dataclass(frozen=True)
class Listed:
    """A person of the list: all of its rows."""

    entries: tuple[Entry, ...]

    @property
    def row(self) -> int:
        return self.entries[0].row

    @property
    def name_key(self) -> str:
        return self.entries[0].name_key

    def said(self, name: str) -> set[object]:
        """Everything that the rows say of ``email``, ``phone`` or ``birth_year``."""
        return {value for entry in self.entries if (value := getattr(entry, name))}


@dataclass(frozen=True)
class Match:
    """``known``: surely this person. ``candidates``: perhaps one of them. Neither: a new one."""

    listed: Listed
    known: KnownPerson | None = None
    candidates: tuple[KnownPerson, ...] = ()

    def decided(self, choices: Mapping[str, str]) -> "Match | None":
        """With what was chosen for it; ``None`` while nothing sensible was."""
        if not self.candidates:
            return self
        choice = choices.get(str(self.listed.row))
        if choice == NEW:
            return Match(self.listed)
        chosen = next((one for one in self.candidates if str(one.public_id) == choice), None)
        return Match(self.listed, chosen) if chosen else None


def listed_people(entries: Sequence[Entry], people: Sequence[int]) -> list[Listed]:
    """``people`` as ``comparing.same_people`` says."""
    rows: dict[int, list[Entry]] = defaultdict(list)
    for entry, person in zip(entries, people, strict=True):
        rows[person].append(entry)
    return [Listed(tuple(found)) for found in rows.values()]


def matches(listed: Iterable[Listed], known: Iterable[KnownRow]) -> list[Match]:
    by_name: dict[str, list[KnownPerson]] = defaultdict(list)
    by_email: dict[str, list[KnownPerson]] = defaultdict(list)
    for row in known:
        person = KnownPerson(*row)
        by_name[person.name_key].append(person)
        if person.email:
            by_email[person.email.lower()].append(person)
    found = [_match(one, by_name[one.name_key], by_email) for one in listed]
    return _once_each(found)


def _match(
    listed: Listed, namesakes: Sequence[KnownPerson], by_email: Mapping[str, list[KnownPerson]]
) -> Match:
    emails, phones = listed.said("email"), listed.said("phone")
    born = listed.said("birth_year")
    reached = [p for p in namesakes if (p.email or "").lower() in emails or p.phone in phones]
    sure = [p for p in reached if not (p.birth_year and born and p.birth_year not in born)]
    if len(reached) == 1 and sure and len(born) < 2:
        return Match(listed, sure[0])
    perhaps = [*reached, *(p for p in namesakes if p.birth_year and p.birth_year in born)]
    perhaps += [p for email in emails for p in by_email.get(str(email), ())]
    return Match(listed, None, tuple(dict.fromkeys(perhaps))[:_MOST_SHOWN])


def _once_each(found: list[Match]) -> list[Match]:
    """Two people of the list that are surely one known person: somebody has to say which."""
    times: dict[int, int] = defaultdict(int)
    for match in found:
        if match.known:
            times[match.known.id] += 1
    return [
        Match(match.listed, None, (match.known,))
        if match.known and times[match.known.id] > 1
        else match
        for match in found
    ]

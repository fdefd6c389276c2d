"""Who of an organisation's list is put onto a class's list, and who is not: verdicts on facts.

An organisation must not learn from its list what it does not know already. About somebody who
is not among its people it is told nothing before it confirms, and afterwards one sentence for
whatever stands in the way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from club.registration.nominations.rules.sheet import Row
from club.vietnamese import folded


class NominationRefusal(StrEnum):
    ALREADY_ON_THE_LIST = "On the list of this class already; nothing changes."
    OWN_WORD_NEEDED = (
        "The club cannot enter this person for you. Ask them to register on the site themselves."
    )
    REQUIREMENTS = "Does not meet what the course requires; its page says what that is."
    NOT_YOURS = "No longer among the people of the organisation."
    NOT_LOOKED_OVER = "This list has not been looked over yet. Look at it first, then confirm it."
    NOT_STATED = "State that these people know of it and have agreed."


@dataclass(frozen=True)
class Known:
    """Somebody whom the club knows, as far as it matters here."""

    person_id: int
    public_id: str
    full_name: str
    #: Addresses and phone, as they are compared.
    contacts: frozenset[str]
    #: Works for the organisation today, or will.
    is_colleague: bool
    is_on_list: bool
    #: Took back the agreement to the keeping of personal data, or closed the account.
    objects: bool


@dataclass(frozen=True)
class Candidate:
    """Somebody of the list: from the organisation's people, or typed, and perhaps known."""

    full_name: str
    known: Known | None = None
    row: Row | None = None

    @property
    def is_colleague(self) -> bool:
        return self.known is not None and self.known.is_colleague

    @property
    def gets_letter(self) -> bool:
        """As far as the organisation may know: of others it knows what it typed."""
        if self.known is not None and (self.known.is_colleague or self.row is None):
            return any("@" in one for one in self.known.contacts)
        return bool(self.row and self.row.email)


def candidates(
    ticked: Iterable[Known], rows: Iterable[Row], known: Sequence[Known]
) -> list[Candidate]:
    """In the order of the list: those who were ticked, then the rows. Nobody stands there twice."""
    found = [Candidate(one.full_name, one) for one in ticked]
    taken = {one.known.person_id for one in found if one.known}
    for row in rows:
        same = who_is_meant(row, known)
        if same is None or same.person_id not in taken:
            found.append(Candidate(row.full_name, same, row))
        if same is not None:
            taken.add(same.person_id)
    return found


def who_is_meant(row: Row, known: Iterable[Known]) -> Known | None:
    """The one person of this name with this address or phone. Another name at the same address
    is somebody else: mailboxes are shared. A colleague is meant before a stranger.
    """
    contacts = {one for one in (row.email, row.phone) if one}
    same = [
        one
        for one in known
        if contacts & one.contacts and folded(one.full_name) == folded(row.full_name)
    ]
    return min(same, key=lambda one: (not one.is_colleague, one.person_id), default=None)


def refusal_to_nominate(
    candidate: Candidate, *, meets_requirements: bool
) -> NominationRefusal | None:
    """What the operation does about this person."""
    known = candidate.known
    if known is None:
        return None if meets_requirements else NominationRefusal.REQUIREMENTS
    if candidate.row is None and not known.is_colleague:
        return NominationRefusal.NOT_YOURS
    if known.is_colleague and known.is_on_list:
        return NominationRefusal.ALREADY_ON_THE_LIST
    if not meets_requirements:
        return NominationRefusal.REQUIREMENTS
    if known.is_on_list or known.objects:
        return NominationRefusal.OWN_WORD_NEEDED
    return None


def refusal_shown_before(
    candidate: Candidate, *, meets_requirements: bool
) -> NominationRefusal | None:
    """The same, as far as the organisation may know before it confirms: about strangers what it
    would hear about anybody new.
    """
    is_strange = candidate.row is not None and not candidate.is_colleague
    asked = replace(candidate, known=None) if is_strange else candidate
    return refusal_to_nominate(asked, meets_requirements=meets_requirements)

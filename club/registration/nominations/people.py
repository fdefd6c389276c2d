"""The persons behind a list: known ones, and new ones as the organisation describes them."""

from collections.abc import Sequence
from datetime import datetime

from club.accounts.consents import give_consents
from club.accounts.models import ConsentPurpose
from club.people.facts import PersonFacts
from club.people.operations import add_people, employ_all
from club.registration.nominations import queries
from club.registration.nominations.queries import Reckoned
from club.registration.nominations.rules.nominating import Candidate


def people_behind(listed: Sequence[Candidate], who: Reckoned, *, now: datetime) -> list[int]:
    """The persons, in the order of the list; who is new is entered, employed and has agreed."""
    new = [one for one in listed if one.known is None]
    added = iter(add_people([_facts(one) for one in new], now=now))
    people = [one.known.person_id if one.known else next(added) for one in listed]
    positions = {
        person_id: one.row.position if one.row else None
        for person_id, one in zip(people, listed, strict=True)
        if not one.is_colleague
    }
    employ_all(positions, who.organisation_id, from_day=who.on)
    agreed = queries.people_agreed(people)
    not_yet = [person_id for person_id in people if person_id not in agreed]
    give_consents(not_yet, ConsentPurpose.PERSONAL_DATA, channel="organisation", now=now)
    return people


def _facts(candidate: Candidate) -> PersonFacts:
    assert candidate.row
    return PersonFacts(candidate.full_name, email=candidate.row.email, phone=candidate.row.phone)

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from club.db import db
from club.people.likeness import Likeness, Traits, alike_in
from club.people.merging.models import PeopleApart, PersonMerge
from club.people.models import Person
from club.people.queries import stands_for_itself
from club.web.pages import Page

_PER_PAGE = 30
_Other = aliased(Person)


@dataclass(frozen=True)
class Probable:
    """Two entries that may be the same person, the older one first, and in what they are alike."""

    one: Person
    other: Person
    alike: list[Likeness]


def probable_duplicates(*, page: int) -> Page[Probable]:
    """The same name without marks and one more fact in common, or the same phone or address under
    another name. By name, those who share a phone or an address first: namesakes of one year are
    seldom the same.
    """
    pairs = probable_pairs().subquery()
    total = db.session.scalar(select(func.count()).select_from(pairs)) or 0
    same = _alike()
    shares_contact = case((or_(same[Likeness.EMAIL], same[Likeness.PHONE]), 1), else_=0)
    query = (
        select(
            Person, _Other, *(case((condition, True), else_=False) for condition in same.values())
        )
        .join(pairs, pairs.c.one == Person.id)
        .join(_Other, pairs.c.other == _Other.id)
        .order_by(shares_contact.desc(), Person.sort_key, Person.id, _Other.id)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    )
    found = [
        Probable(row[0], row[1], list(compress(same, row[2:]))) for row in db.session.execute(query)
    ]
    return Page(found, page, _PER_PAGE, total)


def _alike() -> dict[Likeness, ColumnElement[bool]]:
    traits = Traits(Person.search_key, Person.email, Person.phone, Person.birth_year)
    return alike_in(_Other, traits)


def probable_pairs() -> Select[int, int]:
    """Their ids. Each of the three is found by an index: of name, phone and address."""
    same = _alike()
    by_name = and_(
        same[Likeness.NAME],
        or_(*(condition for what, condition in same.items() if what is not Likeness.NAME)),
    )
    ways = (by_name, same[Likeness.PHONE], _Other.email == Person.email)
    both_stand = and_(stands_for_itself, _Other.merged_into_id.is_(None))
    told_apart = exists().where(PeopleApart.one_id == Person.id, PeopleApart.other_id == _Other.id)
    found = union(
        *(
            select(Person.id.label("one"), _Other.id.label("other"))
            .join(_Other, and_(_Other.id > Person.id, way))
            .where(both_stand, ~told_apart)
            for way in ways
        )
    ).subquery()
    return select(found.c.one, found.c.other)


def are_told_apart(one_id: int, other_id: int) -> bool:
    """``one_id``: the older entry."""
    query = exists().where(PeopleApart.one_id == one_id, PeopleApart.other_id == other_id)
    return bool(db.session.scalar(select(query)))


def held_people(person_ids: Collection[int]) -> dict[int, Person]:
    """As they are now, kept from everybody until the transaction ends; whoever is about to write
    something down about one of them waits (see ``people.queries.stay_while_written_about``).
    """
    query = select(Person).where(Person.id.in_(person_ids)).order_by(Person.id)
    found = db.session.scalars(query.with_for_update().execution_options(populate_existing=True))
    return {person.id: person for person in found}


def latest_merges(*, most: int) -> list[PersonMerge]:
    """The latest first, undone or not."""
    query = select(PersonMerge).order_by(PersonMerge.id.desc()).limit(most)
    return list(db.session.scalars(query.options(*_WITH_BOTH)))


def merges_since(moment: datetime) -> list[int]:
    """Ids of those that hold."""
    query = select(PersonMerge.id).where(
        PersonMerge.merged_at >= moment, PersonMerge.undone_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(PersonMerge.id)))


def merge_by_public_id(public_id: UUID) -> PersonMerge | None:
    query = select(PersonMerge).where(PersonMerge.public_id == public_id).options(*_WITH_BOTH)
    return db.session.scalars(query).one_or_none()


_WITH_BOTH = (joinedload(PersonMerge.kept), joinedload(PersonMerge.gone))

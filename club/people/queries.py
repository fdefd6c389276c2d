from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload

from club.db import db
from club.people.likeness import Likeness, alike_in, typed_traits
from club.people.models import Employment, Organisation, Person
from club.people.rules.tax_codes import stored_tax_code
from club.vietnamese import folded
from club.web.pages import Page

_PER_PAGE = 50
#: Words that many organisations begin with; what follows tells them apart.
_COMMON_WORDS = (
    "cong ty", "cty", "trach nhiem huu han", "tnhh", "mot thanh vien", "mtv", "co phan", "cp",
    "doanh nghiep tu nhan", "dntn", "ho kinh doanh", "san xuat", "thuong mai", "dich vu",
    "sx", "tm", "dv", "va", "viet nam", "vn", "&", "-",
)  # fmt: skip


class Place(NamedTuple):
    organisation_id: int | None
    ward_id: int | None


def has_words(column: InstrumentedAttribute[str], text: str) -> list[ColumnElement[bool]]:
    """Conditions on a ``search_key``: every word of ``text``, written with marks or without."""
    return [column.contains(word, autoescape=True) for word in folded(text).split()]


def employment_holds_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """``Employment.holds_on`` as a condition: the last day counts."""
    return and_(
        Employment.from_day <= day, or_(Employment.to_day.is_(None), Employment.to_day >= day)
    )


def person_by_id(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def person_by_public_id(public_id: UUID) -> Person | None:
    """Whoever is meant by it: of an entry that has become part of another one, that one."""
    person = entry_by_public_id(public_id)
    while person and person.merged_into_id:
        person = db.session.get_one(Person, person.merged_into_id)
    return person


def entry_by_public_id(public_id: UUID) -> Person | None:
    return db.session.scalars(select(Person).where(Person.public_id == public_id)).one_or_none()


def stay_while_written_about(person_ids: Collection[int]) -> bool:
    """Whether all of these entries stand for themselves; they do so until the caller's transaction
    ends. To be asked by who is about to write rows about them, after any lock on a run.
    """
    wanted = set(person_ids)
    query = select(Person.id).where(Person.id.in_(wanted), stands_for_itself).order_by(Person.id)
    return set(db.session.scalars(query.with_for_update(read=True, key_share=True))) == wanted


def today_known_as() -> dict[int, int]:
    """Of each entry that has become part of another one, the entry of that person today."""
    query = select(Person.id, Person.merged_into_id).where(Person.merged_into_id.is_not(None))
    rows = db.session.execute(query)
    into = {gone: kept for gone, kept in rows if kept is not None}
    return {gone: _last_of(kept, into) for gone, kept in into.items()}


def _last_of(entry: int, into: Mapping[int, int]) -> int:
    while entry in into:
        entry = into[entry]
    return entry


#: Entries that have become part of another one are nobody to choose.
stands_for_itself = Person.merged_into_id.is_(None)


def people_matching(text: str, *, limit: int = 20) -> list[Person]:
    """Whose name has every typed word in it, with or without marks, by given name."""
    query = select(Person).where(*has_words(Person.search_key, text), stands_for_itself)
    return list(db.session.scalars(query.order_by(Person.sort_key, Person.id).limit(limit)))


def possible_duplicates(
    full_name: str,
    *,
    email: str | None = None,
    phone: str | None = None,
    birth_year: int | None = None,
) -> list[Person]:
    """People of the same folded name who share an address, a phone or a birth year.

    A suggestion to ask about; nothing is ever joined by itself.
    """
    traits = typed_traits(full_name, email=email, phone=phone, birth_year=birth_year)
    alike = alike_in(Person, traits)
    same_name = alike.pop(Likeness.NAME)
    if not alike:
        return []
    query = select(Person).where(same_name, or_(*alike.values()), stands_for_itself)
    return list(db.session.scalars(query.order_by(Person.id).limit(5)))


def organisation_by_code(code: str) -> Organisation | None:
    query = select(Organisation).where(Organisation.code == code)
    return db.session.scalars(query.options(joinedload(Organisation.ward))).one_or_none()


def organisation_by_id(organisation_id: int) -> Organisation | None:
    return db.session.get(Organisation, organisation_id)


def organisation_by_tax_code(code: str) -> Organisation | None:
    query = select(Organisation).where(Organisation.tax_code == code)
    return db.session.scalars(query).one_or_none()


def organisations_in_order() -> list[Organisation]:
    query = select(Organisation).order_by(Organisation.sort_key, Organisation.id)
    return list(db.session.scalars(query))


def organisations_like(name: str, *, tax_code: str | None = None) -> list[Organisation]:
    """Up to five that may be the one somebody means: by tax code, then by the telling words."""
    words = telling_words(name)
    like = and_(*has_words(Organisation.search_key, " ".join(words))) if words else None
    same_name = Organisation.search_key == folded(name)
    wanted: list[ColumnElement[bool]] = [same_name, *([like] if like is not None else [])]
    first: ColumnElement[bool] = same_name
    if tax_code:
        first = Organisation.tax_code == stored_tax_code(tax_code)
        wanted.append(first)
    query = select(Organisation).where(or_(*wanted))
    rank = case((first, 0), (same_name, 1), else_=2)
    return list(db.session.scalars(query.order_by(rank, Organisation.sort_key).limit(5)))


def telling_words(name: str) -> list[str]:
    """What is left of an organisation's folded name without the words that many share."""
    text = f" {folded(name)} "
    for words in _COMMON_WORDS:
        text = text.replace(f" {words} ", " ")
    return text.split()


def employer_on(person_id: int, day: date) -> Organisation | None:
    """Whom the person works for on a day; the latest begun where there are several."""
    query = (
        select(Organisation)
        .join(Organisation.employments)
        .where(Employment.person_id == person_id, employment_holds_on(day))
        .order_by(Employment.from_day.desc(), Employment.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def place_on(person_id: int, day: date) -> Place:
    """Where figures count somebody on a day: with the employer of that day, else alone. An
    organisation and a person without a ward are in none.
    """
    employer = employer_on(person_id, day)
    if employer is not None:
        return Place(employer.id, employer.ward_id)
    return Place(None, db.session.get_one(Person, person_id).ward_id)


def organisations_represented_by(person_id: int, *, on: date) -> list[Organisation]:
    query = (
        select(Organisation)
        .join(Organisation.employments)
        .where(Employment.person_id == person_id, Employment.represents, employment_holds_on(on))
        .order_by(Organisation.sort_key)
        .distinct()
    )
    return list(db.session.scalars(query))


def represents(person_id: int, organisation_id: int, *, on: date) -> bool:
    query = select(Employment.id).where(
        Employment.person_id == person_id,
        Employment.organisation_id == organisation_id,
        Employment.represents,
        employment_holds_on(on),
    )
    return db.session.scalars(query.limit(1)).first() is not None


def representatives_of(organisation_id: int, *, on: date) -> list[Person]:
    query = (
        select(Person)
        .join(Person.employments)
        .where(
            Employment.organisation_id == organisation_id,
            Employment.represents,
            employment_holds_on(on),
        )
        .order_by(Person.sort_key)
        .distinct()
    )
    return list(db.session.scalars(query))


def employments_of(person_id: int) -> list[Employment]:
    """All of a person's work, the latest first."""
    query = (
        select(Employment)
        .where(Employment.person_id == person_id)
        .order_by(Employment.from_day.desc(), Employment.id.desc())
        .options(joinedload(Employment.organisation))
    )
    return list(db.session.scalars(query))


def employment_of(person_id: int, employment_id: int) -> Employment | None:
    query = (
        select(Employment)
        .where(Employment.id == employment_id, Employment.person_id == person_id)
        .options(joinedload(Employment.organisation))
    )
    return db.session.scalars(query).one_or_none()


def employments_between(person_id: int, organisation_id: int) -> list[Employment]:
    query = select(Employment).where(
        Employment.person_id == person_id, Employment.organisation_id == organisation_id
    )
    return list(db.session.scalars(query.order_by(Employment.from_day)))


def employment_in(organisation_id: int, employment_id: int) -> Employment | None:
    query = (
        select(Employment)
        .where(Employment.id == employment_id, Employment.organisation_id == organisation_id)
        .options(joinedload(Employment.person))
    )
    return db.session.scalars(query).one_or_none()


def colleagues_in(organisation_id: int, *, on: date) -> list[Person]:
    """Who works there on a day, by given name."""
    query = (
        select(Person)
        .join(Person.employments)
        .where(Employment.organisation_id == organisation_id, employment_holds_on(on))
        .order_by(Person.sort_key, Person.id)
        .distinct()
    )
    return list(db.session.scalars(query))


def people_of(
    organisation_id: int, *, on: date, text: str = "", former: bool = False, page: int = 1
) -> Page[Employment]:
    """Who works for an organisation on a day (or did before), by given name."""
    begun = or_(Employment.to_day.is_(None), Employment.to_day >= on)
    query = (
        select(Employment)
        .join(Employment.person)
        .where(Employment.organisation_id == organisation_id, ~begun if former else begun)
        .where(*has_words(Person.search_key, text))
    )
    return _paged(query.options(contains_eager(Employment.person)), page)


def _paged(query: Select[Employment], page: int) -> Page[Employment]:
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.order_by(Person.sort_key, Employment.id)
        .limit(_PER_PAGE)
        .offset((page - 1) * _PER_PAGE)
    ).all()
    return Page(rows, page, _PER_PAGE, total)

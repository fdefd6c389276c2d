from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.models import Consent, ConsentPurpose
from club.certification.models import Expert
from club.certification.register.facts import (
    EVERYTHING,
    ONLY_VALID,
    Holding,
    ListedExpert,
    Shown,
    Title,
    Wanted,
)
from club.certification.register.models import ExpertField, FieldKind
from club.certification.register.sources import SOURCES
from club.db import db
from club.people.models import Person
from club.people.queries import has_words, stands_for_itself
from club.units.models import Unit, UnitSuccession
from club.web.pages import Page

_REGISTER = ConsentPurpose.PUBLIC_EXPERT_REGISTER
#: Who agreed to earlier words is shown with what those named: name and valid certifications.
_TODAYS_WORDS = Consent.version == CONSENT_WORDS[_REGISTER].version
_EXPERTS: Select[Expert, str, bool] = (
    select(Expert, Person.full_name, _TODAYS_WORDS)
    .join(Person, Person.id == Expert.person_id)
    .join(
        Consent,
        and_(
            Consent.person_id == Person.id,
            Consent.purpose == _REGISTER,
            Consent.withdrawn_at.is_(None),
        ),
    )
    .where(stands_for_itself)
)


def experts_listed(
    wanted: Wanted, *, on: date, page: int = 1, size: int = 20
) -> Page[ListedExpert]:
    """Who agreed and holds what is wanted on the day, by given name."""
    query = _EXPERTS.where(*_conditions(wanted, on))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    shown = query.order_by(Person.sort_key, Person.id).limit(size).offset((page - 1) * size)
    return Page(_as_listed(shown, on=on), page, size, total)


def listed_expert(code: str, *, on: date) -> ListedExpert | None:
    """The expert with this code, if the register shows the person on the day."""
    query = _EXPERTS.where(Expert.code == code, *_conditions(Wanted(), on))
    return next(iter(_as_listed(query, on=on)), None)


def codes_listed(codes: Collection[str], *, on: date) -> set[str]:
    """Of these codes those whose experts the register shows on the day."""
    query = _EXPERTS.with_only_columns(Expert.code)
    return set(db.session.scalars(query.where(Expert.code.in_(codes), *_conditions(Wanted(), on))))


def listed_as(person_id: int, *, on: date) -> ListedExpert | None:
    """Likewise by the person."""
    query = _EXPERTS.where(Expert.person_id == person_id, *_conditions(Wanted(), on))
    return next(iter(_as_listed(query, on=on)), None)


def as_would_be_seen(expert: Expert, *, on: date) -> ListedExpert:
    """What the register shows of somebody who agrees to today's words."""
    holdings = _holdings_of([expert.person_id], on=on)[expert.person_id]
    known = fields_of([expert.id])[expert.id]
    return _listed(expert, expert.person.full_name, holdings, known)


def fields_of(expert_ids: Collection[int]) -> dict[int, dict[FieldKind, tuple[str, ...]]]:
    query = select(ExpertField).where(ExpertField.expert_id.in_(expert_ids))
    found: dict[int, dict[FieldKind, tuple[str, ...]]] = defaultdict(dict)
    for one in db.session.scalars(query.order_by(ExpertField.kind, ExpertField.key)):
        known = found[one.expert_id].get(one.kind, ())
        found[one.expert_id][one.kind] = (*known, one.key)
    return found


def titles(*, on: date) -> list[Title]:
    """The schemes and levels that somebody in the register can be found by, by source."""
    listed = _EXPERTS.with_only_columns(Expert.person_id)
    return [title for source in SOURCES for title in source.titles(listed, on)]


def helpers_by_tool(*, on: date) -> dict[str, int]:
    """How many experts can be asked for help with each tool; tools without any are left out."""
    able = _EXPERTS.with_only_columns(Expert.id).where(*_conditions(Wanted(helps="1"), on))
    query = (
        select(ExpertField.key, func.count())
        .where(ExpertField.kind == FieldKind.TOOL, ExpertField.expert_id.in_(able))
        .group_by(ExpertField.key)
    )
    return dict(db.session.execute(query).all())


def _conditions(wanted: Wanted, on: date) -> list[ColumnElement[bool]]:
    visible = or_(
        _holds(wanted, ONLY_VALID, on), and_(_TODAYS_WORDS, _holds(wanted, EVERYTHING, on))
    )
    found = [visible, *has_words(Person.search_key, wanted.q)]
    found += [_works_with(kind, key) for kind, key in wanted.fields().items()]
    if wanted.helps:
        found += [
            _TODAYS_WORDS,
            Expert.welcomes_requests.is_(true()),
            _holds(wanted, ONLY_VALID, on),
        ]
    return found


def _holds(wanted: Wanted, standings: Collection[Shown], on: date) -> ColumnElement[bool]:
    return or_(*(Expert.person_id.in_(source.holders(wanted, standings, on)) for source in SOURCES))


def _works_with(kind: FieldKind, key: str) -> ColumnElement[bool]:
    keys = [ExpertField.key == key]
    if kind is FieldKind.WARD:
        keys.append(ExpertField.key.in_(_predecessors(key)))
    theirs = select(ExpertField.expert_id).where(ExpertField.kind == kind, or_(*keys))
    return and_(_TODAYS_WORDS, Expert.id.in_(theirs))


def _predecessors(key: str) -> Select[str]:
    """A ward is also found by whoever named one that went into it."""
    ward = select(Unit.id).where(Unit.key == key).scalar_subquery()
    return (
        select(Unit.key)
        .join(UnitSuccession, UnitSuccession.predecessor_id == Unit.id)
        .where(UnitSuccession.successor_id == ward)
    )


def _as_listed(query: Select[Expert, str, bool], *, on: date) -> list[ListedExpert]:
    rows = db.session.execute(query).all()
    holdings = _holdings_of([expert.person_id for expert, _name, _all in rows], on=on)
    known = fields_of([expert.id for expert, _name, agreed_to_all in rows if agreed_to_all])
    return [
        _listed(expert, name, holdings[expert.person_id], known[expert.id])
        if agreed_to_all
        else _barely_listed(expert, name, holdings[expert.person_id])
        for expert, name, agreed_to_all in rows
    ]


def _listed(
    expert: Expert,
    name: str,
    holdings: list[Holding],
    known: dict[FieldKind, tuple[str, ...]],
) -> ListedExpert:
    return ListedExpert(
        expert_id=expert.id,
        person_id=expert.person_id,
        code=expert.code,
        name=name,
        holdings=tuple(holdings),
        presentation=expert.presentation,
        welcomes_requests=expert.welcomes_requests,
        fields=known,
    )


def _barely_listed(expert: Expert, name: str, holdings: list[Holding]) -> ListedExpert:
    valid = tuple(held for held in holdings if held.standing is Shown.VALID)
    return ListedExpert(expert.id, expert.person_id, expert.code, name, valid)


def _holdings_of(person_ids: Collection[int], *, on: date) -> dict[int, list[Holding]]:
    found: dict[int, list[Holding]] = defaultdict(list)
    for source in SOURCES:
        for person_id, holdings in source.holdings_of(person_ids, on).items():
            found[person_id] += holdings
    return found

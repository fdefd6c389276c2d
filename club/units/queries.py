from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import selectinload

from club.db import db
from club.units.models import Unit, UnitKind, UnitSuccession
from club.vietnamese import text_sort_key

_AREAS = tuple(kind for kind in UnitKind if kind.is_area)


def unit_by_key(key: str) -> Unit | None:
    """One unit with its predecessors and successors."""
    return db.session.scalars(select(Unit).where(Unit.key == key).options(*_LINKS)).one_or_none()


def wards_on(day: date) -> list[Unit]:
    """The wards and communes that exist on ``day``, in the order of the alphabet."""
    return _in_order(
        db.session.scalars(select(Unit).where(Unit.kind.in_(_AREAS), _exists_on(day))).all()
    )


def area_keys() -> set[str]:
    """Of all wards and communes, those that ended too."""
    return set(db.session.scalars(select(Unit.key).where(Unit.kind.in_(_AREAS))))


def departments() -> list[Unit]:
    """The specialised departments of the plan, ended or not."""
    query = select(Unit).where(Unit.kind == UnitKind.DEPARTMENT).order_by(Unit.id)
    return list(db.session.scalars(query))


def all_units() -> list[Unit]:
    """Every unit with its successions: areas first, each kind in alphabetical order."""
    units = db.session.scalars(select(Unit).options(*_LINKS)).all()
    return _in_order(units)


def all_successions() -> list[UnitSuccession]:
    return list(db.session.scalars(select(UnitSuccession)))


def keys_like(start: str) -> set[str]:
    """The keys in use that begin with ``start``."""
    return set(db.session.scalars(select(Unit.key).where(Unit.key.startswith(start))))


def units_named(name: str, kind: UnitKind) -> list[Unit]:
    return list(db.session.scalars(select(Unit).where(Unit.name == name, Unit.kind == kind)))


_LINKS = (
    selectinload(Unit.successions).joinedload(UnitSuccession.successor),
    selectinload(Unit.origins).joinedload(UnitSuccession.predecessor),
)


def _exists_on(day: date) -> ColumnElement[bool]:
    return and_(
        or_(Unit.valid_from.is_(None), Unit.valid_from <= day),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
    )


def _in_order(units: Iterable[Unit]) -> list[Unit]:
    kinds = list(UnitKind)
    return sorted(units, key=lambda unit: (kinds.index(unit.kind), text_sort_key(unit.name)))

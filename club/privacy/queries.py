import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from club.accounts.models import Account
from club.audit.models import LIST_SAVED, PAGE_OPENED, AuditEntry
from club.db import Model, db
from club.people.models import Person
from club.privacy.models import CopyState, DataCopy
from club.web.pages import Page
from club.web.personal_data import Whose, personal_parts

_PAGE = 50


def whose(person_id: int) -> Whose:
    account_id = db.session.scalar(select(Account.id).where(Account.person_id == person_id))
    return Whose(person_id, account_id)


def entries_of(somebody: Whose) -> list[Whose]:
    """The person's own entry, and those that have become part of it: what stayed behind with them
    is the person's as well.
    """
    found, within = [somebody], [somebody.person_id]
    while within:
        query = select(Person.id).where(Person.merged_into_id.in_(within)).order_by(Person.id)
        within = list(db.session.scalars(query))
        found += [whose(person_id) for person_id in within]
    return found


def can_sign_in(person_id: int) -> bool:
    query = select(exists().where(Account.person_id == person_id, Account.active))
    return bool(db.session.scalar(query))


def latest_copy(person_id: int) -> DataCopy | None:
    """The one asked for last, whatever became of it."""
    query = select(DataCopy).where(DataCopy.person_id == person_id)
    return db.session.scalars(
        query.order_by(DataCopy.id.desc()).limit(1).options(joinedload(DataCopy.file))
    ).first()


def ready_copies(person_id: int) -> list[DataCopy]:
    """At most one, but for the moment in which the next one is finished."""
    query = select(DataCopy).where(
        DataCopy.person_id == person_id, DataCopy.state == CopyState.READY
    )
    return list(db.session.scalars(query.options(joinedload(DataCopy.file))))


def copies_at_hand(person_id: int) -> list[DataCopy]:
    query = select(DataCopy).where(
        DataCopy.person_id == person_id, DataCopy.state.in_([CopyState.ASKED, CopyState.READY])
    )
    return list(db.session.scalars(query.with_for_update(of=DataCopy)))


def own_copy(person_id: int, public_id: uuid.UUID) -> DataCopy | None:
    """With its file; ``None`` where it is somebody else's or there is none any more."""
    return db.session.scalars(
        select(DataCopy)
        .where(
            DataCopy.person_id == person_id,
            DataCopy.public_id == public_id,
            DataCopy.state == CopyState.READY,
        )
        .options(joinedload(DataCopy.file))
    ).one_or_none()


def next_to_make() -> int | None:
    """Those that were tried least come first, so that one that cannot be made stops nobody."""
    query = select(DataCopy.id).where(DataCopy.state == CopyState.ASKED)
    return db.session.scalar(query.order_by(DataCopy.tries, DataCopy.asked_at).limit(1))


def made_before(moment: datetime) -> list[DataCopy]:
    query = select(DataCopy).where(DataCopy.state == CopyState.READY, DataCopy.made_at <= moment)
    return list(db.session.scalars(query.with_for_update(of=DataCopy)))


def deeds_of(account_id: int, columns: Collection[str]) -> dict[str, int]:
    """How often the account stands in each of these columns (``table.column``); no noughts."""
    found = {}
    for name in columns:
        table, _, column = name.partition(".")
        rows = Model.metadata.tables[table]
        number = db.session.scalar(
            select(func.count()).select_from(rows).where(rows.c[column] == account_id)
        )
        if number:
            found[name] = number
    return found


def looks_at(somebody: Whose, *, page: int) -> Page[AuditEntry]:
    """Pages about somebody that others opened, and lists with them that others took away, the
    latest first; what the person did in their own account is left out.
    """
    query = _looks_of_others(somebody)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.scalars(
        query.order_by(AuditEntry.id.desc()).limit(_PAGE).offset((page - 1) * _PAGE)
    )
    return Page(list(rows), page, _PAGE, total)


def every_look_at(somebody: Whose) -> Iterator[Sequence[AuditEntry]]:
    """All of these, the earliest first, some at a time."""
    query, last = _looks_of_others(somebody).order_by(AuditEntry.id).limit(_PAGE), 0
    while some := db.session.scalars(query.where(AuditEntry.id > last)).all():
        yield some
        last = some[-1].id


def _looks_of_others(somebody: Whose) -> Select[AuditEntry]:
    return select(AuditEntry).where(
        or_(*_looks_into(somebody)), AuditEntry.account_id.is_distinct_from(somebody.account_id)
    )


def is_about(somebody: Whose) -> ColumnElement[bool]:
    """Entries of the log about the person or a thing of the person's."""
    known = (
        (kind, [str(found) for found in db.session.scalars(ids(entry))])
        for entry in entries_of(somebody)
        for part in personal_parts()
        for kind, ids in part.seen_as.items()
    )
    return or_(
        *(
            and_(AuditEntry.subject_kind == kind, AuditEntry.subject_id.in_(ids))
            for kind, ids in known
        )
    )


def _looks_into(somebody: Whose) -> Iterator[ColumnElement[bool]]:
    yield and_(AuditEntry.action == PAGE_OPENED, is_about(somebody))
    for part in personal_parts():
        for kind, lists in part.listed_in.items():
            for name, since in db.session.execute(lists(somebody)):
                yield and_(
                    AuditEntry.action == LIST_SAVED,
                    AuditEntry.subject_kind == kind,
                    AuditEntry.subject_id == str(name),
                    AuditEntry.at >= since,
                )

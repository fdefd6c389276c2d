import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from club.accounts.models import Account
from club.db import Model, db
from club.privacy.models import CopyState, DataCopy
from club.web.personal_data import Whose


def whose(person_id: int) -> Whose:
    account_id = db.session.scalar(select(Account.id).where(Account.person_id == person_id))
    return Whose(person_id, account_id)


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

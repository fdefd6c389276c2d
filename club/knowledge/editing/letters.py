"""What writers and reviewers are told, in the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from club.accounts.models import Account, RoleName
from club.accounts.readers import READERS, readers_holding
from club.db import db
from club.knowledge.editing import queries
from club.knowledge.editing.also_due import Due
from club.knowledge.editing.models import Draft, DraftComment
from club.knowledge.models import Article
from club.outbox.telling import Reader, letter_to, tell_all


def editors() -> list[Reader]:
    """Coordinators; where the club has none, administrators."""
    return readers_holding(RoleName.COORDINATOR) or readers_holding(RoleName.ADMINISTRATOR)


def tell_handed_in(draft: Draft, *, by: int, now: datetime) -> None:
    """Everybody who may review it: whoever wrote on it may not."""
    writers = {one.person_id for one in _readers({*queries.writers_on(draft), by})}
    readers = [one for one in editors() if one.person_id not in writers]
    if not readers:
        administrators = readers_holding(RoleName.ADMINISTRATOR)
        readers = [one for one in administrators if one.person_id not in writers]
    _tell(
        "handed_in",
        readers,
        event=f"{draft.id}:{draft.version}:{now.isoformat()}",
        draft=draft,
        now=now,
    )


def tell_returned(draft: Draft, reason: str, *, now: datetime) -> None:
    event = f"{draft.id}:{draft.version}:{now.isoformat()}"
    _tell("returned", _writers(draft), event=event, draft=draft, now=now, reason=reason)


def tell_declined(draft: Draft, reason: str, *, now: datetime) -> None:
    """The member whose proposal is not published."""
    proposer = queries.account_of_proposer(draft)
    readers = _readers({proposer} if proposer else ())
    _tell("declined", readers, event=draft.id, draft=draft, now=now, reason=reason)


def tell_published(draft: Draft, article: Article, *, now: datetime) -> None:
    _tell("published", _writers(draft), event=draft.id, draft=draft, now=now, article=article)


def tell_commented(draft: Draft, remark: DraftComment, *, now: datetime) -> None:
    """The writers, and whoever takes part in the conversation; not who says it."""
    talking = {one.by_id for one in queries.comments_on(draft.id)}
    accounts = {*queries.writers_on(draft), *talking} - {remark.by_id}
    _tell("commented", _readers(accounts), event=remark.id, draft=draft, now=now, remark=remark)


def tell_due(things: Sequence[Due], *, now: datetime) -> None:
    """One letter to each editor about everything whose day has come."""
    event = ",".join(f"{one.address}:{one.review_by}" for one in things)
    letters = [
        letter_to(
            reader,
            "knowledge.due",
            event=f"{event}:{reader.person_id}",
            words={"things": things},
        )
        for reader in editors()
    ]
    tell_all(letters, now=now)


def _writers(draft: Draft) -> list[Reader]:
    return _readers(queries.writers_on(draft))


def _path(draft: Draft, reader: Reader) -> str:
    """Where this reader finds the draft."""
    own = reader.person_id == draft.proposer_id
    return (
        f"/me/proposals/{draft.public_id}" if own else f"/office/knowledge/drafts/{draft.public_id}"
    )


def _readers(account_ids: Iterable[int]) -> list[Reader]:
    query = READERS.where(Account.id.in_(list(account_ids)), Account.active).order_by(Account.id)
    return [Reader(*row) for row in db.session.execute(query)]


def _tell(
    name: str,
    readers: Iterable[Reader],
    *,
    event: object,
    draft: Draft,
    now: datetime,
    **words: object,
) -> None:
    letters = [
        letter_to(
            reader,
            f"knowledge.{name}",
            event=f"{event}:{reader.person_id}",
            words={"draft": draft, "path": _path(draft, reader), **words},
        )
        for reader in readers
    ]
    tell_all(letters, now=now)

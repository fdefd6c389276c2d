"""What the people of a run know of it, and what is new to each of them."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from club.accounts.models import Account
from club.courses.differences import RunDifference, difference
from club.courses.history import RunVersion
from club.courses.models import Run, RunState, RunTrainer
from club.courses.versions import description_from
from club.db import db
from club.outbox.telling import Reader
from club.people.models import Person
from club.registration import queries as registrations
from club.registration.changes.models import RunTelling
from club.registration.inviting.guests import guests_behind
from club.registration.inviting.models import RunInvitation
from club.registration.inviting.queries import unanswered_invitations
from club.registration.inviting.rules import refusal_to_invite
from club.registration.models import RegistrationState


@dataclass(frozen=True)
class Concerned:
    """Somebody to be told, and what is new to them."""

    person_id: int
    #: ``None``: a trainer, or one who was.
    registration: UUID | None
    state: RegistrationState | None
    known_version_id: int
    news: RunDifference


@dataclass(frozen=True)
class Guest:
    """Somebody who is invited and has not registered, and what is new to them."""

    invitation: RunInvitation
    reader: Reader
    known_version_id: int
    news: RunDifference


@dataclass(frozen=True)
class News:
    """What has not been told of a run yet."""

    version_id: int
    last_edit_at: datetime
    #: Between what was told last and now; empty where everything was undone.
    difference: RunDifference
    concerned: tuple[Concerned, ...]
    guests: tuple[Guest, ...]

    @property
    def people(self) -> int:
        """How many are to be told."""
        return len(self.concerned) + len(self.guests)


def runs_with_untold_versions(*, before: datetime) -> list[int]:
    """Published runs whose last edit was made before this moment and was not told."""
    versions = (
        select(
            RunVersion.run_id,
            func.max(RunVersion.id).label("last"),
            func.min(RunVersion.id).label("first"),
        )
        .group_by(RunVersion.run_id)
        .subquery()
    )
    told = (
        select(RunTelling.run_id, func.max(RunTelling.version_id).label("last"))
        .group_by(RunTelling.run_id)
        .subquery()
    )
    query = (
        select(Run.id)
        .join(versions, versions.c.run_id == Run.id)
        .join(RunVersion, RunVersion.id == versions.c.last)
        .outerjoin(told, told.c.run_id == Run.id)
        .where(
            Run.state == RunState.PUBLISHED,
            versions.c.last > func.coalesce(told.c.last, versions.c.first),
            RunVersion.at <= before,
        )
        .order_by(Run.id)
    )
    return list(db.session.scalars(query))


def news_of(run_id: int, *, now: datetime) -> News | None:
    """``None`` where the last version was told, or there is none to compare with."""
    versions = list(
        db.session.scalars(
            select(RunVersion).where(RunVersion.run_id == run_id).order_by(RunVersion.id)
        )
    )
    told = db.session.scalar(
        select(func.max(RunTelling.version_id)).where(RunTelling.run_id == run_id)
    )
    if not versions or versions[-1].id == (told or versions[0].id):
        return None
    reckoning = _Reckoning(versions, told or versions[0].id, now)
    news = reckoning.since(reckoning.told_version_id)
    concerned = [*_registered(run_id, reckoning), *_trainers(run_id, news, reckoning)]
    one_each = {one.person_id: one for one in reversed(concerned) if one.news}
    return News(
        versions[-1].id,
        versions[-1].at,
        news,
        tuple(reversed(one_each.values())),
        tuple(_guests(run_id, reckoning, besides=one_each)),
    )


class _Reckoning:
    """Differences to how the run stands now, each worked out once."""

    def __init__(self, versions: list[RunVersion], told_version_id: int, now: datetime) -> None:
        self._versions, self.now = versions, now
        self.told_version_id = told_version_id
        self._found: dict[int, RunDifference] = {}

    def since(self, version_id: int) -> RunDifference:
        if version_id not in self._found:
            known = next(v for v in self._versions if v.id == version_id)
            self._found[version_id] = difference(
                description_from(known.facts),
                description_from(self._versions[-1].facts),
                now=self.now,
            )
        return self._found[version_id]

    def known_to(self, arrived_at: datetime | None) -> int:
        """Who came later knows the run as it stood then, or as it was told after that."""
        if arrived_at is None:
            return self.told_version_id
        seen = [v.id for v in self._versions if v.at < arrived_at]
        return max(seen[-1] if seen else self._versions[0].id, self.told_version_id)


def _registered(run_id: int, reckoning: _Reckoning) -> list[Concerned]:
    found = []
    for registration in registrations.active_of(run_id):
        known = reckoning.known_to(registration.registered_at)
        news = reckoning.since(known)
        if registration.state is not RegistrationState.CONFIRMED:
            news = news.without_link()
        found.append(
            Concerned(
                registration.person_id, registration.public_id, registration.state, known, news
            )
        )
    return found


def _trainers(run_id: int, news: RunDifference, reckoning: _Reckoning) -> list[Concerned]:
    """Who teaches, and who does not any more since people were told last."""
    teaching = set(
        db.session.scalars(select(RunTrainer.person_id).where(RunTrainer.run_id == run_id))
    )
    known = reckoning.told_version_id
    people = sorted(teaching | news.trainers_gone)
    return [Concerned(person_id, None, None, known, news) for person_id in people]


def _guests(run_id: int, reckoning: _Reckoning, *, besides: Container[int]) -> Iterator[Guest]:
    """Who may still come by an invitation. ``besides``: people who are told anyway."""
    run = db.session.get_one(Run, run_id)
    if refusal_to_invite(run, at=reckoning.now):
        return
    for invitation, reader in guests_behind(unanswered_invitations(run_id)):
        known = reckoning.known_to(invitation.invited_at)
        news = reckoning.since(known).without_link()
        if news and not (reader.is_known and reader.person_id in besides):
            yield Guest(invitation, reader, known, news)


def trainers_of(run_id: int) -> list[int]:
    query = select(RunTrainer.person_id).where(RunTrainer.run_id == run_id)
    return list(db.session.scalars(query.order_by(RunTrainer.id)))


@dataclass(frozen=True)
class Told:
    """A line of the story: when how many people were told what, and by whom."""

    telling: RunTelling
    difference: RunDifference
    readers: int
    by: str | None


def told_of(run_id: int) -> list[Told]:
    """The tellings that somebody read, the latest first."""
    tellings = db.session.execute(
        select(RunTelling, Person.full_name)
        .outerjoin(Account, Account.id == RunTelling.by_id)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(RunTelling.run_id == run_id, RunTelling.readers.any())
        .order_by(RunTelling.id.desc())
        .options(joinedload(RunTelling.version), selectinload(RunTelling.readers))
    ).all()
    known = {version.id: version for version in _versions_known(run_id)}
    found = []
    for telling, name in tellings:
        before = known[min(reader.known_version_id for reader in telling.readers)]
        told = difference(
            description_from(before.facts),
            description_from(telling.version.facts),
            now=telling.at,
        )
        found.append(Told(telling, told, len(telling.readers), name))
    return found


def _versions_known(run_id: int) -> list[RunVersion]:
    return list(db.session.scalars(select(RunVersion).where(RunVersion.run_id == run_id)))

"""What is different between two descriptions of a run. Pure: what was undone is no difference."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from club.courses.models import RunForm
from club.courses.versions import Place, RunDescription, SessionDescription

T = TypeVar("T")


class SessionChangeKind(StrEnum):
    ADDED = "added"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class SessionChange:
    public_id: str
    kind: SessionChangeKind
    #: ``None`` for a session that was not there before.
    before: SessionDescription | None
    after: SessionDescription

    @property
    def starts(self) -> list[datetime]:
        """When it was to begin, and when it begins."""
        return [d.starts_at for d in (self.before, self.after) if d is not None]


@dataclass(frozen=True)
class Change(Generic[T]):
    before: T
    after: T


@dataclass(frozen=True)
class RunDifference:
    """Between what somebody knew of a run and how it stands."""

    sessions: tuple[SessionChange, ...] = ()
    form: Change[RunForm] | None = None
    place: Change[Place] | None = None
    #: The address of the online room is another. It is not said which: it is a key.
    has_other_link: bool = False
    trainers: Change[dict[int, str]] | None = None
    #: Begin of each session that is held, by its public id.
    held: tuple[tuple[str, datetime], ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.sessions or self.form or self.place or self.has_other_link or self.trainers
        )

    @property
    def trainers_gone(self) -> set[int]:
        return set(self.trainers.before) - set(self.trainers.after) if self.trainers else set()

    def without_link(self) -> "RunDifference":
        """For those who may not enter the online room yet."""
        return replace(self, has_other_link=False)

    def sessions_moved_before(self, limit: datetime, *, now: datetime) -> set[str]:
        """Public ids of the sessions whose calendar entries say something else now, and that
        begin, or were to begin, before ``limit``.
        """
        moments = [(c.public_id, moment) for c in self.sessions for moment in c.starts]
        if self.form or self.place:
            moments += self.held
        return {public_id for public_id, moment in moments if now < moment <= limit}

    def touches_before(self, limit: datetime, *, now: datetime) -> bool:
        """Whether a session is concerned that begins, or was to begin, before ``limit``."""
        return any(now < moment <= limit for moment in self._moments())

    def _moments(self) -> Iterator[datetime]:
        for change in self.sessions:
            yield from change.starts
        if self.form or self.place or self.has_other_link or self.trainers:
            yield from (starts_at for _, starts_at in self.held)


def difference(before: RunDescription, after: RunDescription, *, now: datetime) -> RunDifference:
    """What is worth telling: nothing about sessions that are over."""
    held = tuple(
        (public_id, meeting.starts_at)
        for public_id, meeting in after.sessions.items()
        if meeting.is_held and meeting.ends_at > now
    )
    found = RunDifference(sessions=tuple(_session_changes(before, after, now=now)), held=held)
    if not held:
        return found
    trainers = Change(before.trainers, after.trainers)
    return replace(
        found,
        form=None if before.form is after.form else Change(before.form, after.form),
        place=None if before.place == after.place else Change(before.place, after.place),
        has_other_link=before.online_link != after.online_link and after.online_link is not None,
        trainers=trainers if set(before.trainers) != set(after.trainers) else None,
    )


def _session_changes(
    before: RunDescription, after: RunDescription, *, now: datetime
) -> Iterator[SessionChange]:
    changes = [
        SessionChange(public_id, kind, known, meeting)
        for public_id, meeting in after.sessions.items()
        if (kind := _kind(known := before.sessions.get(public_id), meeting)) is not None
    ]
    ahead = [
        change
        for change in changes
        if change.after.ends_at > now or (change.before and change.before.ends_at > now)
    ]
    yield from sorted(ahead, key=lambda change: min(change.starts))


def _kind(
    known: SessionDescription | None, meeting: SessionDescription
) -> SessionChangeKind | None:
    was_held = known is not None and known.is_held
    if not meeting.is_held:
        return SessionChangeKind.CANCELLED if was_held else None
    if known is None or not was_held:
        return SessionChangeKind.ADDED
    same = replace(known, title=None) == replace(meeting, title=None)
    return None if same else SessionChangeKind.MOVED

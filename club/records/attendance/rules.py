"""What attendance adds up to, and when marking is refused.

A day of at least 6 attended hours is one person-day, of at least 3 hours a half.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from club.courses.models import Run, RunState, Session, SessionState
from club.records.attendance.models import AttendanceMark, Mark, MarkSource

#: People come early: the list opens this long before a session begins.
DOORS_OPEN = timedelta(hours=1)

#: Who checks in more than this long after the start is late.
LATE_AFTER = timedelta(minutes=15)

#: Marks that took longer than this to arrive were made without network, and the list says so.
AT_ONCE = timedelta(minutes=1)

#: A code counts until this long after it has left the trainer's screen.
CODE_COUNTS_FOR = timedelta(minutes=1)

#: Who scanned a code that counted has this long to sign in and confirm.
TIME_TO_CONFIRM = timedelta(minutes=10)


WHOLE_DAY = 6 * 60


HALF_DAY = 3 * 60


class Refusal(StrEnum):
    NOT_BEGUN = "This session has not begun yet. Its list opens one hour before the start."
    SESSION_CANCELLED = "This session was cancelled, so nobody can be marked in it."
    RUN_NOT_PUBLISHED = "This class is a draft. Publish it before taking attendance."
    RUN_CANCELLED = "This class was cancelled, so no attendance is taken."
    RUN_CLOSED = "This class is closed. A coordinator has to reopen it before anything is changed."
    NOT_ON_THE_LIST = "This person is not on the class list. Add the person first."
    MINUTES_NEGATIVE = "Minutes cannot be less than 0."
    MINUTES_TOO_MANY = "That is longer than the session."
    MINUTES_WITHOUT_PRESENCE = "Minutes belong to somebody who was there."
    SESSION_OVER = "This session is over. Now only the trainer can mark who was there."
    CODE_TOO_OLD = "This code is too old. Scan the one that is on the screen now."
    NOTHING_SCANNED = "Scan the code on the trainer's screen first."
    MARKED_AS_NOT_THERE = (
        "The trainer has marked you as not there, so the code does not count for you. "
        "Tell the trainer, who can change it with one tap."
    )
    YOU_ARE_NOT_ON_THE_LIST = (
        "You are not on the list of this class. Tell the trainer, who can add you at once; "
        "then scan the code again."
    )
    NOT_AN_ENTRY = "This entry has just become part of another one. Look for the person again."
    ALREADY_ON_THE_LIST = "This person is on the list already."
    NOBODY_IN_THE_MEETING = "Choose for at least one row who of the class list it is."
    NAME_MISSING = "Type the person's full name."
    CONTACT_MISSING = "Type a phone number or an e-mail address, so the record finds its owner."


@dataclass(frozen=True)
class HeldSession:
    """What counting needs to know of a session that was held."""

    id: int
    #: The local day on which it began.
    day: date
    minutes: int


@dataclass(frozen=True)
class Presence:
    """One person's mark in one session."""

    session_id: int
    mark: Mark
    #: Attended minutes where they differ from the whole session.
    minutes: int | None = None


@dataclass(frozen=True)
class Attendance:
    """What one person's marks in one run add up to."""

    planned_minutes: int
    attended_minutes: int
    person_days: Decimal

    @property
    def share(self) -> float:
        """Attended part of the planned time, between 0 and 1."""
        return self.attended_minutes / self.planned_minutes if self.planned_minutes else 0.0

    def reaches(self, threshold: int) -> bool:
        """Whether the share is at least ``threshold`` percent; reckoned in whole numbers."""
        return (
            self.planned_minutes > 0
            and self.attended_minutes * 100 >= threshold * self.planned_minutes
        )


def attended_minutes(presence: Presence, session_minutes: int) -> int:
    """Late counts as attended; a stated number of minutes decides, up to the session's."""
    if not presence.mark.was_there:
        return 0
    if presence.minutes is None:
        return session_minutes
    return max(0, min(presence.minutes, session_minutes))


def attendance(sessions: Collection[HeldSession], presences: Iterable[Presence]) -> Attendance:
    """Add up one person's presences; marks in sessions that were not held weigh nothing."""
    held = {session.id: session for session in sessions}
    by_day: dict[date, int] = defaultdict(int)
    for presence in presences:
        session = held.get(presence.session_id)
        if session:
            by_day[session.day] += attended_minutes(presence, session.minutes)
    return Attendance(
        planned_minutes=sum(session.minutes for session in sessions),
        attended_minutes=sum(by_day.values()),
        person_days=person_days(by_day),
    )


def person_days(minutes_by_day: Mapping[date, int]) -> Decimal:
    """Days of at least 6 hours count 1, of at least 3 hours one half."""
    return sum((_day_value(minutes) for minutes in minutes_by_day.values()), Decimal(0))


def _day_value(minutes: int) -> Decimal:
    if minutes >= WHOLE_DAY:
        return Decimal(1)
    return Decimal("0.5") if minutes >= HALF_DAY else Decimal(0)


def refusal_to_take_attendance(run: Run) -> Refusal | None:
    """Why nobody can be marked or added in this run at all."""
    return {
        RunState.DRAFT: Refusal.RUN_NOT_PUBLISHED,
        RunState.CANCELLED: Refusal.RUN_CANCELLED,
        RunState.CLOSED: Refusal.RUN_CLOSED,
    }.get(run.state)


def opens_at(session: Session) -> datetime:
    """From when on people are marked in a session."""
    return session.starts_at - DOORS_OPEN


def refusal_to_mark(run: Run, session: Session, *, now: datetime) -> Refusal | None:
    if session.state is SessionState.CANCELLED:
        return Refusal.SESSION_CANCELLED
    if now < opens_at(session):
        return refusal_to_take_attendance(run) or Refusal.NOT_BEGUN
    return refusal_to_take_attendance(run)


def refusal_of_code(left_screen_at: datetime, *, now: datetime) -> Refusal | None:
    return Refusal.CODE_TOO_OLD if now > left_screen_at + CODE_COUNTS_FOR else None


def refusal_of_scan(scanned_at: datetime, *, now: datetime) -> Refusal | None:
    return Refusal.CODE_TOO_OLD if now > scanned_at + TIME_TO_CONFIRM else None


def refusal_to_open_check_in(run: Run, session: Session, *, now: datetime) -> Refusal | None:
    """Why no code is shown, and none counts."""
    if session.state is SessionState.PLANNED and now > session.ends_at:
        return refusal_to_take_attendance(run) or Refusal.SESSION_OVER
    return refusal_to_mark(run, session, now=now)


def refusal_to_check_in(held: AttendanceMark | None, *, on_list: bool) -> Refusal | None:
    """Checking in fills an empty line of the list; it never overrules a mark."""
    if not on_list:
        return Refusal.YOU_ARE_NOT_ON_THE_LIST
    return Refusal.MARKED_AS_NOT_THERE if held and not held.mark.was_there else None


def mark_of_scan(session: Session, *, scanned_at: datetime) -> Mark:
    return Mark.LATE if scanned_at > session.starts_at + LATE_AFTER else Mark.PRESENT


def moment_of_sent_mark(session: Session, *, made_at: datetime, now: datetime) -> datetime:
    """When a mark was made that a phone sends: neither before the list opened nor later than
    now. A moment to come is that of a clock which was set right since and says nothing: such a
    mark counts from the opening on, so that it overrules nobody whose mark it had not seen.
    """
    if made_at - now > AT_ONCE:
        return opens_at(session)
    return min(max(made_at, opens_at(session)), now)


def mark_of_paper(held: Mark | None, *, has_signed: bool, others: Mark | None) -> Mark | None:
    """What a paper list says of somebody, ``None`` for nothing. A signature says that somebody
    was there, not that they were in time; a missing one says nothing against a mark.
    """
    if has_signed:
        return None if held and held.was_there else Mark.PRESENT
    return None if held else others


def mark_of_meeting(
    held: AttendanceMark | None, minutes: int | None, session: Session, *, others: Mark | None
) -> tuple[Mark, int | None] | None:
    """What the list of an online meeting says of somebody who was in it for ``minutes``
    (``None``: not at all): mark and minutes, ``None`` for nothing. Being in the meeting says
    nothing against late, and its minutes nothing against those that somebody has set; not
    being in it says nothing against a mark.
    """
    if minutes is None:
        return None if held or others is None else (others, None)
    attended = minutes if minutes < session.minutes else None
    if held is None or not held.mark.was_there:
        return Mark.PRESENT, attended
    is_set = held.minutes is not None and held.source is not MarkSource.ONLINE_IMPORT
    return None if is_set or held.minutes == attended else (held.mark, attended)


def refusal_of_minutes(mark: Mark, minutes: int | None, session: Session) -> Refusal | None:
    if minutes is None:
        return None
    if minutes < 0:
        return Refusal.MINUTES_NEGATIVE
    if minutes > session.minutes:
        return Refusal.MINUTES_TOO_MANY
    return None if mark.was_there else Refusal.MINUTES_WITHOUT_PRESENCE


def refusal_of_stranger(
    full_name: str, *, phone: str | None, email: str | None
) -> tuple[Refusal, str] | None:
    """What is missing, and the field it is missing from."""
    if not full_name:
        return Refusal.NAME_MISSING, "full_name"
    return None if phone or email else (Refusal.CONTACT_MISSING, "phone")

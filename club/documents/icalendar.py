"""Writes iCalendar text (RFC 5545, RFC 7986, RFC 5546): one VEVENT per session, the same bytes
each time.

A VEVENT is a function of its facts alone, so finished ones can be kept: a feed of a thousand
sessions is joined from them, and only what changed is written anew. They are kept as they are sent:
Vietnamese takes twice the room as a string.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from icalendar import Calendar, Event, vCalAddress, vDate, vText

from club import clock
from club.vietnamese import nfc, tidy_line

ZONE = "Asia/Ho_Chi_Minh"
REFRESH = "PT6H"
#: Rises when the way of writing changes, so that every ETag changes with it.
FORMAT = 2

_PRODID = "-//Productivity club//Calendar//VI"
# Viet Nam has had no daylight saving since 1975: one fixed block serves every program.
_VTIMEZONE = (
    "BEGIN:VTIMEZONE\r\n"
    f"TZID:{ZONE}\r\n"
    "BEGIN:STANDARD\r\n"
    "DTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0700\r\n"
    "TZOFFSETTO:+0700\r\n"
    "TZNAME:+07\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
)


class EventStatus(StrEnum):
    CONFIRMED = "CONFIRMED"
    #: On the waiting list: it may happen.
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """Everything that a session's entry says."""

    uid: str
    sequence: int
    created_at: datetime
    modified_at: datetime
    starts_at: datetime
    ends_at: datetime
    status: EventStatus
    summary: str
    location: str
    description: str
    url: str
    category: str


@dataclass(frozen=True, slots=True)
class DeadlineEvent:
    """An all-day entry: the last day of something."""

    uid: str
    sequence: int
    modified_at: datetime
    day: date
    status: EventStatus
    summary: str
    url: str


class _Text(vText):
    r"""What somebody typed. The library takes a typed ``\N`` for a line break; here it stays."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return "\\n".join(escaped.splitlines()).encode()


def whole_calendar(*, name: str, source: str, url: str, entries: Iterable[bytes]) -> bytes:
    """A whole VCALENDAR around its written entries. No METHOD: a subscribed calendar is
    a publication, not a request.
    """
    opening = f"{_opening(name, source, url)}{_VTIMEZONE}".encode()
    return b"".join([opening, *entries, b"END:VCALENDAR\r\n"])


@lru_cache(maxsize=200)
def _opening(name: str, source: str, url: str) -> str:
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", _PRODID)
    head.add("calscale", "GREGORIAN")
    # Given as texts, because the library escapes only the names that it knows.
    head.add("name", _Text(nfc(name)))
    head.add("x-wr-calname", _Text(nfc(name)))
    head.add("x-wr-timezone", ZONE)
    head.add("refresh-interval", vText(REFRESH), parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", REFRESH)
    head.add("source", source, parameters={"VALUE": "URI"})
    head.add("url", url)
    return str(head.to_ical(sorted=False).decode().removesuffix("END:VCALENDAR\r\n"))


def written(facts: SessionEvent | DeadlineEvent) -> bytes:
    """A whole VEVENT."""
    event = _session(facts) if isinstance(facts, SessionEvent) else _deadline(facts)
    return bytes(event.to_ical(sorted=False))


@lru_cache(maxsize=5_000)
def kept_or_written(facts: SessionEvent | DeadlineEvent) -> bytes:
    """The same, for what several readers ask for."""
    return written(facts)


@dataclass(frozen=True, slots=True)
class Mailbox:
    address: str
    name: str


def message_text(facts: SessionEvent, *, organizer: Mailbox, attendee: Mailbox) -> str:
    """The session as an iTIP message to one reader, so that a calendar changes at once.

    A message is about one UID, so each session is a VCALENDAR of its own.
    """
    cancelled = facts.status is EventStatus.CANCELLED
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", _PRODID)
    head.add("calscale", "GREGORIAN")
    head.add("method", "CANCEL" if cancelled else "REQUEST")
    people = Event()
    people["organizer"] = _mailbox(organizer)
    reader = _mailbox(attendee)
    accepted = facts.status is EventStatus.CONFIRMED
    reader.params["PARTSTAT"] = "ACCEPTED" if accepted else "NEEDS-ACTION"
    reader.params["RSVP"] = "FALSE"
    people.add("attendee", reader)
    opening = head.to_ical(sorted=False).decode().removesuffix("END:VCALENDAR\r\n")
    # Only the people differ between the readers of one session; the rest is kept.
    event = kept_or_written(facts).decode().removesuffix("END:VEVENT\r\n")
    lines = people.to_ical(sorted=False).decode().removeprefix("BEGIN:VEVENT\r\n")
    return f"{opening}{_VTIMEZONE}{event}{lines}END:VCALENDAR\r\n"


def _mailbox(mailbox: Mailbox) -> vCalAddress:
    address = vCalAddress(f"mailto:{mailbox.address}")
    # A quotation mark cannot be written in a parameter.
    address.params["CN"] = tidy_line(mailbox.name).replace('"', "'")
    return address


def _session(facts: SessionEvent) -> Event:
    event = _event(facts.uid, facts.sequence, facts.modified_at, facts.status)
    event.add("created", facts.created_at)
    event.add("dtstart", clock.local(facts.starts_at))
    event.add("dtend", clock.local(facts.ends_at))
    event.add("summary", _Text(nfc(facts.summary)))
    if facts.location:
        event.add("location", _Text(nfc(facts.location)))
    event.add("description", _Text(nfc(facts.description)))
    event.add("categories", [nfc(facts.category)])
    event.add("url", facts.url)
    event.add("transp", "OPAQUE")
    return event


def _deadline(facts: DeadlineEvent) -> Event:
    event = _event(facts.uid, facts.sequence, facts.modified_at, facts.status)
    event["dtstart"] = vDate(facts.day)
    event["dtstart"].params["VALUE"] = "DATE"
    event["dtend"] = vDate(facts.day + timedelta(days=1))
    event["dtend"].params["VALUE"] = "DATE"
    event.add("summary", _Text(nfc(facts.summary)))
    event.add("url", facts.url)
    event.add("transp", "TRANSPARENT")
    return event


def _event(uid: str, sequence: int, modified_at: datetime, status: EventStatus) -> Event:
    modified = modified_at.replace(microsecond=0)
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("status", status.value)
    return event

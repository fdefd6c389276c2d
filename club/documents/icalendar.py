"""Writes iCalendar text (RFC 5545, RFC 7986, RFC 5546): one VEVENT per session, the same bytes
each time.

A few properties of few kinds are all that the club says, so they are written here; what a
library reads in them is tested. A VEVENT is a function of its facts alone: a feed of a thousand
sessions is joined from kept strings, and only what changed is written anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from club import clock
from club.vietnamese import nfc

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
_END = "END:VEVENT\r\n"
#: Of a line, beside the blank with which it goes on.
_OCTETS = 74


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


def calendar_text(*, name: str, source: str, url: str, texts: Iterable[str]) -> str:
    """A whole VCALENDAR around the texts of its entries. No METHOD: a subscribed calendar is
    a publication, not a request.
    """
    return f"{_opening(name, source, url)}{_VTIMEZONE}{''.join(texts)}END:VCALENDAR\r\n"


def _opening(name: str, source: str, url: str) -> str:
    return _written(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODID}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"X-WR-TIMEZONE:{ZONE}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
        f"SOURCE;VALUE=URI:{source}",
        f"URL:{url}",
    )


def entry_text(event: SessionEvent | DeadlineEvent) -> str:
    return session_text(event) if isinstance(event, SessionEvent) else deadline_text(event)


@dataclass(frozen=True, slots=True)
class Mailbox:
    address: str
    name: str


def message_text(facts: SessionEvent, *, organizer: Mailbox, attendee: Mailbox) -> str:
    """The session as an iTIP message to one reader, so that a calendar changes at once.

    A message is about one UID, so each session is a VCALENDAR of its own.
    """
    cancelled = facts.status is EventStatus.CANCELLED
    accepted = facts.status is EventStatus.CONFIRMED
    answer = "ACCEPTED" if accepted else "NEEDS-ACTION"
    opening = _written(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODID}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if cancelled else 'REQUEST'}",
    )
    people = _written(
        f"ORGANIZER;CN={_quoted(organizer.name)}:mailto:{organizer.address}",
        f"ATTENDEE;CN={_quoted(attendee.name)};PARTSTAT={answer};RSVP=FALSE"
        f":mailto:{attendee.address}",
    )
    event = session_text(facts).removesuffix(_END)
    return f"{opening}{_VTIMEZONE}{event}{people}{_END}END:VCALENDAR\r\n"


def session_text(facts: SessionEvent) -> str:
    return _written(
        *_beginning(facts.uid, facts.sequence, facts.modified_at, facts.status),
        f"CREATED:{_moment(facts.created_at)}",
        f"DTSTART;TZID={ZONE}:{clock.local(facts.starts_at):%Y%m%dT%H%M%S}",
        f"DTEND;TZID={ZONE}:{clock.local(facts.ends_at):%Y%m%dT%H%M%S}",
        f"SUMMARY:{_text(facts.summary)}",
        *([f"LOCATION:{_text(facts.location)}"] if facts.location else []),
        f"DESCRIPTION:{_text(facts.description)}",
        f"CATEGORIES:{_text(facts.category)}",
        f"URL:{facts.url}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    )


def deadline_text(facts: DeadlineEvent) -> str:
    return _written(
        *_beginning(facts.uid, facts.sequence, facts.modified_at, facts.status),
        f"DTSTART;VALUE=DATE:{facts.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{facts.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(facts.summary)}",
        f"URL:{facts.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _beginning(uid: str, sequence: int, modified_at: datetime, status: EventStatus) -> list[str]:
    modified = _moment(modified_at)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{modified}",
        f"LAST-MODIFIED:{modified}",
        f"STATUS:{status.value}",
    ]


def _written(*lines: str) -> str:
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """No line is longer than 75 octets, with the blank that one goes on after; neither a letter
    nor an escape is divided.
    """
    octets = line.encode()
    pieces, start = [], 0
    while len(octets) - start > _OCTETS:
        end = start + _OCTETS
        while octets[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        if octets[end - 1 : end] == b"\\":
            end -= 1
        pieces.append(octets[start:end])
        start = end
    return b"\r\n ".join([*pieces, octets[start:]]).decode() if pieces else line


def _text(words: str) -> str:
    """A value of the kind TEXT (RFC 5545, 3.3.11)."""
    escaped = nfc(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _quoted(name: str) -> str:
    """A parameter's value; no quotation mark can be written in one."""
    return '"' + " ".join(nfc(name).replace('"', "'").split()) + '"'


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"

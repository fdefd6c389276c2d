"""What a person's own page shows of this room: hours of the year, and certificates."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from club.accounts.models import Account
from club.people.models import Person
from club.records import queries
from club.records.certificates.queries import certificates_of
from club.records.inquiries.queries import open_inquiries
from club.records.inquiries.rules import ANSWER_TIME
from club.records.results import queries as results
from club.records.rules import YearOfLearning, hours_by_year
from club.registration.models import Registration
from club.web.language import said
from club.web.page_parts import PagePart

_COLOURS = ("hours-a", "hours-b", "hours-c")
_SHOWN_CERTIFICATES = 3


@dataclass(frozen=True)
class Slice:
    """A topic's part of the bar: where it begins and how wide it is, in percent."""

    colour: str
    words: str
    minutes: int
    start: float
    width: float


def certificates_part(person: Person, _account: object, _now: datetime) -> PagePart:
    certificates = [c for c in certificates_of(person.id) if c.is_valid]
    return PagePart(
        "records/_me_certificates.html",
        {
            "certificates": certificates[:_SHOWN_CERTIFICATES],
            "more": len(certificates) > _SHOWN_CERTIFICATES,
        },
    )


def hours_part(person: Person, _account: object, _now: datetime) -> PagePart | None:
    """The hours of the latest year with any."""
    records = [r for r in queries.records_of(person.id) if r.attended_minutes]
    years = hours_by_year(records)
    if not years:
        return None
    latest = years[0]
    return PagePart(
        "records/_me_hours.html",
        {
            "year": latest,
            "classes": sum(record.day.year == latest.year for record in records),
            "slices": _slices(latest),
        },
    )


def result_part(
    registration: Registration, account: Account | None, _now: datetime
) -> PagePart | None:
    """What the trainer wrote down, for nobody but the person."""
    if account is None or account.person_id != registration.person_id:
        return None
    found = results.result_of(registration.run_id, registration.person_id)
    if found is None or not found.result.says_something:
        return None
    scale = results.current_scale(registration.run_id)
    return PagePart("records/_registration_result.html", {"result": found, "scale": scale})


def inquiries_part(person: Person, _account: object, now: datetime) -> PagePart | None:
    """What the club asked after classes and still waits for."""
    found = open_inquiries(person.id, since=now - ANSWER_TIME)
    return PagePart("records/_me_inquiries.html", {"inquiries": found}) if found else None


def _slices(year: YearOfLearning) -> list[Slice]:
    """The largest topics one by one, all others together: three colours are told apart."""
    names = {key: said(t.name, t.name_en) for key, t in queries.topic_names().items()}
    parts = [(names.get(key, key), minutes) for key, minutes in year.by_topic.items()]
    if len(parts) > len(_COLOURS):
        rest = sum(minutes for _name, minutes in parts[len(_COLOURS) - 1 :])
        parts = [*parts[: len(_COLOURS) - 1], (gettext("Other topics"), rest)]
    slices, start = [], 0.0
    for colour, (words, minutes) in zip(_COLOURS, parts, strict=False):
        width = minutes / year.minutes * 100
        slices.append(Slice(colour, words, minutes, round(start, 1), round(width, 1)))
        start += width
    return slices

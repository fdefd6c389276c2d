"""What a person's own page shows of this room: hours of the year, and certificates."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from club.records import queries
from club.records.rules import YearOfLearning, hours_by_year
from club.web.language import said
from club.web.me_panels import MePanel, PanelPlace

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


def certificates_panel(person_id: int, _now: datetime) -> MePanel:
    certificates = [c for c in queries.certificates_of(person_id) if c.is_valid]
    return MePanel(
        PanelPlace.MAIN,
        "records/_me_certificates.html",
        {
            "certificates": certificates[:_SHOWN_CERTIFICATES],
            "more": len(certificates) > _SHOWN_CERTIFICATES,
        },
    )


def hours_panel(person_id: int, _now: datetime) -> MePanel | None:
    """The hours of the latest year with any."""
    records = [r for r in queries.records_of(person_id) if r.attended_minutes]
    years = hours_by_year(records)
    if not years:
        return None
    latest = years[0]
    return MePanel(
        PanelPlace.SIDE,
        "records/_me_hours.html",
        {
            "year": latest,
            "classes": sum(record.day.year == latest.year for record in records),
            "slices": _slices(latest),
        },
    )


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

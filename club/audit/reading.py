"""An entry in words: who, what about which thing, and the details, for people to read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from flask import current_app
from flask_babel import gettext

from club.audit.actions import ACTIONS
from club.audit.models import AuditEntry
from club.audit.names import log_names, names_of
from club.audit.words import DETAILS, SUBJECTS, words_for
from club.web.language import day, moment, number

_BEFORE, _AFTER = "before", "after"
_DAYS = {"as_of", "ended_on", "last_day", "on_day", "started_on", "to"}
_MOMENTS = {"quotas_open_at"}
_MEASURES = {"value"}
#: Words of people, in whatever language; here that is Vietnamese.
_TYPED = {"description", "evidence", "reason", "subject", "title"}


@dataclass(frozen=True)
class Line:
    key: str
    label: str
    text: str

    @property
    def is_typed(self) -> bool:
        return self.key in _TYPED


@dataclass(frozen=True)
class ReadEntry:
    at: datetime
    #: ``None``: the site itself.
    who: str | None
    action: str
    kind: str
    #: What people call the thing; what the log keeps of it where it has no name any more.
    subject: str
    subject_id: str
    lines: list[Line]


def read(entries: Sequence[AuditEntry], *, hides: Collection[str] = ()) -> list[ReadEntry]:
    """In the reader's language; a fixed number of queries for each kind of thing. ``hides``: of
    these kinds what was done, and neither about whom nor why.
    """
    who = names_of({entry.account_id for entry in entries if entry.account_id})
    titles = {
        (kind, key): title
        for (kind, key), title in _titles_in(entries).items()
        if kind not in hides
    }
    return [
        ReadEntry(
            at=entry.at,
            who=who.get(entry.account_id) if entry.account_id else None,
            action=words_for(ACTIONS, entry.action),
            kind=words_for(SUBJECTS, entry.subject_kind),
            subject=titles.get((entry.subject_kind, entry.subject_id)) or entry.subject_id,
            subject_id=entry.subject_id,
            lines=[
                line
                for line in _lines(entry.detail or {}, titles)
                if not (line.is_typed and entry.subject_kind in hides)
            ],
        )
        for entry in entries
    ]


Titles = dict[tuple[str, str], str]


def _titles_in(entries: Iterable[AuditEntry]) -> Titles:
    names, kept = log_names(), defaultdict[str, set[str]](set)
    for entry in entries:
        kept[entry.subject_kind].add(entry.subject_id)
        for key, value in _values(entry.detail or {}):
            if key in names.things and isinstance(value, str):
                kept[names.things[key]].add(value)
    return {
        (kind, key): title
        for kind, keys in kept.items()
        if kind in names.titles
        for key, title in names.titles[kind](keys).items()
    }


def _values(detail: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in detail.items():
        if isinstance(value, dict):
            yield from _values(value)
        else:
            yield key, value


def _lines(detail: dict[str, Any], titles: Titles) -> Iterator[Line]:
    """What changed comes as ``before`` and ``after``; only what differs is told."""
    before, after = detail.get(_BEFORE) or {}, detail.get(_AFTER) or {}
    for key, value in detail.items():
        if key not in {_BEFORE, _AFTER} and value not in (None, "", []):
            yield Line(key, words_for(DETAILS, key), _text(key, value, titles))
    for key in {**before, **after}:
        old, new = before.get(key), after.get(key)
        if old != new:
            change = f"{_text(key, old, titles)} → {_text(key, new, titles)}"
            yield Line(key, words_for(DETAILS, key), change)


def _text(key: str, value: Any, titles: Titles) -> str:
    names = log_names()
    if value is None or value in ("", []):
        return str(gettext("nothing"))
    if isinstance(value, list):
        return ", ".join(_text(key, each, titles) for each in value)
    if key in names.choices and value in set(names.choices[key]):
        return _label(names.choices[key](value))
    if key in names.things:
        return titles.get((names.things[key], value)) or str(value)
    return _plain(key, value)


def _plain(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, int):
        return number(value)
    if key in _MEASURES:
        return number(Decimal(value), 4)
    if key in _DAYS:
        return day(date.fromisoformat(value))
    if key in _MOMENTS:
        return moment(datetime.fromisoformat(value))
    return str(value)


def _label(member: Enum) -> str:
    return str(current_app.extensions["club.labels"][member])

"""What a report says beside the figures of the club's own training, as it stood on its day: the
plan's targets, certified experts, pilot firms, and training that others gave. Each stands for
itself, and none of it is added to turns or people.

Rows carry codes and no names of persons or firms.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from flask import current_app
from flask_babel import LazyString, gettext, lazy_gettext

from club import clock
from club.certification.counting import CertificateDays, certificates_known
from club.certification.figures.experts import CountedAs, counted_as, people_of, standings
from club.certification.figures.queries import Name, certificates, scheme_names
from club.hours import hours_in_file
from club.periods import Period
from club.pilots.models import PilotProject
from club.pilots.queries import projects
from club.pilots.rules import counts_on, firms_on
from club.plan.queries import TargetStanding, target_standings
from club.statistics.elsewhere.models import ReportedTraining
from club.statistics.elsewhere.queries import reported_in
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.language import in_both

Content = dict[str, Any]


class Part(StrEnum):
    TARGETS = "targets"
    EXPERTS = "experts"
    PILOTS = "pilots"
    ELSEWHERE = "elsewhere"


#: The name of each part, and what its figures mean.
_MEANINGS: dict[Part, tuple[LazyString, LazyString]] = {
    Part.TARGETS: (
        lazy_gettext("Targets of the plan"),
        lazy_gettext(
            "Each target as it stood on the report's day. What is measured above the city is shown"
            " without a result of the city."
        ),
    ),
    Part.EXPERTS: (
        lazy_gettext("Certified experts"),
        lazy_gettext(
            "People with a checked certificate of an outside body that was valid on the report's"
            " day and that the plan counts. A completion certificate of a class is none."
        ),
    ),
    Part.PILOTS: (
        lazy_gettext("Pilot firms"),
        lazy_gettext(
            "Small and medium-sized firms with a pilot project that had begun by the report's day;"
            " one that was given up counts until its last day."
        ),
    ),
    Part.ELSEWHERE: (
        lazy_gettext("Training given by others"),
        lazy_gettext(
            "Sums that departments and partners reported of training that ended in the period."
            " Nobody is named, so they are never added to the club's turns or people."
        ),
    ),
}


def told_beside(unit: Unit | None, period: Period, *, as_of: datetime) -> Content:
    """``unit``: whose report it is. Of a ward only what the ward reported of its own training is
    told: the other parts are figures of the whole city.
    """
    on = min(period.last, clock.local_day(as_of))
    ward = unit if unit and unit.kind.is_area else None
    parts = {} if ward else {
        Part.TARGETS: _targets(on),
        Part.EXPERTS: _experts(on, as_of),
        Part.PILOTS: _pilots(on),
    }  # fmt: skip
    parts[Part.ELSEWHERE] = _elsewhere(period, ward)
    return {
        "on": on.isoformat(),
        "parts": [_named(part) | told for part, told in parts.items()],
    }


def _named(part: Part) -> Content:
    name, meaning = _MEANINGS[part]
    return {"part": part.value, "name": in_both(name.__str__), "meaning": in_both(meaning.__str__)}


def _targets(on: date) -> Content:
    found = target_standings(on=on)
    return {"totals": {"targets": len(found)}, "lines": [], "rows": list(map(_target, found))}


def _target(one: TargetStanding) -> Content:
    progress = one.progress
    return {
        "code": one.key,
        "line": one.line,
        "name": {"vi": one.note_vi, "en": one.note_en},
        "indicator": {"vi": one.name_vi, "en": one.name_en},
        "measured_in": {"vi": one.unit_vi, "en": one.unit_en},
        "by_year": one.by_year,
        "kind": one.kind.value,
        "op": one.op,
        "wanted": _number(one.target_value),
        "value": _number(one.value),
        "expected": _number(progress.expected),
        "missing": _number(progress.missing),
        "state": _said(one.state),
        "progress": _said(progress.state),
        "source": one.published.source if one.published and one.value is not None else None,
    }


def _experts(on: date, as_of: datetime) -> Content:
    known = certificates_known(as_of)
    counting = [row for row in known if counted_as(row, on) is CountedAs.COUNTS]
    shown = [row for row in known if counted_as(row, on)]
    schemes = scheme_names()
    return {
        "totals": {
            "people": people_of(counting),
            "certificates": len(counting),
            "supported": people_of(row for row in counting if row.funded_by_plan),
        },
        "lines": [
            *_schemes(counting, schemes),
            *(
                _line("standing", _said(one.counted_as), one.people, one.certificates)
                for one in standings(known, on)
            ),
        ],
        "rows": _certificates(shown, schemes, on),
    }


def _schemes(counting: Sequence[CertificateDays], schemes: Mapping[int, Name]) -> Iterable[Content]:
    for id_, scheme in schemes.items():
        rows = [row for row in counting if row.scheme_id == id_]
        if rows:
            name = {"vi": scheme.name, "en": scheme.name_en or scheme.name}
            named = {"key": scheme.key, "name": name}
            yield _line("scheme", named, people_of(rows), len(rows))


def _line(by: str, named: Content, people: int, certificates: int) -> Content:
    return {"by": by, **named, "people": people, "certificates": certificates}


def _certificates(
    shown: Sequence[CertificateDays], schemes: Mapping[int, Name], on: date
) -> list[Content]:
    """``holder`` is the code of the first certificate of the same person."""
    held = certificates([row.id for row in shown])
    first: dict[int, str] = {}
    rows = []
    for row in shown:
        kind, code = counted_as(row, on), str(held[row.id].public_id)
        assert kind
        rows.append(
            {
                "code": code,
                "holder": first.setdefault(row.person_id, code),
                "scheme": schemes[row.scheme_id].key,
                "standing": _said(kind),
                "issued_on": row.issued_on.isoformat(),
                "expires_on": row.expires_on.isoformat() if row.expires_on else None,
                "supported": row.funded_by_plan,
            }
        )
    return rows


def _pilots(on: date) -> Content:
    begun = [project for project in projects() if project.started_on <= on]
    counting = [project for project in begun if counts_on(project, on)]
    return {
        "totals": {"firms": firms_on(begun, on), "projects": len(counting)},
        "lines": [],
        "rows": [_project(project, on) for project in sorted(begun, key=_began)],
    }


def _began(project: PilotProject) -> tuple[date, int]:
    return project.started_on, project.id


def _project(project: PilotProject, on: date) -> Content:
    ended_on = project.ended_on if project.ended_on and project.ended_on <= on else None
    outcome = project.outcome if ended_on else None
    return {
        "code": str(project.public_id),
        "firm": project.organisation.code,
        "size": _said(project.size_class),
        "started_on": project.started_on.isoformat(),
        "ended_on": ended_on.isoformat() if ended_on else None,
        "outcome": _said(outcome) if outcome else {"key": "running", "name": in_both(_running)},
        "counts": counts_on(project, on),
    }


def _running() -> str:
    return str(gettext("Running"))


def _elsewhere(period: Period, ward: Unit | None) -> Content:
    rows = [row for row in reported_in(period) if ward is None or row.unit_id == ward.id]
    return {
        "totals": {
            "turns": sum(row.turns for row in rows),
            "hours": hours_in_file(sum(row.minutes or 0 for row in rows)),
        },
        "lines": [],
        "rows": [_reported(row) for row in rows],
    }


def _reported(row: ReportedTraining) -> Content:
    topic = {"vi": row.topic.name, "en": row.topic.name_en or row.topic.name}
    return {
        "code": str(row.public_id),
        "unit": {"key": row.unit.key, "name": in_both(lambda: unit_name(row.unit))},
        "from": row.first_day.isoformat(),
        "to": row.last_day.isoformat(),
        "topic": {"key": row.topic.key, "name": topic},
        "audience": _said(row.audience),
        "turns": row.turns,
        "hours": None if row.minutes is None else hours_in_file(row.minutes),
        "source": row.source,
    }


def _said(member: Enum) -> Content:
    """What is kept of a word: its value, and how it reads."""
    labels = current_app.extensions["club.labels"]
    return {"key": member.value, "name": in_both(lambda: str(labels[member]))}


def _number(value: Decimal | None) -> float | None:
    """As pages write it: two digits behind the point."""
    return None if value is None else round(float(value), 2)

"""The figures as JSON, and as lines for CSV files and workbooks: all of one ``Figures``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from club.certification.candidacy.models import CandidateState
from club.certification.figures.experts import By, CountedAs, Line
from club.certification.figures.figures import DEFINITIONS, BodyFigures, Figures
from club.certification.figures.funnel import Body, FunnelStage
from club.certification.figures.naming import candidate_key, named_lines
from club.certification.figures.rows import CandidacyRow, ExpertRow
from club.certification.figures.targets import Target
from club.clock import local_day
from club.periods import Cut, Period
from club.web.described import (
    DAY,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    list_of,
    maybe,
    one_of,
    record,
)
from club.web.language import said

#: Columns of the table; those of the rows behind it are below.
COLUMNS = ("part", "key", "name", "people", "rows", "percent", "median_days")
EXPERT_COLUMNS = (
    "person", "scheme", "level", "body", "issued_on", "expires_on", "standing", "organisation",
    "ward", "funded_by_plan",
)  # fmt: skip
CANDIDACY_COLUMNS = (
    "person", "certified_by", "scheme", "level", "began_on", "stage", "stage_on", "state",
    "state_since", "organisation", "ward",
)  # fmt: skip

_LINES = list_of(record(key=TEXT, name=TEXT, people=INTEGER, certificates=INTEGER))
_BODY = record(
    funnel=list_of(
        record(
            stage=one_of(FunnelStage), people=INTEGER, candidacies=INTEGER, percent=maybe(NUMBER),
            median_days=maybe(NUMBER),
        )
    ),
    states=list_of(record(state=one_of(CandidateState), people=INTEGER, candidacies=INTEGER)),
)  # fmt: skip
SCHEMA: Schema = record(
    on=DAY,
    as_of=maybe(MOMENT),
    began_in=maybe(record(**{"from": DAY, "to": DAY, "cut": one_of(Cut)})),
    definitions=TEXT,
    experts=record(
        people=INTEGER,
        certificates=INTEGER,
        supported_by_plan=INTEGER,
        targets=list_of(record(by_year=INTEGER, wanted=maybe(NUMBER), state=TEXT)),
        standing=list_of(record(standing=one_of(CountedAs), people=INTEGER, certificates=INTEGER)),
        **{by.value: _LINES for by in By},
    ),
    candidacies=record(**{body.value: _BODY for body in Body}),
    own_recognitions=record(recognised=INTEGER, valid=INTEGER),
)


def as_json(figures: Figures) -> dict[str, Any]:
    question, experts = figures.question, figures.experts
    return {
        "on": question.on.isoformat(),
        "as_of": question.as_of.isoformat() if question.as_of else None,
        "began_in": _period(question.period) if question.period else None,
        "definitions": DEFINITIONS,
        "experts": {
            "people": experts.people,
            "certificates": experts.certificates,
            "supported_by_plan": experts.supported,
            "targets": [_target(target) for target in figures.targets],
            "standing": [
                {
                    "standing": line.counted_as.value,
                    "people": line.people,
                    "certificates": line.certificates,
                }
                for line in experts.standings
            ],
            **{by.value: _lines(by, lines) for by, lines in experts.by.items()},
        },
        "candidacies": {one.body.value: _body(one) for one in figures.bodies},
        "own_recognitions": {
            "recognised": figures.own.recognised,
            "valid": figures.own.valid,
        },
    }


def _period(period: Period) -> dict[str, str]:
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "cut": period.cut.value,
    }


def _target(target: Target) -> dict[str, Any]:
    wanted = None if target.wanted is None else float(target.wanted)
    return {"by_year": target.by_year, "wanted": wanted, "state": target.state.value}


def _lines(by: By, lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "key": named.key,
            "name": named.name,
            "people": named.line.people,
            "certificates": named.line.certificates,
        }
        for named in named_lines(by, lines)
    ]


def _body(figures: BodyFigures) -> dict[str, Any]:
    return {
        "funnel": [
            {
                "stage": line.stage.value,
                "people": line.people,
                "candidacies": line.candidacies,
                "percent": line.percent,
                "median_days": line.median_days,
            }
            for line in figures.funnel
        ],
        "states": [
            {
                "state": line.state.value,
                "people": line.people,
                "candidacies": line.candidacies,
            }
            for line in figures.states
        ],
    }


def table(figures: Figures, names: Mapping[Any, Any]) -> Iterator[list[object]]:
    """One line a figure, below its columns. ``names``: of stages, states and the like."""
    yield list(COLUMNS)
    for line in _figure_lines(figures, names):
        yield line + [None] * (len(COLUMNS) - len(line))


def _figure_lines(figures: Figures, names: Mapping[Any, Any]) -> Iterator[list[object]]:
    experts = figures.experts
    counted = gettext("Certified experts, as the plan counts them")
    yield ["experts", "all", counted, experts.people, experts.certificates]
    yield ["experts", "supported", gettext("Supported by the plan"), experts.supported]
    for target in figures.targets:
        words = said(target.words, target.words_en)
        wanted = None if target.wanted is None else float(target.wanted)
        yield ["target", str(target.by_year), words, wanted]
    for by, lines in experts.by.items():
        for named in named_lines(by, lines):
            line = named.line
            yield [f"experts_by_{by.value}", named.key, named.name, line.people, line.certificates]
    for one in experts.standings:
        kind = one.counted_as
        yield ["standing", kind.value, str(names[kind]), one.people, one.certificates]
    for body in figures.bodies:
        yield from _body_lines(body, names)
    own = figures.own
    yield ["own", "recognised", gettext("Recognised by the club"), own.recognised]
    yield ["own", "valid", gettext("Recognition valid on the report date"), own.valid]


def _body_lines(figures: BodyFigures, names: Mapping[Any, Any]) -> Iterator[list[object]]:
    body = figures.body.value
    for line in figures.funnel:
        name = str(names[line.stage])
        reached = [line.people, line.candidacies, line.percent, line.median_days]
        yield [f"funnel_{body}", line.stage.value, name, *reached]
    for at in figures.states:
        name = str(names[at.state])
        yield [f"state_{body}", at.state.value, name, at.people, at.candidacies]


def expert_table(rows: Sequence[ExpertRow]) -> Iterator[list[object]]:
    """Without names: people by their public ids."""
    yield list(EXPERT_COLUMNS)
    for row in rows:
        held = row.certificate
        yield [
            str(held.person.public_id), held.scheme.key, held.level, held.body, held.issued_on,
            held.expires_on, row.counted_as.value, row.organisation and row.organisation.key,
            row.ward and row.ward.key, int(held.funded_by_plan),
        ]  # fmt: skip


def candidacy_table(rows: Sequence[CandidacyRow]) -> Iterator[list[object]]:
    """Likewise: people by keys that no other list has."""
    yield list(CANDIDACY_COLUMNS)
    for row in rows:
        way, level = row.way, row.candidate.level
        yield [
            candidate_key(row.candidate), way.body.value, level.version.scheme.key,
            level.key, local_day(way.begun_at), row.stage.value, local_day(way.reached[row.stage]),
            way.state.value, local_day(way.state_since),
            row.organisation and row.organisation.key, row.ward and row.ward.key,
        ]  # fmt: skip

"""Cases chosen by what they have, as a page and as data."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club.knowledge import queries as knowledge
from club.knowledge.evidence.asking import NOT_LISTED, Asked, asked_in
from club.knowledge.evidence.bands import SizeBand
from club.knowledge.evidence.choosing import FACETS, CaseTraits, Sifted, sift
from club.knowledge.evidence.facets import conditions_of, facets_of
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.queries import case_traits, measures_of
from club.knowledge.models import Direction, FigureShape, Measure, ResultKind, Strength
from club.knowledge.rows import CaseRow
from club.search.models import FoundKind
from club.search.queries import refs_found
from club.web.access import Audience, open_to
from club.web.described import (
    FIGURE,
    INTEGER,
    NUMBER,
    SAID,
    TEXT,
    described,
    list_of,
    maybe,
    one_of,
    record,
)
from club.web.errors import error_answer
from club.web.language import is_english
from club.web.pages import Page, page_number

bp = Blueprint("evidence", __name__)
_SIZE, _API_SIZE = 12, 100
_LISTED, _DATA = "/knowledge/cases/", "/api/knowledge/cases"

#: What a source gives otherwise: see ``club.knowledge.facts.OtherFigure``.
CONFLICT = record(before=FIGURE, after=FIGURE, change=maybe(SAID), where=SAID)
_MEASURE = record(
    about=one_of(MeasureKind), metric=TEXT, metric_en=TEXT, unit=maybe(TEXT),
    before=maybe(TEXT), before_number=maybe(NUMBER), after=maybe(TEXT), after_number=maybe(NUMBER),
    change=maybe(TEXT), better=one_of(Direction), period=maybe(TEXT), note=maybe(TEXT),
    strength=one_of(Strength), how_measured=maybe(TEXT), source=maybe(INTEGER),
    conflicts=list_of(CONFLICT),
)  # fmt: skip
_CASE = record(
    code=TEXT, url=TEXT, title=TEXT, title_en=TEXT, organisation=TEXT,
    organisation_en=maybe(TEXT), country=TEXT,
    place=maybe(TEXT), unit=maybe(TEXT), sector=TEXT, size=maybe(TEXT),
    size_band=one_of(SizeBand), year=maybe(TEXT), year_first=maybe(INTEGER),
    year_last=maybe(INTEGER), strength=one_of(Strength),
    result_kind=one_of(ResultKind), figures=one_of(FigureShape), tools=list_of(TEXT),
    topics=list_of(TEXT), measures=list_of(_MEASURE),
)  # fmt: skip
#: Of each further choice, by its key.
_COUNTS = record(may_have={name: {"type": "object"} for name in FACETS})
_CONDITIONS = {
    "q": "Words to find, with or without accents",
    "sector": "Key of a sector",
    "size": f"How many people work there: {', '.join(SizeBand)}",
    "tool": "Key of a tool",
    "about": f"What was measured: {', '.join(MeasureKind)}",
    "place": "Part of a place in small letters such as tp-hcm, or a code of a country such as vn",
    "unit": "Key of a ward or commune",
    "from": "Year; only cases with figures of that year or later",
    "to": "Year; only cases with figures of that year or earlier",
    "period": "-2009, 2010-2014, 2015-2019, 2020- or unknown",
    "strength": "A, B or C; C was not measured",
    "shape": f"What figures there are: {', '.join(FigureShape)}",
    "topic": "Key of a topic",
    "result": f"Where the result comes from: {', '.join(ResultKind)}",
    "page": "Number of the page, from 1",
}


@bp.get(_LISTED)
@open_to(Audience.EVERYONE)
def case_list() -> ResponseReturnValue:
    asked, number = asked_in(request.args, path=_LISTED), page_number(request.args.get("page"))
    traits, sifted = _sifted(asked)
    facets = facets_of(traits, sifted, asked)
    conditions = conditions_of(facets, sifted, asked)
    rows = knowledge.case_rows([one.id for one in _part(sifted, number, _SIZE)])
    page = render_template(
        "knowledge/evidence/cases.html",
        asked=asked,
        is_whole=not asked.parts,
        site=current_app.extensions["club.settings"].public_url,
        every=len(traits),
        page=Page(rows, number, _SIZE, len(sifted.matching)),
        facets=[facet for facet in facets if facet.choices],
        conditions=conditions,
        chips=[(condition.label, condition.href) for condition in conditions],
        page_url=lambda n: asked.address(page=n),
    )
    return page, 422 if asked.refusal else 200, NOT_LISTED if asked.parts else {}


@bp.get(_DATA)
@open_to(Audience.EVERYONE)
@described(
    "Improvement cases with their figures, those with the clearest first, and how many cases "
    "each further choice would leave",
    record(items=list_of(_CASE), next=maybe(TEXT), total=INTEGER, counts=_COUNTS),
    query=_CONDITIONS,
    otherwise={422: ("A year that is none", record(error=TEXT, advice=TEXT, request=TEXT))},
)
def case_data() -> Response:
    asked, number = asked_in(request.args, path=_DATA), page_number(request.args.get("page"))
    if asked.refusal:
        headline = gettext("The years cannot be read.")
        return error_answer(422, headline, gettext(asked.refusal.value))
    _traits, sifted = _sifted(asked)
    shown = {one.id: one for one in _part(sifted, number, _API_SIZE)}
    rows, measures = knowledge.case_rows(list(shown)), measures_of(list(shown))
    page = Page(rows, number, _API_SIZE, len(sifted.matching))
    return jsonify(
        items=[_case(row, shown[row.id], measures[row.id]) for row in rows],
        next=asked.address(page=number + 1) if page.has_next else None,
        total=page.total,
        counts={name: dict(sifted.counts[name]) for name in FACETS},
    )


def _sifted(asked: Asked) -> tuple[list[CaseTraits], Sifted]:
    traits = case_traits()
    return traits, sift(traits, asked.chosen, found=_found(asked.q) if asked.q else None)


def _found(q: str) -> set[str]:
    found = refs_found(q, language="en" if is_english() else "vi", kind=FoundKind.CASE)
    return {ref.removeprefix("case:") for ref in found}


def _part(sifted: Sifted, number: int, size: int) -> list[CaseTraits]:
    return sifted.matching[(number - 1) * size : number * size]


def _case(row: CaseRow, traits: CaseTraits, measures: list[Measure]) -> dict[str, Any]:
    return {
        "code": row.slug,
        "url": f"/knowledge/{row.slug}",
        "title": row.title,
        "title_en": row.title_en,
        "organisation": row.organisation,
        "organisation_en": row.organisation_en,
        "country": row.country,
        "place": row.place,
        "unit": next(iter(traits.units), None),
        "sector": row.sector,
        "size": row.size,
        "size_band": next(iter(traits.values["size"])),
        "year": row.year,
        "year_first": traits.years.first if traits.years else None,
        "year_last": traits.years.last if traits.years else None,
        "strength": row.strength.value,
        "result_kind": row.result_kind.value,
        "figures": row.figure_shape.value,
        "tools": [tool.key for tool in row.tools],
        "topics": sorted(traits.values["topic"]),
        "measures": [_measure(measure, row.strength) for measure in measures],
    }


def _measure(measure: Measure, strength: Strength) -> dict[str, Any]:
    return {
        "about": measure.about.value,
        "metric": measure.metric,
        "metric_en": measure.metric_en,
        "unit": measure.unit,
        "before": measure.before_text,
        "before_number": measure.before_number,
        "after": measure.after_text,
        "after_number": measure.after_number,
        "change": measure.change,
        "better": measure.direction.value,
        "period": measure.period,
        "note": measure.note,
        "strength": (measure.own_strength or strength).value,
        "how_measured": measure.how_measured,
        "source": measure.source,
        "conflicts": measure.conflicts,
    }

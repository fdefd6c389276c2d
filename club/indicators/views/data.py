"""Published figures for everybody: tables, pictures of them, and the same as data."""

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template

from club.documents.csv_file import csv_text
from club.indicators import queries
from club.indicators.charts import chart_of, missing_years
from club.indicators.models import Indicator, Observation, ObservationStatus
from club.indicators.queries import SeriesTable
from club.web.access import Audience, open_to
from club.web.described import (
    CSV,
    DAY,
    MOMENT,
    NUMBER,
    TEXT,
    described,
    list_of,
    maybe,
    one_of,
    record,
)

bp = Blueprint("indicators", __name__, url_prefix="/knowledge")
_INDICATOR = {
    "key": TEXT, "url": TEXT, "name": TEXT, "name_en": TEXT, "unit": maybe(TEXT),
    "unit_en": maybe(TEXT), "definition": maybe(TEXT), "formula": maybe(TEXT),
    "frequency": maybe(TEXT), "compiled_by": maybe(TEXT), "responsible": maybe(TEXT),
    "sources": list_of(TEXT),
}  # fmt: skip
_OBSERVATION = record(
    period_from=DAY, period_to=DAY, value=NUMBER, status=one_of(ObservationStatus), source=TEXT,
    taken_on=maybe(DAY), note=maybe(TEXT), entered_at=MOMENT, replaced_at=maybe(MOMENT),
    reason=maybe(TEXT),
)  # fmt: skip
_SERIES = record(
    key=TEXT, name=TEXT, territory=TEXT, base=maybe(TEXT), note=maybe(TEXT),
    observations=list_of(_OBSERVATION),
)  # fmt: skip
_COLUMNS = (
    "indicator", "unit", "series", "territory", "base", "period_from", "period_to", "value",
    "status", "source", "taken_on", "note", "entered_at", "replaced_at", "reason",
)  # fmt: skip
_MISSING = {404: ("There is no such indicator", None)}


@bp.get("/data/")
@open_to(Audience.EVERYONE)
def indicator_list() -> str:
    tables = queries.published_tables()
    by_indicator = {
        key: list(rows) for key, rows in groupby(tables, key=lambda table: table.indicator.key)
    }
    return render_template(
        "indicators/list.html", indicators=queries.indicators(), by_indicator=by_indicator
    )


@bp.get("/data/<string:slug>")
@open_to(Audience.EVERYONE)
def indicator(slug: str) -> str:
    found = _found(slug)
    tables = queries.tables_of(found)
    return render_template(
        "indicators/indicator.html",
        indicator=found,
        tables=tables,
        chart=chart_of([table.values for table in tables]),
        missing={table.series.key: missing_years(table.values) for table in tables},
        site=_site(),
    )


@bp.get("/data.json")
@open_to(Audience.EVERYONE)
@described("What is measured, in the site's order", record(items=list_of(record(**_INDICATOR))))
def indicators_json() -> Response:
    return jsonify(items=[_facts(one) for one in queries.indicators()])


@bp.get("/data/<string:slug>.json")
@open_to(Audience.EVERYONE)
@described(
    "One indicator with its series; values that were replaced are there, with when and why",
    record(**_INDICATOR, series=list_of(_SERIES)),
    otherwise=_MISSING,
)
def indicator_json(slug: str) -> Response:
    found = _found(slug)
    return jsonify(**_facts(found), series=[_series(one) for one in queries.tables_of(found)])


@bp.get("/data/<string:slug>.csv")
@open_to(Audience.EVERYONE)
@described(f"The same for spreadsheets: {', '.join(_COLUMNS)}", media=CSV, otherwise=_MISSING)
def indicator_csv(slug: str) -> Response:
    found = _found(slug)
    lines: list[list[object]] = [list(_COLUMNS)]
    for table in queries.tables_of(found):
        series = table.series
        for one in table.every:
            facts = _observation(one)
            where = [found.key, found.unit, series.key, series.territory, series.base]
            lines.append([*where, *facts.values()])
    response = Response(csv_text(lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return response


def _found(slug: str) -> Indicator:
    found = queries.indicator_by_key(slug.replace("-", "_"))
    if found is None or found.slug != slug:
        abort(404)
    return found


def _facts(one: Indicator) -> dict[str, Any]:
    return {
        "key": one.key,
        "url": f"{_site()}/knowledge/data/{one.slug}",
        "name": one.name,
        "name_en": one.name_en,
        "unit": one.unit,
        "unit_en": one.unit_en,
        "definition": one.definition,
        "formula": one.formula,
        "frequency": one.frequency,
        "compiled_by": one.compiled_by,
        "responsible": one.responsible.name if one.responsible else None,
        "sources": [source["url"] or source["title"] for source in one.sources],
    }


def _series(table: SeriesTable) -> dict[str, Any]:
    series = table.series
    return {
        "key": series.key,
        "name": series.name,
        "territory": series.territory,
        "base": series.base,
        "note": series.note,
        "observations": [_observation(one) for one in table.every],
    }


def _observation(one: Observation) -> dict[str, Any]:
    return {
        "period_from": one.period_from.isoformat(),
        "period_to": one.as_of.isoformat(),
        "value": float(one.value),
        "status": one.status.value,
        "source": one.source,
        "taken_on": one.taken_on.isoformat() if one.taken_on else None,
        "note": one.note,
        "entered_at": one.entered_at.isoformat(),
        "replaced_at": one.replaced_at.isoformat() if one.replaced_at else None,
        "reason": one.replacement_reason,
    }


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)

"""All figures of cases that used a tool, side by side, as a page and as a file."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from club import clock
from club.documents.csv_file import csv_text
from club.knowledge.editions import Edition, edition_of
from club.knowledge.evidence.comparing import EvidenceRow, Order, groups_of, in_order
from club.knowledge.evidence.queries import evidence_of, tool_of_page
from club.knowledge.models import Strength
from club.knowledge.moved import taken_out
from club.knowledge.queries import article_by_slug
from club.knowledge.rows import ToolTag
from club.web.access import Audience, open_to
from club.web.described import CSV, described
from club.web.kept_pages import kept_page
from club.web.revisions import unless_known

bp = Blueprint("tool_evidence", __name__, url_prefix="/knowledge/tools/<string:slug>")
_COLUMNS = (
    "about", "strength", "case", "title", "organisation", "country", "sector", "year", "metric",
    "unit", "before", "after", "change_percent", "way", "change_in_source", "better", "result_kind",
    "how_measured", "period", "note", "source", "conflicting",
)  # fmt: skip


@bp.get("/evidence")
@open_to(Audience.EVERYONE)
def evidence(slug: str) -> ResponseReturnValue:
    edition, tool = _asked_for(slug)
    order = _order()
    return unless_known(
        edition,
        order,
        changed_at=edition.modified_at,
        page=lambda: kept_page(("evidence", edition, order), lambda: _page(tool, order)),
    )


@bp.get("/evidence.csv")
@open_to(Audience.EVERYONE)
@described(
    f"Every figure of the cases that used the tool: {', '.join(_COLUMNS)}. change_percent is "
    "worked out from exact numbers; of strength C, which was not measured, never",
    media=CSV,
    query={"sort": f"One of {', '.join(Order)}"},
    otherwise={404: ("There is no such tool", None), 410: ("Its text was withdrawn", None)},
)
def evidence_csv(slug: str) -> Response:
    _edition, tool = _asked_for(slug)
    rows = in_order(evidence_of(tool.key), _order())
    response = Response(_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-evidence.csv"'
    return response


def _asked_for(slug: str) -> tuple[Edition, ToolTag]:
    edition, tool = edition_of(slug, today=clock.today()), tool_of_page(slug)
    if edition is not None and edition.retired_at:
        abort(make_response(taken_out(article_by_slug(slug) or abort(404))))
    if edition is None or tool is None:
        abort(404)
    return edition, tool


def _order() -> Order:
    """Nonsense in the address means the clearest first."""
    asked = request.args.get("sort", "")
    return Order(asked) if asked in set(Order) else Order.CLEAREST


def _page(tool: ToolTag, order: Order) -> str:
    rows = in_order(evidence_of(tool.key), order)
    return render_template(
        "knowledge/evidence/tool.html",
        tool=tool,
        groups=groups_of(rows),
        proposals=[row for row in rows if row.strength is Strength.C],
        measured_cases=len({row.slug for row in rows if row.strength is not Strength.C}),
        orders=list(Order),
        order=order,
        site=str(current_app.extensions["club.settings"].public_url),
    )


def _csv(rows: Iterable[EvidenceRow]) -> str:
    return csv_text([_COLUMNS, *map(_line, rows)])


def _line(row: EvidenceRow) -> list[object]:
    figure, change = row.figure, row.change
    return [
        row.about.value,
        row.strength.value,
        row.slug,
        row.title,
        row.organisation,
        row.country,
        row.sector,
        row.year,
        figure.metric,
        figure.unit,
        _plain(figure.before),
        _plain(figure.after),
        round(change.percent, 2) if change else None,
        change.way.value if change else None,
        figure.change,
        figure.better.value if figure.better else None,
        row.result_kind.value,
        row.how_measured,
        figure.period,
        figure.note,
        row.source["title"] if row.source else None,
        "; ".join(map(_conflicting, figure.conflicts)) or None,
    ]


def _conflicting(other: dict[str, Any]) -> str:
    """``where: before → after, change``, as far as it says so."""
    pair = " → ".join(
        str(_plain(one)) for one in (other["before"], other["after"]) if one is not None
    )
    change = other["change"]["vi"] if other["change"] else ""
    return f"{other['where']['vi']}: {', '.join(part for part in (pair, change) if part)}"


def _plain(value: float | str | None) -> float | str | None:
    """30 and not 30.0, as the source has it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value

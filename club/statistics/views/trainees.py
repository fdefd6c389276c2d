"""Trainee counts for everybody: as a page, as JSON, and as files."""

from collections.abc import Sequence
from functools import cache

from flask import current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.documents.xlsx_file import XLSX, workbook
from club.periods import Cut, PeriodError
from club.refusal import RefusedError
from club.statistics.asking import (
    ARGUMENTS,
    BY,
    SELECTED,
    Question,
    question_of,
    refusal_to_tell_outsiders,
)
from club.statistics.classes import closed_classes
from club.statistics.dimensions import Dimension
from club.statistics.figures import tables_of
from club.statistics.permissions import may_see_all_figures, may_see_rows, may_see_sheets
from club.statistics.public import public_counts
from club.statistics.quality.findings import findings
from club.statistics.quality.labels import bounds_words
from club.statistics.quality.rules import Finding
from club.statistics.selecting import Selection
from club.statistics.tables import (
    TABLE_SCHEMA,
    RowsAt,
    ShownTable,
    as_csv,
    as_json,
    as_sheets,
    names_known,
    names_of_selection,
    shown,
    turns_matrix,
)
from club.statistics.views.blueprint import UNANSWERED, bp, file_of, unanswered
from club.web.access import Audience, open_to
from club.web.asked_times import report_year
from club.web.described import CSV, described
from club.web.layout import Labels

_STANDARD = ((Dimension.AUDIENCE,), (Dimension.TOPIC,), (Dimension.MONTH,), (Dimension.UNIT,))
_CROSS = (Dimension.AUDIENCE, Dimension.TOPIC)
_ASKED = ARGUMENTS | {"by": BY} | SELECTED


@bp.get("/trainees")
@open_to(Audience.EVERYONE)
def trainees() -> ResponseReturnValue:
    cut = Cut.REPORT if may_see_all_figures(current_user) else Cut.CALENDAR
    try:
        question = _question(cut)
    except (PeriodError, RefusedError) as error:
        standard = question_of({}, now=clock.now(), cut=cut)
        return _page(standard, gettext(error.refusal.value)), 422
    return _page(question, None)


def _page(question: Question, problem: str | None) -> str:
    crosses = may_see_all_figures(current_user) and not question.by
    asked = [question.by] if question.by else [*_STANDARD, *([_CROSS] if crosses else [])]
    tables = _tables(question, asked)
    cross = tables.pop() if crosses else None
    year = report_year(clock.now(), question.period.cut)
    return render_template(
        "statistics/trainees.html",
        question=question,
        problem=problem,
        tables=tables,
        cross=cross,
        matrix=turns_matrix(cross) if cross else None,
        total=tables[0].total,
        dimensions=list(Dimension),
        years=range(year, 2020, -1),
        for_staff=may_see_all_figures(current_user),
        selected=names_of_selection(question.selection, _labels()),
        rows_at=_rows_near(question),
        findings=_findings(question),
        bounds_words=bounds_words,
        follows=current_user.is_authenticated and may_see_sheets(current_user),
    )


def _findings(question: Question) -> list[Finding] | None:
    """What may be wrong with the figures as they are now, for those who may see the classes."""
    if not may_see_rows(current_user) or question.selection or not question.is_current:
        return None
    return findings(question.period, closed_classes(question.period), now=question.as_of)


@bp.get("/trainees.json")
@open_to(Audience.EVERYONE)
@described(
    "Turns, people and hours of trainees",
    TABLE_SCHEMA,
    query=_ASKED,
    otherwise=UNANSWERED,
)
def trainees_json() -> ResponseReturnValue:
    try:
        question = _question(Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return unanswered(error)
    return jsonify(as_json(_table(question), _rows_at(question)))


@bp.get("/trainees.csv")
@open_to(Audience.EVERYONE)
@described(
    "The same table for spreadsheets: keys, names, turns, people, hours, completed",
    media=CSV,
    query=_ASKED,
    otherwise=UNANSWERED,
)
def trainees_csv() -> ResponseReturnValue:
    try:
        question = _question(Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return unanswered(error)
    return file_of(
        as_csv(_table(question), _rows_at(question)),
        "trainees.csv",
        "text/csv; charset=utf-8",
    )


@bp.get("/trainees.xlsx")
@open_to(Audience.EVERYONE)
def trainees_xlsx() -> ResponseReturnValue:
    """The same table as a workbook, with what its figures mean on a sheet of its own."""
    try:
        question = _question(Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return unanswered(error)
    sheets = as_sheets(_table(question), _rows_at(question))
    return file_of(workbook(sheets), "trainees.xlsx", XLSX)


def _question(cut: Cut) -> Question:
    """What is asked for; raises ``RefusedError`` where an outsider may not know."""
    question = question_of(request.args, now=clock.now(), cut=cut)
    refusal = None if may_see_all_figures(current_user) else refusal_to_tell_outsiders(question)
    if refusal:
        raise RefusedError(refusal)
    return question


def _table(question: Question) -> ShownTable:
    return _tables(question, [question.by])[0]


def _tables(question: Question, tables: Sequence[tuple[Dimension, ...]]) -> list[ShownTable]:
    period, as_of = question.period, question.as_of
    if may_see_all_figures(current_user):
        counted = tables_of(period, tables=tables, as_of=as_of, selection=question.selection)
    else:
        counted = [public_counts(period, by=by, as_of=as_of) for by in tables]
    known = cache(names_known)
    return [shown(counts, _labels(), known) for counts in counted]


def _labels() -> Labels:
    labels: Labels = current_app.extensions["club.labels"]
    return labels


def _rows_near(question: Question) -> RowsAt | None:
    """Where a page finds the rows behind a figure, for those who may read them."""
    if not may_see_rows(current_user):
        return None
    return lambda selection: f"/statistics/participations?{question.address(selection)}"


def _rows_at(question: Question) -> RowsAt | None:
    """The same for files, which are opened elsewhere and later: as the records stood then."""
    if not may_see_rows(current_user):
        return None
    site = current_app.extensions["club.settings"].public_url

    def rows_at(selection: Selection) -> str:
        query = question.address(selection, as_of=question.as_of)
        return f"{site}/statistics/participations?{query}"

    return rows_at

"""Trainee counts for everybody, and the rows behind them for those who answer for them."""

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.models import RoleName
from club.documents.csv_file import csv_text
from club.periods import Cut, PeriodError
from club.refusal import RefusedError
from club.statistics import queries
from club.statistics.asking import (
    ARGUMENTS,
    BY,
    Question,
    question_of,
    refusal_to_tell_outsiders,
)
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from club.statistics.public import public_counts
from club.statistics.tables import TABLE_SCHEMA, ShownTable, as_csv, as_json, shown, turns_matrix
from club.web.access import Audience, open_to
from club.web.asked_times import report_year
from club.web.described import CSV, TEXT, described, record
from club.web.errors import error_answer
from club.web.layout import Labels

bp = Blueprint("statistics", __name__, url_prefix="/statistics")

STAFF = (
    RoleName.OFFICIAL, RoleName.COORDINATOR, RoleName.REPORTING_OFFICER, RoleName.ADMINISTRATOR,
)  # fmt: skip
#: Who may see each participation, though without names.
_ROW_READERS = (RoleName.OFFICIAL, RoleName.COORDINATOR, RoleName.ADMINISTRATOR)

_UNANSWERED = {
    422: (
        "The question cannot be read or answered",
        record(error=TEXT, advice=TEXT, request=TEXT),
    )
}


@bp.get("/trainees")
@open_to(Audience.EVERYONE)
def trainees() -> ResponseReturnValue:
    cut = Cut.REPORT if _is_staff() else Cut.CALENDAR
    try:
        question = _question(cut)
    except (PeriodError, RefusedError) as error:
        standard = question_of({}, now=clock.now(), cut=cut)
        return _page(standard, gettext(error.refusal.value)), 422
    return _page(question, None)


def _page(question: Question, problem: str | None) -> str:
    standard = [(Dimension.AUDIENCE,), (Dimension.TOPIC,), (Dimension.MONTH,), (Dimension.UNIT,)]
    tables = [_table(question, by) for by in ([question.by] if question.by else standard)]
    crosses = _is_staff() and not question.by
    cross = _table(question, (Dimension.AUDIENCE, Dimension.TOPIC)) if crosses else None
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
        export_query=request.query_string.decode(),
        for_staff=_is_staff(),
        sees_rows=current_user.is_authenticated and current_user.holds(*_ROW_READERS),
    )


@bp.get("/trainees.json")
@open_to(Audience.EVERYONE)
@described(
    "Turns, people and hours of trainees",
    TABLE_SCHEMA,
    query=ARGUMENTS | {"by": BY},
    otherwise=_UNANSWERED,
)
def trainees_json() -> ResponseReturnValue:
    try:
        question = _question(Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return _unanswered(error)
    return jsonify(as_json(_table(question, question.by)))


@bp.get("/trainees.csv")
@open_to(Audience.EVERYONE)
@described(
    "The same table for spreadsheets: keys, names, turns, people, hours, completed",
    media=CSV,
    query=ARGUMENTS | {"by": BY},
    otherwise=_UNANSWERED,
)
def trainees_csv() -> ResponseReturnValue:
    try:
        question = _question(Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return _unanswered(error)
    return _csv(as_csv(_table(question, question.by)), "trainees.csv")


@bp.get("/participations.csv")
@open_to(*(Audience(role.value) for role in _ROW_READERS))
@described(
    f"The rows behind the figures: {', '.join(queries.PARTICIPATION_COLUMNS)}",
    media=CSV,
    query=ARGUMENTS,
    otherwise=_UNANSWERED,
)
def participations_csv() -> ResponseReturnValue:
    """The rows behind the figures, written piece by piece: there may be many."""
    try:
        question = question_of(request.args, now=clock.now(), cut=Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return _unanswered(error)
    return _csv(_participation_lines(question), "participations.csv")


def _unanswered(error: PeriodError | RefusedError) -> Response:
    what_can_be_asked = gettext(
        "An address may name period, from, to, as_of, and by with any of %(dimensions)s. "
        "%(description)s says what each of them takes.",
        dimensions=", ".join(Dimension),
        description=url_for("web.description"),
    )
    return error_answer(422, gettext(error.refusal.value), what_can_be_asked)


def _participation_lines(question: Question) -> str:
    lines: list[list[object]] = [list(queries.PARTICIPATION_COLUMNS)]
    for row in queries.participations(question.period, as_of=question.as_of):
        *facts, minutes, completed = row
        lines.append([*map(_written, facts), round(minutes / 60, 2), int(completed)])
    return csv_text(lines)


def _written(value: object) -> object:
    return getattr(value, "value", value)


def _csv(text: str, name: str) -> Response:
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _question(cut: Cut) -> Question:
    """What is asked for; raises ``RefusedError`` where an outsider may not know."""
    question = question_of(request.args, now=clock.now(), cut=cut)
    refusal = None if _is_staff() else refusal_to_tell_outsiders(question)
    if refusal:
        raise RefusedError(refusal)
    return question


def _table(question: Question, by: tuple[Dimension, ...]) -> ShownTable:
    labels: Labels = current_app.extensions["club.labels"]
    counts = trainee_counts if _is_staff() else public_counts
    return shown(counts(question.period, by=by, as_of=question.as_of), labels)


def _is_staff() -> bool:
    return bool(current_user.is_authenticated and current_user.holds(*STAFF))

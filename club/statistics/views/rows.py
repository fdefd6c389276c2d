"""The rows behind a figure, for those who answer for it: with names on a page, which leads to the
class and its sheet, and without them in a file.
"""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from club import clock
from club.audit.looks import note_list
from club.documents.csv_file import csv_text
from club.hours import hours_in_file
from club.periods import Cut, PeriodError
from club.refusal import RefusedError
from club.statistics import queries
from club.statistics.asking import ARGUMENTS, SELECTED, Question, question_of
from club.statistics.figures import trainee_counts
from club.statistics.lists import KIND, months_listed
from club.statistics.permissions import may_see_sheets
from club.statistics.tables import names_of_selection
from club.statistics.views.blueprint import ROW_READERS, UNANSWERED, bp, file_of, unanswered
from club.web.access import open_to
from club.web.described import CSV, described
from club.web.layout import Labels
from club.web.pages import page_number


@bp.get("/participations")
@open_to(*ROW_READERS)
def participations() -> ResponseReturnValue:
    """Rows are reached from a figure: whoever changed its address reads what it may say."""
    try:
        question = question_of(request.args, now=clock.now(), cut=Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return unanswered(error)
    rows = queries.participation_page(
        question.period,
        as_of=question.as_of,
        selection=question.selection,
        page=page_number(request.args.get("page")),
    )
    labels: Labels = current_app.extensions["club.labels"]
    page = render_template(
        "statistics/participations.html",
        question=question,
        selected=names_of_selection(question.selection, labels),
        total=trainee_counts(
            question.period, as_of=question.as_of, selection=question.selection
        ).total,
        rows=rows,
        unit_names=queries.unit_names_by_id(),
        follows=may_see_sheets(current_user),
    )
    for month in months_listed(rows.items):
        note_list(KIND, month)
    return page


@bp.get("/participations.csv")
@open_to(*ROW_READERS)
@described(
    f"The rows behind the figures: {', '.join(queries.PARTICIPATION_COLUMNS)}",
    media=CSV,
    query=ARGUMENTS | SELECTED,
    otherwise=UNANSWERED,
)
def participations_csv() -> ResponseReturnValue:
    try:
        question = question_of(request.args, now=clock.now(), cut=Cut.CALENDAR)
    except (PeriodError, RefusedError) as error:
        return unanswered(error)
    return _csv(question)


def _csv(question: Question) -> Response:
    lines: list[list[object]] = [list(queries.PARTICIPATION_COLUMNS)]
    rows = queries.participations(
        question.period, as_of=question.as_of, selection=question.selection
    )
    for *facts, minutes, completed in rows:
        lines.append([*map(_written, facts), hours_in_file(minutes), int(completed)])
    return file_of(csv_text(lines), "participations.csv", "text/csv; charset=utf-8")


def _written(value: object) -> object:
    return getattr(value, "value", value)

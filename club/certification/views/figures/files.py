"""The same figures, and the rows behind them, as files; people by their public ids."""

from collections.abc import Callable
from functools import wraps

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.certification.figures.figures import figures_of
from club.certification.figures.questions import ARGUMENTS, Question, question_of
from club.certification.figures.rows import (
    ASKED_OF_CANDIDACIES,
    ASKED_OF_EXPERTS,
    candidacy_rows,
    expert_rows,
)
from club.certification.figures.writing import (
    CANDIDACY_COLUMNS,
    COLUMNS,
    EXPERT_COLUMNS,
    SCHEMA,
    as_json,
    candidacy_table,
    expert_table,
    table,
)
from club.certification.views.figures.blueprint import READERS, bp, unanswered
from club.documents.csv_file import csv_text
from club.documents.xlsx_file import XLSX, workbook
from club.periods import PeriodError
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.described import CSV, TEXT, described, record
from club.web.layout import Labels

_UNANSWERED = {422: ("The question cannot be read", record(error=TEXT, advice=TEXT, request=TEXT))}


def _answering(view: Callable[[Question], Response]) -> Callable[[], ResponseReturnValue]:
    """The view gets what is asked; what cannot be read is answered with what to write."""

    @wraps(view)
    def answer() -> ResponseReturnValue:
        try:
            return view(question_of(request.args, now=clock.now()))
        except (PeriodError, RefusedError) as error:
            return unanswered(error)

    return answer


@bp.get("/office/certification/figures.json")
@open_to(*READERS)
@described(
    "Certified experts and candidates on a report date",
    SCHEMA,
    query=ARGUMENTS,
    otherwise=_UNANSWERED,
)
@_answering
def figures_json(question: Question) -> Response:
    return jsonify(as_json(figures_of(question)))


@bp.get("/office/certification/figures.csv")
@open_to(*READERS)
@described(
    f"The same figures, one a line: {', '.join(COLUMNS)}",
    media=CSV,
    query=ARGUMENTS,
    otherwise=_UNANSWERED,
)
@_answering
def figures_csv(question: Question) -> Response:
    return _file(csv_text(table(figures_of(question), _labels())), "experts-figures.csv")


@bp.get("/office/certification/figures.xlsx")
@open_to(*READERS)
@_answering
def figures_xlsx(question: Question) -> Response:
    """With the rows behind the figures on sheets of their own."""
    sheets = [
        (gettext("Figures"), table(figures_of(question), _labels())),
        (gettext("Certificates that count"), expert_table(expert_rows(question, {}))),
        (gettext("Candidacies"), candidacy_table(candidacy_rows(question, {}))),
    ]
    response = Response(workbook(sheets), content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="experts-figures.xlsx"'
    return response


@bp.get("/office/certification/figures/experts.csv")
@open_to(*READERS)
@described(
    f"The certificates behind the figures: {', '.join(EXPERT_COLUMNS)}",
    media=CSV,
    query=ARGUMENTS | ASKED_OF_EXPERTS,
    otherwise=_UNANSWERED,
)
@_answering
def experts_csv(question: Question) -> Response:
    return _file(csv_text(expert_table(expert_rows(question, request.args))), "experts.csv")


@bp.get("/office/certification/figures/candidacies.csv")
@open_to(*READERS)
@described(
    f"The candidacies behind the figures: {', '.join(CANDIDACY_COLUMNS)}",
    media=CSV,
    query=ARGUMENTS | ASKED_OF_CANDIDACIES,
    otherwise=_UNANSWERED,
)
@_answering
def candidacies_csv(question: Question) -> Response:
    rows = candidacy_rows(question, request.args)
    return _file(csv_text(candidacy_table(rows)), "candidacies.csv")


def _labels() -> Labels:
    labels: Labels = current_app.extensions["club.labels"]
    return labels


def _file(text: str, name: str) -> Response:
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

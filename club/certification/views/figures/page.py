"""Certified experts against the plan's target, and how far candidates have come."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.certification.figures import queries
from club.certification.figures.experts import By
from club.certification.figures.figures import figures_of
from club.certification.figures.naming import named_lines
from club.certification.figures.questions import Question, question_of, standard_question
from club.certification.views.figures.blueprint import READERS, bp
from club.periods import Cut, PeriodError
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.asked_times import report_year

#: Before the plan there was nothing to count.
_FIRST_YEAR = 2021


@bp.get("/office/certification/figures")
@open_to(*READERS)
def figures() -> ResponseReturnValue:
    now = clock.now()
    try:
        return _page(question_of(request.args, now=now))
    except (PeriodError, RefusedError) as error:
        return _page(standard_question(now=now), gettext(error.refusal.value)), 422


def _page(question: Question, problem: str | None = None) -> str:
    found = figures_of(question)
    return render_template(
        "certification/figures/figures.html",
        figures=found,
        question=question,
        problem=problem,
        # What was typed stays, also where it cannot be read.
        typed_on=request.args.get("on") if problem else question.on.isoformat(),
        tables=[(by, named_lines(by, found.experts.by[by])) for by in By],
        schemes=queries.schemes_counted(),
        years=range(report_year(clock.now(), Cut.REPORT), _FIRST_YEAR - 1, -1),
        today=clock.today(),
    )

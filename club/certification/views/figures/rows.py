"""The rows behind a figure. Whoever may know who somebody is reads names and comes from there to
the certificate and the candidacy; the look is kept for those people to read of.
"""

from flask import abort, render_template, request

from club import clock
from club.audit.looks import note_list
from club.certification.figures.lists import CANDIDACIES, EXPERTS, KIND
from club.certification.figures.naming import candidate_key
from club.certification.figures.questions import Question, question_of
from club.certification.figures.rows import candidacy_rows, expert_rows
from club.certification.views.figures.blueprint import READERS, bp, names_candidates, unanswered
from club.periods import PeriodError
from club.refusal import RefusedError
from club.web.access import open_to


@bp.get("/office/certification/figures/experts")
@open_to(*READERS)
def experts() -> str:
    question = _question()
    rows = expert_rows(question, request.args)
    page = render_template(
        "certification/figures/experts.html",
        rows=rows,
        question=question,
        export_query=request.query_string.decode(),
        follows=names_candidates(),
    )
    if rows:
        note_list(KIND, EXPERTS)
    return page


@bp.get("/office/certification/figures/candidacies")
@open_to(*READERS)
def candidacies() -> str:
    question, named = _question(), names_candidates()
    rows = candidacy_rows(question, request.args)
    page = render_template(
        "certification/figures/candidacies.html",
        rows=rows,
        question=question,
        export_query=request.query_string.decode(),
        named=named,
        key_of=candidate_key,
    )
    if rows and named:
        note_list(KIND, CANDIDACIES)
    return page


def _question() -> Question:
    """Rows are reached from a figure: whoever changed its address reads what it may say."""
    try:
        return question_of(request.args, now=clock.now())
    except (PeriodError, RefusedError) as error:
        abort(unanswered(error))

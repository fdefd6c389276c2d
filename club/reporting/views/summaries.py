"""Summaries and reviews: composing them, changing their words, and handing them out as files."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.documents.administrative import administrative_pdf
from club.documents.administrative_docx import administrative_docx
from club.documents.docx_file import DOCX
from club.files.names import content_disposition
from club.periods import Cut, Period
from club.refusal import RefusedError
from club.reporting.permissions import may_ask
from club.reporting.summaries import operations, queries
from club.reporting.summaries.forms import ReviewForm
from club.reporting.summaries.letter import letter_of
from club.reporting.summaries.models import ReportSummary, SummaryKind
from club.reporting.views.blueprint import READERS, office_bp, request_or_404
from club.reporting.written import FigureKey
from club.statistics.reports.forms import TextsForm
from club.statistics.reports.models import TextBlock
from club.statistics.reports.naming import period_words
from club.statistics.reports.overtaking import Overtaken, bring_together
from club.statistics.reports.queries import letterhead
from club.statistics.reports.views.wordings import wording_page, words_kept_or_again
from club.web.access import Audience, open_to
from club.web.forms import ClubForm, show_refusal


@office_bp.post("/requests/<uuid:public_id>/summary")
@open_to(Audience.COORDINATOR)
def compose(public_id: UUID) -> ResponseReturnValue:
    found = request_or_404(public_id)
    if not ClubForm().validate():
        abort(400)
    title = f"Tổng hợp {found.title[:1].lower()}{found.title[1:]}"
    made = operations.compose_summary(found, title=title, by=current_user.id, now=clock.now())
    flash(gettext("Composed of the accepted reports. Change its words as you like."), "success")
    return redirect(_address(made))


@office_bp.get("/summaries/new")
@open_to(Audience.COORDINATOR)
def new_review() -> str:
    today = clock.today()
    usual = {
        "kind": SummaryKind.INTERIM.value,
        "part": "6M",
        "year": str(today.year),
        "cut": Cut.REPORT.value,
    }
    return _new_page(ReviewForm(data=usual))


@office_bp.post("/summaries/new")
@open_to(Audience.COORDINATOR)
def compose_review() -> ResponseReturnValue:
    form = ReviewForm()
    form.offer_periods(this_year=clock.today().year)
    if form.validate():
        try:
            made = operations.compose_review(
                SummaryKind(form.kind.data),
                form.period(),
                title=form.title.data,
                by=current_user.id,
                now=clock.now(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(
                gettext("Composed of the accepted reports. Change its words as you like."),
                "success",
            )
            return redirect(_address(made))
    return _new_page(form), form.answer_status


@office_bp.get("/summaries/<uuid:public_id>")
@open_to(*READERS)
def summary(public_id: UUID) -> str:
    return _page(public_id)


@office_bp.post("/summaries/<uuid:public_id>")
@open_to(Audience.COORDINATOR)
def edit(public_id: UUID) -> ResponseReturnValue:
    found, form = _summary_or_404(public_id), TextsForm()
    return words_kept_or_again(
        found.id,
        form,
        edit=operations.edit,
        again=lambda: _page(public_id, form),
        to=_address(found),
    )


@office_bp.get("/summaries/<uuid:public_id>/wordings/<int:number>")
@open_to(*READERS)
def wording(public_id: UUID, number: int) -> str:
    """What the summary said before somebody changed it."""
    found = _summary_or_404(public_id)
    desk = gettext("Reports of departments"), url_for("department_reports.desk")
    return wording_page(found.wordings, number, of=found.title, here=_address(found), below=desk)


@office_bp.get("/summaries/<uuid:public_id>.docx")
@open_to(*READERS)
def summary_docx(public_id: UUID) -> Response:
    found = _summary_or_404(public_id)
    document = letter_of(found, letterhead())
    return _file(found, administrative_docx(document, made_at=found.changed_at), "docx", DOCX)


@office_bp.get("/summaries/<uuid:public_id>.pdf")
@open_to(*READERS)
def summary_pdf(public_id: UUID) -> Response:
    found = _summary_or_404(public_id)
    made = administrative_pdf(letter_of(found, letterhead()), made_at=found.changed_at)
    return _file(found, made, "pdf", "application/pdf")


def _summary_or_404(public_id: UUID) -> ReportSummary:
    return queries.summary_by_public_id(public_id) or abort(404)


def _address(found: ReportSummary) -> str:
    return url_for("department_reports.summary", public_id=found.public_id)


def _overtaken(found: ReportSummary, form: TextsForm) -> Overtaken | None:
    return bring_together(form, found, found.wordings)


def _file(found: ReportSummary, body: bytes, ending: str, media: str) -> Response:
    response = Response(body, content_type=media)
    response.headers["Content-Disposition"] = content_disposition(f"{found.title}.{ending}")
    return response


def _new_page(form: ReviewForm) -> str:
    form.offer_periods(this_year=clock.today().year)
    return render_template("reporting/new_review.html", form=form)


def _page(public_id: UUID, form: TextsForm | None = None) -> str:
    found = _summary_or_404(public_id)
    filled = TextsForm(formdata=None, data=found.words | {"revision": found.revision})
    return render_template(
        "reporting/summary.html",
        summary=found,
        period=period_words(Period(found.first_day, found.last_day, found.cut, found.period_name)),
        moved=[one for one in found.sources if one.has_moved],
        blocks=list(TextBlock),
        figure_keys=list(FigureKey),
        form=form or filled,
        overtaken=_overtaken(found, form) if form else None,
        may_ask=may_ask(current_user),
    )

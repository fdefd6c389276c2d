"""The side of whoever complains, with an account or without, and of whom it is about."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, session
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from club import clock
from club.certification.objections import queries
from club.certification.objections.days import (
    months_of_keeping,
    usual_days_to_acknowledge,
    usual_days_to_answer,
)
from club.certification.objections.forms import (
    AnswerForm,
    ComplaintForm,
    PaperForm,
    TakeBackForm,
    VisitorComplaintForm,
)
from club.certification.objections.letters import LINK
from club.certification.objections.models import Complaint, ComplaintHearing, ComplaintState
from club.certification.objections.operations import complaining
from club.certification.objections.operations.complaining import Sender
from club.certification.objections.permissions import is_heard, is_sender
from club.certification.objections.rules import MOST_PAPERS
from club.certification.views.objections.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.even_answers import answers_evenly
from club.web.forms import ClubForm, show_refusal, uuid_in
from club.web.limits import Limit, spend

#: What visitors send goes to mailboxes that they name; only what is fit to be sent counts.
BY_VISITORS = Limit("complaint", "20 per hour", "5 per hour")
_SIGNED_IN = Limit("own-complaint", per_name="20 per hour", name=lambda: current_user.fs_uniquifier)


@bp.get("/complaints/new")
@open_to(Audience.EVERYONE)
def new_complaint() -> str:
    return _form_page(_form())


@bp.post("/complaints/new")
@open_to(Audience.EVERYONE)
@answers_evenly
def complain() -> ResponseReturnValue:
    """A visitor reads the same answer whoever has the address."""
    form = _form()
    if not form.validate():
        return _form_page(form), form.answer_status
    is_known = current_user.is_authenticated
    spend(_SIGNED_IN if is_known else BY_VISITORS)
    try:
        made = complaining.complain(_sender(form), form.grievance(), now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _form_page(form), form.answer_status
    if is_known:
        _say_received(made)
        return redirect(f"/complaints/{made.public_id}")
    session["complained_from"] = made.email
    return redirect("/complaints/sent")


@bp.get("/complaints/sent")
@open_to(Audience.EVERYONE)
def complaint_sent() -> str:
    return render_template(
        "certification/objections/complaint_sent.html", email=session.get("complained_from", "")
    )


@bp.get("/complaints/by-link/<string:token>")
@open_to(Audience.EVERYONE)
def complaint_by_link(token: str) -> str:
    """Looking changes nothing, for mail filters follow links."""
    complaint = complaint_of_link(token)
    if complaint.state is ComplaintState.UNCONFIRMED:
        return render_template(
            "certification/objections/complaint_confirm.html", complaint=complaint, token=token
        )
    return own_complaint_page(complaint, here=f"/complaints/by-link/{token}")


@bp.post("/complaints/by-link/<string:token>")
@open_to(Audience.EVERYONE)
def confirm_complaint(token: str) -> ResponseReturnValue:
    made = complaining.confirm(complaint_of_link(token).id, now=clock.now())
    _say_received(made)
    return redirect(f"/complaints/by-link/{token}")


@bp.post("/complaints/by-link/<string:token>/withdrawal")
@open_to(Audience.EVERYONE)
def take_back_by_link(token: str) -> ResponseReturnValue:
    return _taken_back(complaint_of_link(token), here=f"/complaints/by-link/{token}", by=None)


@bp.get("/complaints/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def own_complaint(public_id: UUID) -> str:
    return own_complaint_page(own_complaint_or_404(public_id), here=f"/complaints/{public_id}")


@bp.post("/complaints/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def take_complaint_back(public_id: UUID) -> ResponseReturnValue:
    here = f"/complaints/{public_id}"
    return _taken_back(own_complaint_or_404(public_id), here=here, by=current_user.id)


@bp.get("/complaints/hearings/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def hearing(public_id: UUID) -> str:
    return _hearing_page(_hearing_or_404(public_id), AnswerForm())


@bp.post("/complaints/hearings/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def answer_complaint(public_id: UUID) -> ResponseReturnValue:
    found, form = _hearing_or_404(public_id), AnswerForm()
    if form.validate():
        try:
            complaining.answer(found.id, form.words.data, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            if refused.field is None:
                raise
            show_refusal(form, refused)
        else:
            flash(gettext("The club has your answer."), "success")
            return redirect(f"/complaints/hearings/{public_id}")
    return _hearing_page(_hearing_or_404(public_id), form), form.answer_status


def _form() -> ComplaintForm:
    return ComplaintForm() if current_user.is_authenticated else VisitorComplaintForm()


def _sender(form: ComplaintForm) -> Sender:
    if isinstance(form, VisitorComplaintForm):
        return Sender(str(get_locale()), full_name=form.full_name.data, email=form.email.data)
    return Sender(str(get_locale()), person_id=current_user.person_id, account_id=current_user.id)


def _say_received(made: Complaint) -> None:
    said = gettext("The club has your complaint, number %(number)s.", number=made.number)
    flash(said, "success")


def _taken_back(complaint: Complaint, *, here: str, by: int | None) -> ResponseReturnValue:
    form = TakeBackForm()
    if not form.validate():
        return own_complaint_page(complaint, form, here=here), form.answer_status
    complaining.take_back(complaint.id, reason=form.reason.data, by=by, now=clock.now())
    flash(gettext("You took your complaint back."), "success")
    return redirect(here)


def complaint_of_link(token: str) -> Complaint:
    public_id = uuid_in(str(LINK.opened(token)))
    found = queries.complaint_by_public_id(public_id) if public_id else None
    return found if found and found.person_id is None else abort(404)


def own_complaint_or_404(public_id: UUID) -> Complaint:
    complaint = queries.complaint_by_public_id(public_id) or abort(404)
    permit(is_sender(current_user, complaint))
    return complaint


def _hearing_or_404(public_id: UUID) -> ComplaintHearing:
    found = queries.hearing_by_public_id(public_id) or abort(404)
    permit(is_heard(current_user, found))
    return found


def _form_page(form: ComplaintForm) -> str:
    return render_template(
        "certification/objections/complaint_form.html",
        form=form,
        days=usual_days_to_answer(),
        days_to_acknowledge=usual_days_to_acknowledge(),
        months=months_of_keeping(),
    )


def own_complaint_page(complaint: Complaint, sent: ClubForm | None = None, *, here: str) -> str:
    """``sent``: the form that is to be mended."""
    form, paper = (sent if isinstance(sent, kind) else kind() for kind in (TakeBackForm, PaperForm))
    return render_template(
        "certification/objections/own_complaint.html",
        complaint=complaint,
        form=form,
        paper=paper,
        most_papers=MOST_PAPERS,
        here=here,
    )


def _hearing_page(found: ComplaintHearing, form: AnswerForm) -> str:
    return render_template("certification/objections/hearing.html", hearing=found, form=form)

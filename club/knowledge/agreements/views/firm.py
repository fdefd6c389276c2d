"""The side of those who speak for a firm: what they are asked, agree to, and take back."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.files.serving import personal_file_response
from club.knowledge.agreements import queries
from club.knowledge.agreements.forms import DeclineForm, GiveForm, WithdrawalForm
from club.knowledge.agreements.labels import EXTENT_KEYS, EXTENTS_BY_KEY
from club.knowledge.agreements.models import Agreement
from club.knowledge.agreements.operations import asking, recording
from club.knowledge.agreements.views.blueprint import bp
from club.knowledge.editing.showing import as_read
from club.knowledge.facts import document_of
from club.people.models import Organisation
from club.people.permissions import may_see_organisation
from club.people.queries import organisation_by_code, represents
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm, show_refusal

_PATH = "/organisations/<string:code>/agreements"


@bp.get(_PATH)
@open_to(Audience.SIGNED_IN)
def of_firm(code: str) -> str:
    firm = _firm(code)
    agreements = queries.agreements_with(firm.id)
    return render_template(
        "knowledge/agreements/of_firm.html",
        firm=firm,
        agreements=agreements,
        texts=queries.texts_of(agreements),
    )


@bp.get(f"{_PATH}/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def one_of_firm(code: str, public_id: UUID) -> str:
    return _page(_found(_firm(code), public_id))


@bp.post(f"{_PATH}/<uuid:public_id>/giving")
@open_to(Audience.SIGNED_IN)
def give(code: str, public_id: UUID) -> ResponseReturnValue:
    found, form = _own(code, public_id), GiveForm(prefix="give")
    if form.validate():
        try:
            asking.give(
                found.id,
                EXTENTS_BY_KEY[form.extent.data],
                form.words.data,
                by=current_user.id,
                now=clock.now(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            return _done(code, public_id, gettext("Thank you. The club reads that you agree."))
    return _page(_own(code, public_id), give=form), form.answer_status


@bp.post(f"{_PATH}/<uuid:public_id>/declining")
@open_to(Audience.SIGNED_IN)
def decline(code: str, public_id: UUID) -> ResponseReturnValue:
    found, form = _own(code, public_id), DeclineForm(prefix="decline")
    if form.validate():
        try:
            asking.decline(found.id, form.reason.data, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            return _done(code, public_id, gettext("The club reads that you do not agree."))
    return _page(_own(code, public_id), decline=form), form.answer_status


@bp.post(f"{_PATH}/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def take_back(code: str, public_id: UUID) -> ResponseReturnValue:
    found, form = _own(code, public_id), WithdrawalForm(prefix="back")
    form.offer(found.extent)
    if form.validate():
        try:
            recording.withdraw(found.id, form.withdrawal, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            done = gettext("Taken back. What readers see follows it from now on.")
            return _done(code, public_id, done)
    return _page(_own(code, public_id), back=form), form.answer_status


@bp.get(f"{_PATH}/<uuid:public_id>/scan")
@open_to(Audience.SIGNED_IN)
def scan_of_firm(code: str, public_id: UUID) -> Response:
    return personal_file_response(_found(_firm(code), public_id).scan or abort(404))


def _done(code: str, public_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(f"/organisations/{code}/agreements/{public_id}")


def _speaks_for(firm: Organisation) -> bool:
    return represents(current_user.person_id, firm.id, on=clock.today())


def _firm(code: str) -> Organisation:
    """For who speaks for it; the club's staff look on."""
    firm = organisation_by_code(code) or abort(404)
    permit(may_see_organisation(current_user, represents=_speaks_for(firm)))
    return firm


def _found(firm: Organisation, public_id: UUID) -> Agreement:
    found = queries.agreement_by_public_id(public_id) or abort(404)
    permit(found.organisation_id == firm.id)
    return found


def _own(code: str, public_id: UUID) -> Agreement:
    """For who speaks for the firm alone."""
    firm = _firm(code)
    permit(_speaks_for(firm))
    return _found(firm, public_id)


def _page(found: Agreement, **sent: ClubForm) -> str:
    """``sent``: a form that is to be mended."""
    firm = found.organisation or abort(404)
    back = sent.get("back") or WithdrawalForm(formdata=None, prefix="back")
    if isinstance(back, WithdrawalForm) and not back.left.choices:
        back.offer(found.extent)
    asked = {"extent": EXTENT_KEYS[found.extent]}
    text = queries.text_asked_about(found)
    return render_template(
        "knowledge/agreements/one_of_firm.html",
        agreement=found,
        firm=firm,
        subject=text,
        speaks=_speaks_for(firm),
        here=f"/organisations/{firm.code}/agreements/{found.public_id}",
        give=sent.get("give") or GiveForm(formdata=None, prefix="give", data=asked),
        decline=sent.get("decline") or DeclineForm(formdata=None, prefix="decline"),
        back=back,
        **as_read(document_of(queries.facts_of(text))),
    )

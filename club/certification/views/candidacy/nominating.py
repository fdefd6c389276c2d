"""Nominating: an organisation proposes somebody of its own, the club anybody."""

import uuid

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.candidacy import queries
from club.certification.candidacy.forms import NominationForm
from club.certification.candidacy.operations import applying
from club.certification.candidacy.operations.applying import Nomination
from club.certification.views.candidacy.blueprint import address_of, bp
from club.people import queries as people
from club.people.models import Organisation, Person
from club.refusal import RefusedError
from club.registration.views.nominations import own_organisation
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal, uuid_in


@bp.get("/organisations/<string:code>/certification")
@open_to(Audience.SIGNED_IN)
def of_organisation(code: str) -> str:
    return _organisation_page(own_organisation(code), NominationForm())


@bp.post("/organisations/<string:code>/certification")
@open_to(Audience.SIGNED_IN)
def nominate_of_organisation(code: str) -> ResponseReturnValue:
    organisation, form = own_organisation(code), NominationForm()
    if _nominated(form, organisation):
        flash(gettext("The person has been asked by letter and agrees or declines."), "success")
        return redirect(f"/organisations/{code}/certification")
    return _organisation_page(own_organisation(code), form), form.answer_status


@bp.post("/organisations/<string:code>/certification/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def take_back(code: str, public_id: uuid.UUID) -> ResponseReturnValue:
    organisation = own_organisation(code)
    candidate = queries.candidate_by_public_id(public_id) or abort(404)
    permit(candidate.nominated_for_id == organisation.id)
    applying.take_nomination_back(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("The nomination has been taken back; the person is told."), "success")
    return redirect(f"/organisations/{code}/certification")


@bp.get("/office/certification/candidates/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def new() -> str:
    return _club_page(NominationForm())


@bp.post("/office/certification/candidates/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def nominate() -> ResponseReturnValue:
    form = NominationForm()
    candidate_id = _nominated(form, None)
    if candidate_id:
        flash(gettext("The person has been asked by letter and agrees or declines."), "success")
        return redirect(f"/candidacies/{candidate_id}")
    return _club_page(form), form.answer_status


@bp.post("/candidacies/<uuid:public_id>/nomination/withdrawal")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def take_back_of_club(public_id: uuid.UUID) -> ResponseReturnValue:
    candidate = queries.candidate_by_public_id(public_id) or abort(404)
    applying.take_nomination_back(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("The nomination has been taken back; the person is told."), "success")
    return redirect(address_of(candidate))


def _nominated(form: NominationForm, organisation: Organisation | None) -> uuid.UUID | None:
    """The candidacy that begins with what was sent; ``None``: the form says what to mend."""
    _offer(form, organisation)
    if not form.validate():
        return None
    nomination = Nomination(
        person_id=form.people[form.person.data].id,
        level_id=form.levels[form.level.data].id,
        organisation_id=organisation.id if organisation else None,
        remark=form.remark.data,
    )
    try:
        return applying.nominate(nomination, by=current_user.id, now=clock.now()).public_id
    except RefusedError as refused:
        show_refusal(form, refused)
        return None


def _offer(form: NominationForm, organisation: Organisation | None) -> None:
    today = clock.today()
    if organisation:
        whom = people.colleagues_in(organisation.id, on=today)
    else:
        person = _person(form.person.data or request.args.get("person", ""))
        whom = [person] if person else []
    form.offer(whom, queries.levels_taking_candidates(on=today))


def _person(typed: str) -> Person | None:
    public_id = uuid_in(typed)
    return people.person_by_public_id(public_id) if public_id else None


def _organisation_page(organisation: Organisation, form: NominationForm) -> str:
    _offer(form, organisation)
    return render_template(
        "certification/candidacy/of_organisation.html",
        organisation=organisation,
        form=form,
        nominated=queries.nominated_for(organisation.id, on=clock.today()),
    )


def _club_page(form: NominationForm) -> str:
    """Whom to nominate comes first, then for which level."""
    _offer(form, None)
    text = request.args.get("q", "")[:200]
    return render_template(
        "certification/candidacy/nominate.html",
        form=form,
        person=next(iter(form.people.values()), None),
        q=text,
        found=people.people_matching(text) if text.strip() else [],
    )

"""An organisation's people in a class: who has a place, who waits, and sending somebody else."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.readers import reader, readers_of
from club.refusal import RefusedError
from club.registration.eligibility import verdict_on_nominations
from club.registration.forms import ReasonForm
from club.registration.models import Registration
from club.registration.nominations import queries
from club.registration.nominations.forms import SubstitutionForm
from club.registration.nominations.queries import Reckoned
from club.registration.nominations.rules import substituting as rules
from club.registration.nominations.rules.taking_back import refusal_to_take_back
from club.registration.nominations.substituting import Instead, substitute
from club.registration.nominations.taking_back import take_back
from club.registration.queries import registration_by_public_id, terms_of_run
from club.registration.questions.queries import lacking_answers
from club.registration.unreached import unreached_of
from club.registration.views.blueprint import bp
from club.registration.views.nominations import announced_run, own_organisation, speaks_for
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal
from club.web.page_parts import OrganisationInRun, PageOf, page_parts


@bp.get("/organisations/<string:code>/classes/<string:run>")
@open_to(Audience.SIGNED_IN)
def our_people(code: str, run: str) -> str:
    organisation, its_run, now = own_organisation(code), announced_run(run), clock.now()
    terms, speaks = terms_of_run(its_run), speaks_for(organisation)
    rows = queries.our_people(its_run.id, organisation.id, now=now)
    replaceable = {
        row.registration.id
        for row in rows
        if rules.refusal_to_substitute(
            row.registration, terms, is_nominated=row.is_nominated, by_staff=not speaks, at=now
        )
        is None
    }
    returnable = {
        row.registration.id
        for row in rows
        if speaks
        and refusal_to_take_back(row.registration, terms, is_nominated=row.is_nominated, at=now)
        is None
    }
    return render_template(
        "registration/nominations/our_people.html",
        organisation=organisation,
        run=its_run,
        here=[row for row in rows if row.registration.state.is_active],
        gone=[row for row in rows if not row.registration.state.is_active],
        replaceable=replaceable,
        returnable=returnable,
        unanswered=lacking_answers(its_run.id),
        unreached=unreached_of(its_run.id, organisation_id=organisation.id),
        may_nominate=verdict_on_nominations(its_run, way_in=terms.way_in, at=now).allows,
        parts=page_parts(
            PageOf.ORGANISATION_IN_RUN,
            OrganisationInRun(its_run.id, organisation.id),
            account=current_user,
            now=now,
        ),
    )


@bp.get("/organisations/<string:code>/registrations/<uuid:public_id>/substitution")
@open_to(Audience.SIGNED_IN)
def substitution(code: str, public_id: uuid.UUID) -> str:
    return _page(code, _theirs(code, public_id), SubstitutionForm())


@bp.post("/organisations/<string:code>/registrations/<uuid:public_id>/substitution")
@open_to(Audience.SIGNED_IN)
def send_somebody_else(code: str, public_id: uuid.UUID) -> ResponseReturnValue:
    theirs, form = _theirs(code, public_id), SubstitutionForm()
    _offer(form, theirs)
    is_valid, sheet = form.validate(), form.read()
    if not is_valid or form.person.errors:
        return _page(code, theirs, form), 422
    run_code, by_staff = theirs.run.code, not speaks_for(own_organisation(code))
    instead = Instead(form.ticked, sheet.rows, form.reason.data, by_staff)
    try:
        substitute(theirs.id, instead, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(code, _theirs(code, public_id), form), 422 if refused.field else 409
    _say_who_was_told(theirs)
    return redirect(url_for("registration.our_people", code=code, run=run_code))


@bp.get("/organisations/<string:code>/registrations/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def nomination_to_take_back(code: str, public_id: uuid.UUID) -> str:
    return _taking_back_page(code, _spoken_for(code, public_id), ReasonForm())


@bp.post("/organisations/<string:code>/registrations/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def take_nomination_back(code: str, public_id: uuid.UUID) -> ResponseReturnValue:
    theirs, form = _spoken_for(code, public_id), ReasonForm()
    if not form.validate():
        return _taking_back_page(code, theirs, form), 422
    name, run_code = theirs.person.full_name, theirs.run.code
    is_told = reader(theirs.person_id).email is not None
    try:
        take_back(theirs.id, reason=form.reason.data, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _taking_back_page(code, _theirs(code, public_id), form), form.answer_status
    if is_told:
        flash(gettext("%(name)s is off the list and has been told.", name=name), "success")
    else:
        flash(
            gettext(
                "%(name)s is off the list. No letter reaches this person: please tell them.",
                name=name,
            ),
            "warning",
        )
    return redirect(url_for("registration.our_people", code=code, run=run_code))


def _say_who_was_told(gone: Registration) -> None:
    """Whom no letter reaches is told by the organisation."""
    come = queries.successor_of(gone.id)
    people = [one.person for one in (gone, come) if one is not None]
    readers = readers_of([person.id for person in people])
    untold = [one.full_name for one in readers.values() if one.email is None]
    if not untold:
        flash(gettext("The place goes to the other person. Both have been told."), "success")
        return
    flash(
        gettext(
            "The place goes to the other person. No letter reaches %(names)s: please tell them.",
            names=", ".join(untold),
        ),
        "warning",
    )


def _spoken_for(code: str, public_id: uuid.UUID) -> Registration:
    """For who speaks for the organisation; the club's staff take people off at their own desk."""
    theirs = _theirs(code, public_id)
    permit(speaks_for(own_organisation(code)))
    return theirs


def _theirs(code: str, public_id: uuid.UUID) -> Registration:
    organisation = own_organisation(code)
    registration = registration_by_public_id(public_id) or abort(404)
    permit(registration.organisation_id == organisation.id)
    return registration


def _offer(form: SubstitutionForm, theirs: Registration) -> None:
    assert theirs.organisation_id
    who = Reckoned(theirs.organisation_id, theirs.run_id, clock.today())
    form.offer(one for one in queries.colleagues(who) if not one.is_on_list)


def _page(code: str, theirs: Registration, form: SubstitutionForm) -> str:
    _offer(form, theirs)
    now, terms = clock.now(), terms_of_run(theirs.run)
    organisation = own_organisation(code)
    return render_template(
        "registration/nominations/substitution.html",
        organisation=organisation,
        registration=theirs,
        run=theirs.run,
        form=form,
        needs_reason=rules.is_late(theirs.run, terms, at=now),
        refusal=rules.refusal_to_substitute(
            theirs,
            terms,
            is_nominated=queries.nominee_of(theirs.id) is not None,
            by_staff=not speaks_for(organisation),
            at=now,
        ),
    )


def _taking_back_page(code: str, theirs: Registration, form: ReasonForm) -> str:
    is_nominated = queries.nominee_of(theirs.id) is not None
    return render_template(
        "registration/nominations/taking_back.html",
        organisation=own_organisation(code),
        registration=theirs,
        run=theirs.run,
        form=form,
        refusal=refusal_to_take_back(
            theirs, terms_of_run(theirs.run), is_nominated=is_nominated, at=clock.now()
        ),
    )

"""An organisation sends people to a class: write the list, look it over, confirm it, see what
became of everybody. Nothing is kept before it is confirmed, and nothing typed is lost.
"""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses.models import Run
from club.courses.permissions import may_see_run
from club.courses.queries import run_by_code
from club.people import queries as people
from club.people.models import Organisation
from club.people.permissions import may_change_organisation
from club.refusal import RefusedError
from club.registration.eligibility import verdict_on_nominations
from club.registration.nominations import operations, queries
from club.registration.nominations.forms import ConfirmationForm, NominationForm
from club.registration.nominations.judging import judged
from club.registration.nominations.models import Outcome
from club.registration.nominations.operations import Slip
from club.registration.nominations.queries import Reckoned
from club.registration.nominations.rules.nominating import NominationRefusal
from club.registration.nominations.rules.sheet import MOST_PEOPLE, Sheet
from club.registration.queries import terms_of_run
from club.registration.questions.queries import questions_of_run
from club.registration.rules.coming import Verdict
from club.registration.unreached import unreached_of
from club.registration.views.blueprint import bp
from club.web.access import Audience, open_to, permit


@bp.get("/organisations/<string:code>/nominate/<string:run>")
@open_to(Audience.SIGNED_IN)
def nominate(code: str, run: str) -> str:
    return _form_page(own_organisation(code), announced_run(run), NominationForm())


@bp.post("/organisations/<string:code>/nominate/<string:run>")
@open_to(Audience.SIGNED_IN)
def change_nomination(code: str, run: str) -> str:
    """Back from the preview, with everything that was typed."""
    return _form_page(own_organisation(code), announced_run(run), NominationForm())


@bp.post("/organisations/<string:code>/nominate/<string:run>/preview")
@open_to(Audience.SIGNED_IN)
def preview_nomination(code: str, run: str) -> ResponseReturnValue:
    organisation, its_run = own_organisation(code), announced_run(run)
    form = NominationForm()
    sheet = form.read()
    if form.people.errors or not _verdict(its_run).allows:
        return _form_page(organisation, its_run, form), 422
    return _preview_page(organisation, its_run, ConfirmationForm(), sheet)


@bp.post("/organisations/<string:code>/nominations/<string:run>")
@open_to(Audience.SIGNED_IN)
def confirm_nomination(code: str, run: str) -> ResponseReturnValue:
    organisation, its_run = own_organisation(code), announced_run(run)
    form = ConfirmationForm()
    sheet = form.read()
    if not form.people.errors and form.nomination_id is None:
        form.form_errors.append(gettext(NominationRefusal.NOT_LOOKED_OVER.value))
    if form.errors:
        return _form_page(organisation, its_run, form), 422
    if not form.validate():
        return _preview_page(organisation, its_run, form, sheet), 422
    try:
        nomination = operations.nominate(
            _slip(organisation, its_run, form, sheet), by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        flash(gettext(refused.refusal.value), "warning")
        return _form_page(own_organisation(code), announced_run(run), form), 409
    return redirect(url_for("registration.nomination", code=code, public_id=nomination))


@bp.get("/organisations/<string:code>/nominations/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def nomination(code: str, public_id: uuid.UUID) -> str:
    """What became of everybody, and how they stand now."""
    organisation = own_organisation(code)
    found = queries.nomination_by_public_id(public_id) or abort(404)
    permit(found.organisation_id == organisation.id)
    by_outcome = {
        outcome: [one for one in found.nominees if one.outcome is outcome] for outcome in Outcome
    }
    return render_template(
        "registration/nominations/outcome.html",
        organisation=organisation,
        run=found.run,
        nomination=found,
        places=by_outcome[Outcome.PLACE],
        waiting=by_outcome[Outcome.WAITING],
        left_out=[*by_outcome[Outcome.ALREADY], *by_outcome[Outcome.REFUSED]],
        positions=queries.places_in_line(found.nominees, now=clock.now()),
        unreached=unreached_of(found.run_id, organisation_id=organisation.id),
    )


def own_organisation(code: str) -> Organisation:
    """The organisation, for who speaks for it today, and for the club's staff."""
    organisation = people.organisation_by_code(code) or abort(404)
    permit(may_change_organisation(current_user, represents=speaks_for(organisation)))
    return organisation


def speaks_for(organisation: Organisation) -> bool:
    return people.represents(current_user.person_id, organisation.id, on=clock.today())


def announced_run(code: str) -> Run:
    run = run_by_code(code) or abort(404)
    permit(may_see_run(current_user, run))
    return run


def _verdict(run: Run) -> Verdict:
    way_in = terms_of_run(run).way_in
    return verdict_on_nominations(run, way_in=way_in, at=clock.now())


def _slip(organisation: Organisation, run: Run, form: ConfirmationForm, sheet: Sheet) -> Slip:
    return Slip(
        public_id=form.nomination_id or uuid.uuid4(),
        run_id=run.id,
        organisation_id=organisation.id,
        ticked=form.ticked,
        rows=sheet.rows,
        places_shown=form.shown,
        statement=form.statement,
        by_staff=not speaks_for(organisation),
    )


def _form_page(organisation: Organisation, run: Run, form: NominationForm) -> str:
    colleagues = queries.colleagues(Reckoned(organisation.id, run.id, clock.today()))
    form.offer(one for one in colleagues if not one.is_on_list)
    return render_template(
        "registration/nominations/form.html",
        organisation=organisation,
        run=run,
        form=form,
        verdict=_verdict(run),
        on_list=[one.full_name for one in colleagues if one.is_on_list],
        most=MOST_PEOPLE,
    )


def _preview_page(
    organisation: Organisation, run: Run, form: ConfirmationForm, sheet: Sheet
) -> str:
    who = Reckoned(organisation.id, run.id, clock.today())
    listed = judged(form.ticked, sheet.rows, who)
    coming = [one.candidate for one in listed if one.shown is None]
    places = queries.places_for(run, organisation, people=len(coming), now=clock.now())
    form.nomination.data = str(form.nomination_id or uuid.uuid4())
    form.places_shown.data = str(places)
    return render_template(
        "registration/nominations/preview.html",
        organisation=organisation,
        run=run,
        form=form,
        coming=coming,
        left_out=[(one.candidate, one.shown) for one in listed if one.shown],
        places=places,
        questions=len(questions_of_run(run.id)),
        most_per_organisation=terms_of_run(run).most_per_organisation,
    )

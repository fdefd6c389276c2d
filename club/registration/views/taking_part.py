"""A run's page, and what a person does about a place in it."""

import uuid
from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import Account, ConsentPurpose
from club.courses.permissions import may_see_run
from club.courses.queries import RunGlance, run_at_a_glance
from club.courses.run_lists import next_open_run
from club.people.operations import state_phone
from club.refusal import RefusedError
from club.registration import operations, permissions, queries, rules
from club.registration.forms import RegistrationForm
from club.registration.models import Registration
from club.registration.places import Taken
from club.registration.standing import PersonalStanding, standing_of, standing_of_anybody
from club.registration.views.run_page import drawn_run_page, online_link
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal

bp = Blueprint("registration", __name__)


@bp.get("/runs/<string:code>")
@open_to(Audience.EVERYONE)
def run_page(code: str) -> ResponseReturnValue:
    run, now = _visible_run(code), clock.now()
    mine = _my_standing(run, now=now)
    return drawn_run_page(run, mine, _form(mine), now=now)


@bp.post("/runs/<string:code>/registration")
@open_to(Audience.SIGNED_IN)
def register(code: str) -> ResponseReturnValue:
    run, now = _visible_run(code), clock.now()
    mine = standing_of(current_user, run, now=now)
    form = _form(mine)
    if form is None:
        if mine.registration:
            return _already(run)
        return drawn_run_page(run, mine, None, now=now), 409
    if not form.validate():
        return drawn_run_page(run, mine, form, now=now), 422
    try:
        taken = _take_a_place(run.id, form, now=now)
    except RefusedError as refused:
        show_refusal(form, refused)
        # The run may have changed since the page was opened: say how it stands now.
        run = _visible_run(code)
        mine = standing_of(current_user, run, now=now)
        return drawn_run_page(run, mine, form, now=now), 422 if refused.field else 409
    _say_how_it_went(taken)
    return redirect(url_for("registration.run_page", code=code))


@bp.get("/me/registrations")
@open_to(Audience.SIGNED_IN)
def own_list() -> str:
    now = clock.now()
    rows = queries.registrations_of(current_user.person_id)
    ahead = [row for row in rows if rules.is_ahead(row.registration, at=now)]
    past = [row for row in reversed(rows) if not rules.is_ahead(row.registration, at=now)]
    return render_template("registration/own_list.html", ahead=ahead, past=past)


@bp.get("/registrations/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def registration_page(public_id: uuid.UUID) -> str:
    registration, now = _visible_registration(public_id), clock.now()
    run = registration.run
    return render_template(
        "registration/registration.html",
        registration=registration,
        run=run,
        instead=next_open_run(run.course.slug, now=now) if run.cancelled_at else None,
        position=queries.position_of(registration),
        story=queries.story_of(registration),
        is_own=permissions.may_withdraw(current_user, registration),
        refusal=rules.refusal_to_withdraw(registration, at=now),
        online_link=online_link(_account(), run, registration),
    )


@bp.post("/registrations/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw(public_id: uuid.UUID) -> ResponseReturnValue:
    registration = _visible_registration(public_id)
    permit(permissions.may_withdraw(current_user, registration))
    try:
        operations.withdraw(registration.id, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        flash(gettext(refused.refusal.value), "warning")
    else:
        flash(gettext("Your name is off the list. Thank you for giving the place back."), "success")
    return redirect(url_for("registration.registration_page", public_id=public_id))


def _visible_run(code: str) -> RunGlance:
    run = run_at_a_glance(code) or abort(404)
    permit(may_see_run(_account(), run))
    return run


def _visible_registration(public_id: uuid.UUID) -> Registration:
    registration = queries.registration_by_public_id(public_id) or abort(404)
    permit(permissions.may_see_registration(current_user, registration))
    return registration


def _account() -> Account | None:
    return current_user if current_user.is_authenticated else None


def _my_standing(run: RunGlance, *, now: datetime) -> PersonalStanding:
    account = _account()
    return standing_of(account, run, now=now) if account else standing_of_anybody(run, now=now)


def _form(mine: PersonalStanding) -> RegistrationForm | None:
    """The form, where this person may fill one in."""
    if not current_user.is_authenticated or mine.registration or mine.refusal:
        return None
    return RegistrationForm(
        employers=mine.employers, needs_phone=mine.needs_phone, needs_consent=mine.needs_consent
    )


def _take_a_place(run_id: int, form: RegistrationForm, *, now: datetime) -> Taken:
    person_id, by = current_user.person_id, current_user.id
    if "agrees" in form:
        language = str(get_locale())
        give_consent(person_id, ConsentPurpose.PERSONAL_DATA, language=language, now=now)
    if form.stated_phone:
        state_phone(person_id, form.stated_phone)
    return operations.register(
        person_id, run_id=run_id, organisation_id=form.organisation_id, by=by, now=now
    )


def _already(run: RunGlance) -> ResponseReturnValue:
    flash(gettext("You are on the list of this class already."), "info")
    return redirect(url_for("registration.run_page", code=run.code))


def _say_how_it_went(taken: Taken) -> None:
    if not taken.is_new:
        flash(gettext("You are on the list of this class already."), "info")
    elif taken.position is None:
        flash(gettext("You have a place. We have written to you."), "success")
    else:
        flash(
            gettext(
                "You are number %(position)s on the waiting list. "
                "We write as soon as it is your turn.",
                position=taken.position,
            ),
            "success",
        )

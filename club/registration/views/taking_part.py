"""A run's page, and what a person does about a place in it."""

import uuid
from datetime import datetime

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext, lazy_gettext
from flask_login import current_user

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import Account, ConsentPurpose
from club.audit.looks import shows_person
from club.courses import run_lists
from club.courses.permissions import may_see_run
from club.courses.queries import RunGlance, run_at_a_glance
from club.courses.run_lists import RunRow, next_open_run
from club.files.storage import StorageError
from club.people.operations import state_phone
from club.refusal import RefusedError
from club.registration import accepting, operations, permissions, queries
from club.registration.forms import RegistrationForm, WithdrawalForm
from club.registration.models import Registration, RegistrationState
from club.registration.places import Taken, Wishes
from club.registration.questions.forms import LARGEST_ANSWERS, asking, not_stored
from club.registration.questions.standing import answering_of
from club.registration.rules import leaving, offers
from club.registration.rules.coming import refusal_of_run
from club.registration.standing import (
    PersonalStanding,
    standing_of,
    standing_of_anybody,
    standing_with,
)
from club.registration.views.blueprint import bp
from club.registration.views.run_page import drawn_run_page, online_link
from club.registration.ways_in import people_move_into
from club.web.access import Audience, open_to, permit, who_asks
from club.web.forms import show_refusal
from club.web.kept_input import texts_lost_in, words_of
from club.web.page_parts import PageOf, page_parts
from club.web.uploads import takes_files

_REQUEST_WITHDRAWN = lazy_gettext("Your request is withdrawn.")
#: What somebody hears who leaves, by the state that is left.
_FAREWELLS = {
    RegistrationState.CONFIRMED: lazy_gettext(
        "Your name is off the list. Thank you for giving the place back."
    ),
    RegistrationState.OFFERED: lazy_gettext(
        "Thank you for your answer. The place goes to the next in line."
    ),
    RegistrationState.WAITING: lazy_gettext("Your name is off the waiting list."),
    RegistrationState.REQUESTED: _REQUEST_WITHDRAWN,
    RegistrationState.ENDORSED: _REQUEST_WITHDRAWN,
}


@bp.get("/runs/<string:code>")
@open_to(Audience.EVERYONE)
def run_page(code: str) -> ResponseReturnValue:
    run, now = _visible_run(code), clock.now()
    mine = _my_standing(run, now=now)
    return drawn_run_page(run, mine, _form(mine), now=now)


@bp.post("/runs/<string:code>/registration")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_ANSWERS)
def register(code: str) -> ResponseReturnValue:
    run, now = _visible_run(code), clock.now()
    mine = standing_of(current_user, run, now=now)
    form = _form(mine)
    if form is None:
        if mine.registration:
            return _already(run)
        if lost := texts_lost_in():
            flash(words_of(lost), "info")
        return drawn_run_page(run, mine, None, now=now), 409
    try:
        if not form.validate():
            return drawn_run_page(run, mine, form, now=now), 422
    except StorageError:
        return drawn_run_page(run, mine, not_stored(form), now=now), 503
    try:
        taken = _take_a_place(run.id, form, now=now)
    except RefusedError as refused:
        show_refusal(form, refused)
        # The run may have changed since the page was opened: say how it stands now.
        run = _visible_run(code)
        mine = standing_of(current_user, run, now=now)
        return drawn_run_page(run, mine, form, now=now), form.answer_status
    say_how_it_went(taken)
    return redirect(url_for("registration.run_page", code=code))


@bp.get("/me/registrations")
@open_to(Audience.SIGNED_IN)
def own_list() -> str:
    now = clock.now()
    rows = queries.registrations_of(current_user.person_id, now=now)
    ahead = [row for row in rows if leaving.is_ahead(row.registration, at=now)]
    past = [row for row in reversed(rows) if not leaving.is_ahead(row.registration, at=now)]
    return render_template("registration/own_list.html", ahead=ahead, past=past)


@bp.get("/registrations/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("registration", "public_id")
def registration_page(public_id: uuid.UUID) -> str:
    return registration_view(_visible_registration(public_id), WithdrawalForm())


@bp.post("/registrations/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw(public_id: uuid.UUID) -> ResponseReturnValue:
    mine, form = own_registration(public_id), WithdrawalForm()
    left = mine.state
    if not form.validate():
        return registration_view(mine, form), 422
    try:
        operations.withdraw(
            mine.id,
            reason=form.reason.data,
            only_offer=form.only_offer.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        reason_needed = refused.refusal is leaving.WithdrawalRefusal.REASON_NEEDED
        return refusal_page(public_id, refused, form, 422 if reason_needed else 409)
    flash(str(_FAREWELLS[left]), "success")
    return redirect(url_for("registration.registration_page", public_id=public_id))


@bp.post("/registrations/<uuid:public_id>/acceptance")
@open_to(Audience.SIGNED_IN)
def accept(public_id: uuid.UUID) -> ResponseReturnValue:
    mine = own_registration(public_id)
    try:
        is_new = accepting.accept(mine.id, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        return refusal_page(public_id, refused, WithdrawalForm(formdata=None), 409)
    say_whether_it_was_taken(is_new=is_new)
    return redirect(url_for("registration.registration_page", public_id=public_id))


def say_whether_it_was_taken(*, is_new: bool) -> None:
    """Of an accepted place: whether this press of the button took it, or one before."""
    if is_new:
        flash(gettext("You have a place. We have written to you."), "success")
    else:
        flash(gettext("You have this place already."), "info")


def refusal_page(
    public_id: uuid.UUID, refused: RefusedError, form: WithdrawalForm, status: int
) -> ResponseReturnValue:
    """The page as it stands now, with the reason and with what was typed."""
    show_refusal(form, refused)
    if status == 409:
        flash(gettext(refused.refusal.value), "warning")
    return registration_view(own_registration(public_id), form), status


def registration_view(registration: Registration, form: WithdrawalForm) -> str:
    """The page of one registration, as it stands now."""
    now = clock.now()
    terms = queries.terms_of_run(registration.run)
    instead = _instead(registration, now=now)
    past = registration.state.is_active and not leaving.is_ahead(registration, at=now)
    takes_late = offers.refusal_to_take_late_place(
        registration, terms, has_room=registration.run.places_free > 0, at=now
    )
    return render_template(
        "registration/registration.html",
        registration=registration,
        run=registration.run,
        mine=standing_with(registration, now=now),
        story=queries.story_of(registration),
        answering=answering_of(registration, terms, at=now),
        is_own=permissions.may_withdraw(current_user, registration),
        form=form,
        refusal=leaving.refusal_to_leave(registration, at=now),
        needs_reason=leaving.needs_reason(registration, terms, at=now),
        may_take_late_place=takes_late is None,
        may_wish=offers.refusal_to_wish(registration, at=now) is None,
        other_runs=_other_runs(registration, now=now),
        instead=instead,
        mine_instead=instead and queries.registration_of(registration.person_id, instead.id),
        past=past,
        online_link=None if past else online_link(_account(), registration.run, registration),
        parts=page_parts(PageOf.REGISTRATION, registration, account=_account(), now=now),
    )


def _other_runs(registration: Registration, *, now: datetime) -> list[RunRow]:
    """Where else the same course can be taken, for whoever is still on a list."""
    if not registration.state.is_active or not leaving.is_before_start(registration.run, at=now):
        return []
    course_id = registration.run.course_id
    rows = run_lists.upcoming_runs_of_course(course_id, people_move_into(), now=now)
    return [
        row
        for row in rows
        if row.id != registration.run_id
        and refusal_of_run(row, at=now) is None
        and (row.places_free or not registration.state.takes_a_seat)
    ]


def _instead(registration: Registration, *, now: datetime) -> RunRow | None:
    """What people of a cancelled run may come to."""
    run = registration.run
    if not run.cancelled_at:
        return None
    return next_open_run(run.course.slug, people_move_into(), now=now)


def _visible_run(code: str) -> RunGlance:
    run = run_at_a_glance(code) or abort(404)
    permit(may_see_run(_account(), run))
    return run


def _visible_registration(public_id: uuid.UUID) -> Registration:
    registration = queries.registration_by_public_id(public_id) or abort(404)
    permit(permissions.may_see_registration(current_user, registration))
    return registration


def own_registration(public_id: uuid.UUID) -> Registration:
    registration = _visible_registration(public_id)
    permit(permissions.may_withdraw(current_user, registration))
    return registration


def _account() -> Account | None:
    found: Account | None = who_asks()
    return found


def _my_standing(run: RunGlance, *, now: datetime) -> PersonalStanding:
    account = _account()
    return standing_of(account, run, now=now) if account else standing_of_anybody(run, now=now)


def _form(mine: PersonalStanding) -> RegistrationForm | None:
    """The form, where this person may fill one in."""
    if not current_user.is_authenticated or mine.registration or mine.verdict.hindrances:
        return None
    return asking(RegistrationForm, mine.questions)(
        employers=mine.employers,
        needs_phone=mine.needs_phone,
        needs_consent=mine.needs_consent,
        may_wait=mine.may_wait,
    )


def _take_a_place(run_id: int, form: RegistrationForm, *, now: datetime) -> Taken:
    person_id, by = current_user.person_id, current_user.id
    if "agrees" in form:
        language = str(get_locale())
        give_consent(person_id, ConsentPurpose.PERSONAL_DATA, language=language, now=now)
    if form.stated_phone:
        state_phone(person_id, form.stated_phone)
    return operations.register(
        person_id,
        run_id=run_id,
        organisation_id=form.organisation_id,
        wishes=Wishes(takes_late_place=form.wants_late_place, any_run=form.wants_any_run),
        answers=form.answers,
        by=by,
        now=now,
    )


def _already(run: RunGlance) -> ResponseReturnValue:
    flash(gettext("You are on the list of this class already."), "info")
    return redirect(url_for("registration.run_page", code=run.code))


def say_how_it_went(taken: Taken) -> None:
    """One sentence for the next page."""
    if not taken.is_new:
        flash(gettext("You are on the list of this class already."), "info")
    elif taken.state.awaits_decision:
        flash(gettext("Your request is on its way. We write as soon as it is decided."), "success")
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

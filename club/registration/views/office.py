"""The desk of a run's places: who is on the list, entering and taking off, places, cancelling."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose
from club.audit.looks import gives_list, shows_person
from club.courses.models import Run
from club.people.models import Person
from club.people.queries import people_matching, person_by_public_id
from club.refusal import RefusedError
from club.registration import line, operations, permissions, queries, registrants
from club.registration.attended import AttendedHere, attended_beside
from club.registration.export import registrations_csv
from club.registration.forms import OnBehalfForm, ReasonForm, SeatsForm
from club.registration.models import Registration
from club.registration.questions.queries import answer_table, lacking_answers
from club.registration.requests.queries import count_of_run, requests_of_run
from club.registration.rules import coming, leaving
from club.registration.rules.terms import is_over
from club.registration.unreached import unreached_of
from club.registration.views.blueprint import (
    bp,
    managed_registration_or_404,
    managed_run_or_404,
    run_with_list,
)
from club.web.access import Audience, open_to
from club.web.described import CSV, described
from club.web.forms import show_refusal, uuid_in

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/runs/<string:code>/registrations")
@open_to(*_STAFF, Audience.TRAINER)
def run_list(code: str) -> str:
    run = run_with_list(code)
    return _list_page(run, SeatsForm(data={"seats": run.seats}), ReasonForm())


@bp.get("/office/runs/<string:code>/registrations.csv")
@open_to(*_STAFF, Audience.TRAINER)
@described("Who has a place in a class and who waits, in the reader's language", media=CSV)
@gives_list("run", "code")
def run_list_csv(code: str) -> ResponseReturnValue:
    run = run_with_list(code)
    offered = queries.offered_of(run.id)
    people = [*queries.confirmed_of(run.id), *offered, *queries.waiting_of(run.id)]
    people += requests_of_run(run.id)
    return registrations_csv(people, answer_table(run.id), name=f"{run.code}.csv")


@bp.get("/office/runs/<string:code>/registrations/new")
@open_to(*_STAFF)
def new(code: str) -> str:
    """Find the person first, then say as whom they come."""
    run, typed = managed_run_or_404(code), (request.args.get("q") or "").strip()
    person = _chosen_person(request.args.get("person"))
    form = _on_behalf_form(person, run) if person else None
    found = people_matching(typed) if typed and not person else []
    return render_template(
        "registration/office_new.html", run=run, q=typed, found=found, person=person, form=form
    )


@bp.post("/office/runs/<string:code>/registrations/new")
@open_to(*_STAFF)
def register_on_behalf(code: str) -> ResponseReturnValue:
    run = managed_run_or_404(code)
    person = _chosen_person(request.form.get("person")) or abort(404)
    form, now = _on_behalf_form(person, run), clock.now()
    if form.validate():
        try:
            if "agrees" in form and form.agrees.data:
                purpose = ConsentPurpose.PERSONAL_DATA
                give_consent(person.id, purpose, language="vi", channel="paper", now=now)
            operations.register_on_behalf(
                person.id,
                run_id=run.id,
                organisation_id=form.organisation_id,
                by=current_user.id,
                now=now,
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("%(name)s is on the list.", name=person.full_name), "success")
            return redirect(url_for("registration.run_list", code=code))
    page = render_template(
        "registration/office_new.html", run=run, q="", found=[], person=person, form=form
    )
    return page, form.answer_status


@bp.get("/office/registrations/<uuid:public_id>/withdrawal")
@open_to(*_STAFF)
@shows_person("registration", "public_id")
def withdrawal(public_id: uuid.UUID) -> str:
    registration = managed_registration_or_404(public_id)
    return _withdrawal_page(registration, ReasonForm())


@bp.post("/office/registrations/<uuid:public_id>/withdrawal")
@open_to(*_STAFF)
def withdraw_on_behalf(public_id: uuid.UUID) -> ResponseReturnValue:
    registration, form = managed_registration_or_404(public_id), ReasonForm()
    if not form.validate():
        return _withdrawal_page(registration, form), 422
    name, code = registration.person.full_name, registration.run.code
    try:
        operations.withdraw_on_behalf(
            registration.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _withdrawal_page(registration, form), 409
    flash(gettext("%(name)s is off the list and has been told.", name=name), "success")
    return redirect(url_for("registration.run_list", code=code))


@bp.post("/office/runs/<string:code>/seats")
@open_to(*_STAFF)
def change_seats(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), SeatsForm()
    if not form.validate():
        return _list_page(run, form, ReasonForm(formdata=None)), 422
    try:
        moved = operations.change_seats(
            run.id, seats=form.seats.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        page = _list_page(managed_run_or_404(code), form, ReasonForm(formdata=None))
        return page, form.answer_status
    _say_what_changed(form.seats.data, run, moved)
    return redirect(url_for("registration.run_list", code=code))


@bp.post("/office/runs/<string:code>/cancellation")
@open_to(*_STAFF)
def cancel_run(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), ReasonForm()
    if not form.validate():
        return _list_page(run, SeatsForm(formdata=None, data={"seats": run.seats}), form), 422
    try:
        told = operations.cancel_run_with_registrations(
            run.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _list_page(run, SeatsForm(formdata=None, data={"seats": run.seats}), form), 409
    flash(
        ngettext(
            "The class is cancelled. %(num)s person has been told.",
            "The class is cancelled. %(num)s people have been told.",
            told,
        ),
        "success",
    )
    return redirect(url_for("registration.run_list", code=code))


def _chosen_person(typed: str | None) -> Person | None:
    public_id = uuid_in(typed)
    return person_by_public_id(public_id) if public_id else None


def _on_behalf_form(person: Person, run: Run) -> OnBehalfForm:
    registrant = registrants.registrant(person.id, run_id=run.id)
    assert registrant
    employers = registrants.employers_of(person.id, on=clock.today())
    return OnBehalfForm(employers=employers, needs_consent=not registrant.consents)


def _list_page(run: Run, seats_form: SeatsForm, reason_form: ReasonForm) -> str:
    now, offered = clock.now(), queries.offered_of(run.id)
    confirmed, waiting = queries.confirmed_of(run.id), queries.waiting_of(run.id)
    manages = permissions.may_manage_registrations(current_user)
    people = [registration.person_id for registration in (*confirmed, *offered, *waiting)]
    return render_template(
        "registration/office_list.html",
        run=run,
        offers=line.open_offers_of(offered),
        confirmed=confirmed,
        offered=offered,
        waiting=waiting,
        left=queries.withdrawn_of(run.id),
        requests=count_of_run(run.id),
        unanswered=lacking_answers(run.id),
        unreached=unreached_of(run.id) if manages else [],
        manages=manages,
        attended=attended_beside(run.id, people, now=now) if manages else AttendedHere(),
        takes_people=coming.refusal_of_run(run, at=now) is None,
        lets_people_go=leaving.is_before_start(run, at=now),
        is_alive=not is_over(run),
        seats_form=seats_form,
        reason_form=reason_form,
    )


def _withdrawal_page(registration: Registration, form: ReasonForm) -> str:
    return render_template(
        "registration/office_withdrawal.html",
        registration=registration,
        run=registration.run,
        form=form,
        refusal=leaving.refusal_to_leave(registration, at=clock.now()),
    )


def _say_what_changed(seats: int, run: Run, moved: int) -> None:
    if moved:
        words = ngettext(
            "Saved. %(num)s person moved up from the waiting list and has been told.",
            "Saved. %(num)s people moved up from the waiting list and have been told.",
            moved,
        )
        flash(words, "success")
    elif run.places_taken > seats:
        words = gettext(
            "Saved. %(taken)s people have a place and keep it; "
            "nobody moves up until fewer than %(seats)s are taken.",
            taken=run.places_taken,
            seats=seats,
        )
        flash(words, "warning")
    else:
        flash(gettext("Saved."), "success")

"""Decisions about the line, and what people want: for coordinators."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.refusal import RefusedError
from club.registration import demand, line, moving
from club.registration.forms import PlaceInLineForm
from club.registration.models import Registration
from club.registration.rules import moving as rules
from club.registration.views.blueprint import bp, managed_registration_or_404
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/registrations/<uuid:public_id>/line")
@open_to(*_STAFF)
@shows_person("registration", "public_id")
def place_in_line(public_id: uuid.UUID) -> str:
    return _page(managed_registration_or_404(public_id), PlaceInLineForm())


@bp.post("/office/registrations/<uuid:public_id>/line")
@open_to(*_STAFF)
def move_in_line(public_id: uuid.UUID) -> ResponseReturnValue:
    registration, form = managed_registration_or_404(public_id), PlaceInLineForm()
    if not form.validate():
        return _page(registration, form), 422
    name, code = registration.person.full_name, registration.run.code
    try:
        moving.move_in_line(
            registration.id,
            place=form.place.data,
            reason=form.reason.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        wrong_place = refused.refusal is rules.MoveRefusal.NO_SUCH_PLACE
        return _page(managed_registration_or_404(public_id), form), 422 if wrong_place else 409
    flash(gettext("%(name)s has another place in the line now.", name=name), "success")
    return redirect(url_for("registration.run_list", code=code))


@bp.get("/office/demand")
@open_to(*_STAFF, Audience.OFFICIAL)
def demand_page() -> str:
    return render_template(
        "registration/office_demand.html", courses=demand.demand_by_course(now=clock.now())
    )


def _page(registration: Registration, form: PlaceInLineForm) -> str:
    waiting = line.waiting_line(registration.run_id)
    places = {one.id: number for number, one in enumerate(waiting, start=1)}
    return render_template(
        "registration/office_line.html",
        registration=registration,
        run=registration.run,
        form=form,
        place=places.get(registration.id),
        waiting=len(waiting),
    )

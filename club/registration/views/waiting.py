"""What somebody who waits can wish for: late places, any class of the course, news of it."""

import uuid
from collections.abc import Callable
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses import run_lists
from club.courses.models import Course
from club.courses.queries import course_by_slug, run_at_a_glance
from club.refusal import RefusedError
from club.registration import accepting, demand, moving, pool
from club.registration.forms import WithdrawalForm
from club.registration.views.blueprint import bp
from club.registration.views.taking_part import own_registration, refusal_page, say_how_it_went
from club.web.access import Audience, open_to

#: What a button may wish for, and which verb it is.
_WISHES: dict[str, Callable[..., None]] = {
    "late-place-at-once": accepting.ask_for_late_place,
    "late-place-asked": accepting.be_asked_for_late_place,
    "any-run": pool.wait_for_any_run,
    "this-run": pool.wait_for_this_run_only,
}


@bp.post("/registrations/<uuid:public_id>/wish")
@open_to(Audience.SIGNED_IN)
def wish(public_id: uuid.UUID) -> ResponseReturnValue:
    mine, verb = own_registration(public_id), _WISHES.get(request.form.get("wish", ""))
    try:
        (verb or abort(400))(mine.id, now=clock.now())
    except RefusedError as refused:
        return refusal_page(public_id, refused, WithdrawalForm(formdata=None), 409)
    flash(gettext("Saved."), "success")
    return redirect(url_for("registration.registration_page", public_id=public_id))


@bp.post("/registrations/<uuid:public_id>/move")
@open_to(Audience.SIGNED_IN)
def move(public_id: uuid.UUID) -> ResponseReturnValue:
    """To another run of the same course, in one step."""
    mine = own_registration(public_id)
    there = run_at_a_glance(request.form.get("run", "")) or abort(404)
    try:
        taken = moving.move_to_run(mine.id, run_id=there.id, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        return refusal_page(public_id, refused, WithdrawalForm(formdata=None), 409)
    say_how_it_went(taken)
    return redirect(url_for("registration.registration_page", public_id=taken.public_id))


@bp.get("/courses/<string:slug>/interest")
@open_to(Audience.SIGNED_IN)
def interest(slug: str) -> str:
    course, now = _course(slug), clock.now()
    return render_template(
        "registration/interest.html",
        course=course,
        interest=demand.open_interest(course.id, current_user.person_id),
        runs=_open_runs(course, now=now),
    )


@bp.post("/courses/<string:slug>/interest")
@open_to(Audience.SIGNED_IN)
def change_interest(slug: str) -> ResponseReturnValue:
    course, person_id, now = _course(slug), current_user.person_id, clock.now()
    if request.form.get("wish") == "stop":
        pool.stop_being_told(course.id, person_id=person_id, now=now)
        flash(gettext("We no longer write to you about new classes of this course."), "success")
    else:
        pool.ask_to_be_told(course.id, person_id=person_id, now=now)
        flash(gettext("We write as soon as a class of this course is planned."), "success")
    return redirect(url_for("registration.interest", slug=slug))


def _course(slug: str) -> Course:
    return course_by_slug(slug) or abort(404)


def _open_runs(course: Course, *, now: datetime) -> list[run_lists.RunRow]:
    return run_lists.upcoming_runs_of_course(course.id, now=now)

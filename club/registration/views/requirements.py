"""What a course requires of who registers: the coordinator's page of it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses.models import Course
from club.courses.queries import courses_on_offer
from club.registration.requirements import operations, queries
from club.registration.requirements.forms import RequirementForm
from club.registration.views.blueprint import bp, course_or_404
from club.web.access import Audience, open_to
from club.web.keeping import kept_or_again

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/courses/<string:code>/requirements")
@open_to(*_STAFF)
def requirements(code: str) -> str:
    return _page(course_or_404(code))


@bp.post("/office/courses/<string:code>/requirements")
@open_to(*_STAFF)
def require(code: str) -> ResponseReturnValue:
    course = course_or_404(code)
    form = _form(course)
    return kept_or_again(
        form,
        lambda: _require(course, form),
        lambda: _page(course_or_404(code), form),
        said=gettext("Saved."),
        to=url_for("registration.requirements", code=code),
    )


@bp.post("/office/courses/<string:code>/requirements/<int:requirement_id>/end")
@open_to(*_STAFF)
def stop_requiring(code: str, requirement_id: int) -> ResponseReturnValue:
    course = course_or_404(code)
    requirement = queries.requirement_of(course.id, requirement_id) or abort(404)
    operations.stop_requiring(requirement, by=current_user.id, now=clock.now())
    flash(gettext("Saved."), "success")
    return redirect(url_for("registration.requirements", code=code))


def _require(course: Course, form: RequirementForm) -> None:
    by, now = current_user.id, clock.now()
    if earlier := form.earlier_course:
        operations.require_course(course, earlier, by=by, now=now)
    else:
        operations.require_membership(course, by=by, now=now)


def _form(course: Course) -> RequirementForm:
    form = RequirementForm()
    form.offer([other for other in courses_on_offer() if other.id != course.id])
    return form


def _page(course: Course, form: RequirementForm | None = None) -> str:
    return render_template(
        "registration/office_requirements.html",
        course=course,
        required=queries.requirements_of(course.id),
        form=form or _form(course),
    )

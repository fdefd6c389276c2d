"""The coordinator's desk: all runs and all courses, and one course to edit."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses import course_editing, queries, run_lists
from club.courses.course_forms import CourseForm, course_form
from club.courses.models import Course, RunState
from club.courses.run_lists import OfficeFilter
from club.courses.standing import standing_of
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.language import said
from club.web.pages import page_number

bp = Blueprint("courses_office", __name__, url_prefix="/office/courses")
_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
_SIZE = 50


@bp.get("")
@open_to(*_STAFF)
def desk() -> str:
    state = request.args.get("state", "")
    wanted = OfficeFilter(
        q=request.args.get("q", "").strip()[:100],
        course=request.args.get("course", "")[:40],
        state=RunState(state) if state in set(RunState) else None,
    )
    now = clock.now()
    return render_template(
        "courses/office_desk.html",
        wanted=wanted,
        runs=run_lists.office_runs(wanted, page=page_number(request.args.get("page")), size=_SIZE),
        courses=run_lists.all_courses(),
        states=list(RunState),
        standing=lambda run: standing_of(run, now=now),
    )


@bp.get("/new")
@open_to(*_STAFF)
def new() -> str:
    return _page(CourseForm(), None)


@bp.post("/new")
@open_to(*_STAFF)
def create() -> ResponseReturnValue:
    form = CourseForm()
    if _is_complete(form):
        now = clock.now()
        facts = form.facts(known=None, today=now)
        try:
            course = course_editing.create_course(facts, by=current_user.id, now=now)
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The course has been added to the catalogue."), "success")
            return redirect(f"/office/courses/{course.code}")
    return _page(form, None), form.answer_status


@bp.get("/<string:code>")
@open_to(*_STAFF)
def course(code: str) -> str:
    course = _course_or_404(code)
    return _page(course_form(course), course)


@bp.post("/<string:code>")
@open_to(*_STAFF)
def change(code: str) -> ResponseReturnValue:
    course, form = _course_or_404(code), CourseForm()
    if _is_complete(form):
        now = clock.now()
        facts = form.facts(known=course, today=now)
        try:
            course_editing.change_course(course, facts, by=current_user.id, now=now)
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The course has been saved."), "success")
            return redirect(f"/office/courses/{facts.code}")
    return _page(form, _course_or_404(code)), form.answer_status


def _course_or_404(code: str) -> Course:
    return queries.course_by_code(code) or abort(404)


def _is_complete(form: CourseForm) -> bool:
    form.offer(_topics())
    return bool(form.validate())


def _page(form: CourseForm, course: Course | None) -> str:
    form.offer(_topics())
    return render_template("courses/office_course.html", form=form, course=course)


def _topics() -> list[tuple[int, str]]:
    return [(topic.id, said(topic.name, topic.name_en)) for topic in queries.topics_in_order()]

"""What a course asks of who registers: the coordinator's pages of its questions."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses.models import Course
from club.refusal import RefusedError
from club.registration.questions import operations, queries
from club.registration.questions.forms import QuestionForm, question_form
from club.registration.questions.models import CourseQuestion
from club.registration.views.blueprint import bp, course_or_404
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/courses/<string:code>/questions")
@open_to(*_STAFF)
def questions(code: str) -> str:
    return _page(course_or_404(code), QuestionForm())


@bp.post("/office/courses/<string:code>/questions")
@open_to(*_STAFF)
def ask(code: str) -> ResponseReturnValue:
    course, form = course_or_404(code), QuestionForm()
    if form.validate():
        try:
            operations.ask(
                course,
                form.meaning(),
                required=form.required.data,
                by=current_user.id,
                now=clock.now(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            return _saved(code)
    return _page(course_or_404(code), form), form.answer_status


@bp.get("/office/courses/<string:code>/questions/<int:question_id>")
@open_to(*_STAFF)
def question(code: str, question_id: int) -> str:
    found = _question_or_404(code, question_id)
    return _question_page(found, question_form(found))


@bp.post("/office/courses/<string:code>/questions/<int:question_id>")
@open_to(*_STAFF)
def change_question(code: str, question_id: int) -> ResponseReturnValue:
    found, form = _question_or_404(code, question_id), QuestionForm()
    if not form.validate():
        return _question_page(found, form), 422
    try:
        operations.change_question(
            found,
            form.meaning(),
            required=form.required.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        status = form.answer_status
        return _question_page(_question_or_404(code, question_id), form), status
    return _saved(code)


@bp.post("/office/courses/<string:code>/questions/<int:question_id>/retirement")
@open_to(*_STAFF)
def retire_question(code: str, question_id: int) -> ResponseReturnValue:
    found = _question_or_404(code, question_id)
    operations.retire_question(found, by=current_user.id, now=clock.now())
    return _saved(code)


@bp.post("/office/courses/<string:code>/questions/<int:question_id>/order")
@open_to(*_STAFF)
def move_question_up(code: str, question_id: int) -> ResponseReturnValue:
    operations.move_up(_question_or_404(code, question_id), now=clock.now())
    return redirect(url_for("registration.questions", code=code))


def _saved(code: str) -> ResponseReturnValue:
    flash(gettext("Saved."), "success")
    return redirect(url_for("registration.questions", code=code))


def _question_or_404(code: str, question_id: int) -> CourseQuestion:
    return queries.question_of(course_or_404(code).id, question_id) or abort(404)


def _page(course: Course, form: QuestionForm) -> str:
    return render_template(
        "registration/office_questions.html",
        course=course,
        rows=queries.question_rows(course.id),
        form=form,
    )


def _question_page(question: CourseQuestion, form: QuestionForm) -> str:
    return render_template(
        "registration/office_question.html",
        course=question.course,
        question=question,
        form=form,
        is_answered=queries.is_answered(question.id),
    )

"""Answers to a course's questions: changed by who gave them, read by the staff of the run."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import gives_list, shows_person
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.registration import permissions, queries
from club.registration.models import Registration
from club.registration.questions.answering import answer_anew
from club.registration.questions.forms import (
    LARGEST_ANSWERS,
    AskingForm,
    asking,
    not_stored,
    shown_values,
)
from club.registration.questions.queries import (
    answer_table,
    answer_to,
    answers_of,
    questions_of_run,
)
from club.registration.questions.rules import refusal_to_answer_anew
from club.registration.views.blueprint import bp, run_with_list
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal
from club.web.uploads import takes_files


@bp.get("/registrations/<uuid:public_id>/answers")
@open_to(Audience.SIGNED_IN)
def own_answers(public_id: uuid.UUID) -> str:
    mine = _own(public_id)
    return _page(mine, _form(mine))


@bp.post("/registrations/<uuid:public_id>/answers")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_ANSWERS)
def change_answers(public_id: uuid.UUID) -> ResponseReturnValue:
    mine = _own(public_id)
    form = _form(mine)
    try:
        if not form.validate():
            return _page(mine, form), 422
        answer_anew(mine.id, form.answers, by=current_user.id, now=clock.now())
    except StorageError:
        return _page(mine, not_stored(form)), 503
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(_own(public_id), form), form.answer_status
    flash(gettext("Your answers are saved."), "success")
    return redirect(url_for("registration.registration_page", public_id=public_id))


@bp.get("/registrations/<uuid:public_id>/answers/<int:question_id>/file")
@open_to(Audience.SIGNED_IN)
@shows_person("registration", "public_id")
def answer_file(public_id: uuid.UUID, question_id: int) -> ResponseReturnValue:
    registration = queries.registration_by_public_id(public_id) or abort(404)
    permit(permissions.may_read_answers(current_user, registration))
    answer = answer_to(registration.id, question_id) or abort(404)
    return personal_file_response(answer.file or abort(404))


@bp.get("/office/runs/<string:code>/answers")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR, Audience.TRAINER)
@gives_list("run", "code")
def run_answers(code: str) -> str:
    run = run_with_list(code)
    return render_template(
        "registration/office_answers.html",
        run=run,
        people=queries.active_by_name(run.id),
        table=answer_table(run.id),
        manages=permissions.may_manage_registrations(current_user),
    )


def _own(public_id: uuid.UUID) -> Registration:
    registration = queries.registration_by_public_id(public_id) or abort(404)
    permit(permissions.may_withdraw(current_user, registration))
    return registration


def _form(mine: Registration) -> AskingForm:
    known = answers_of(mine.id)
    form = asking(AskingForm, questions_of_run(mine.run_id))
    return form(
        known={one.question_id: one for one in known if one.file_id}, data=shown_values(known)
    )


def _page(mine: Registration, form: AskingForm) -> str:
    terms = queries.terms_of_run(mine.run)
    return render_template(
        "registration/answers.html",
        registration=mine,
        run=mine.run,
        form=form,
        back=f"/registrations/{mine.public_id}",
        refusal=refusal_to_answer_anew(
            mine, terms, has_answered=bool(answers_of(mine.id)), at=clock.now()
        ),
    )

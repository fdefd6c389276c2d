"""Answering a course's questions by the link in a letter, for who has no account."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.registration.links import is_passed_on
from club.registration.models import Registration
from club.registration.queries import terms_of_run
from club.registration.questions.answering import answer_anew, answer_first
from club.registration.questions.forms import (
    LARGEST_ANSWERS,
    AskedByLinkForm,
    asking,
    not_stored,
    shown_values,
)
from club.registration.questions.queries import answers_of, questions_of_run
from club.registration.questions.rules import AnswerRefusal, refusal_to_answer_anew
from club.registration.views.blueprint import bp
from club.registration.views.by_link import registration_of_link
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.limits import Limit, limited
from club.web.seals import needs_no_form_token
from club.web.uploads import takes_files

#: Files come by it, from whoever has the link.
_ANSWERS = Limit("answers-by-link", "300 per hour", "20 per hour", name=lambda: request.path)


@bp.get("/answer/<string:token>/questions")
@open_to(Audience.EVERYONE)
def questions_by_link(token: str) -> str:
    theirs = registration_of_link(token)
    return _page(theirs, token, _form(theirs, token))


@bp.post("/answer/<string:token>/questions")
@open_to(Audience.EVERYONE)
@limited(_ANSWERS)
@takes_files(at_most=LARGEST_ANSWERS)
def answer_questions_by_link(token: str) -> ResponseReturnValue:
    theirs = registration_of_link(token)
    form = _form(theirs, token)
    try:
        if not form.validate():
            return _page(theirs, token, form), 422
        if is_passed_on(token):
            answer_first(theirs.id, form.answers, now=clock.now())
        else:
            answer_anew(theirs.id, form.answers, by=None, now=clock.now())
    except StorageError:
        return _page(theirs, token, not_stored(form)), 503
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(registration_of_link(token), token, form), form.answer_status
    flash(gettext("Your answers are saved."), "success")
    return redirect(url_for("registration.answer_page", token=token))


def _form(theirs: Registration, token: str) -> AskedByLinkForm:
    known = [] if is_passed_on(token) else answers_of(theirs.id)
    return asking(AskedByLinkForm, questions_of_run(theirs.run_id))(
        registration=theirs.public_id,
        known={one.question_id: one for one in known if one.file_id},
        data=shown_values(known),
    )


def _page(theirs: Registration, token: str, form: AskedByLinkForm) -> str:
    has_answered = bool(answers_of(theirs.id))
    refusal = refusal_to_answer_anew(
        theirs, terms_of_run(theirs.run), has_answered=has_answered, at=clock.now()
    )
    if has_answered and is_passed_on(token):
        refusal = AnswerRefusal.GIVEN
    return render_template(
        "registration/answers.html",
        registration=theirs,
        run=theirs.run,
        form=form,
        back=f"/answer/{token}",
        by_link=True,
        refusal=refusal,
    )


needs_no_form_token(bp, answer_questions_by_link)

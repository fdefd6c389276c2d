"""Asking, and what became of one's own questions."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.knowledge.queries import topics_in_order
from club.knowledge.questions import operations, queries
from club.knowledge.questions.forms import AskForm
from club.knowledge.questions.models import MemberQuestion, QuestionState, QuestionStepKind
from club.knowledge.questions.rules import Party, steps_open_to
from club.knowledge.questions.views.blueprint import bp, version_seen
from club.knowledge.questions.views.public import answer_html
from club.membership.queries import is_member
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal

#: What the asker is shown of the answer: nothing that the club has not let stand.
_ANSWER_KNOWN = {QuestionState.PUBLISHED, QuestionState.CLOSED}


@bp.get("/me/questions")
@open_to(Audience.SIGNED_IN)
def own_questions() -> str:
    return render_template(
        "knowledge/questions/own.html", questions=queries.asked_by(current_user.person_id)
    )


@bp.get("/me/questions/new")
@open_to(Audience.SIGNED_IN)
def asking() -> str:
    meant = queries.text_by_slug(request.args.get("about", ""))
    given = {"about": meant.slug if meant else ""}
    if meant and meant.topics:
        given["topic"] = meant.topics[0].key
    return _form_page(AskForm(data=given))


@bp.post("/me/questions/new")
@open_to(Audience.SIGNED_IN)
def ask() -> ResponseReturnValue:
    form = AskForm()
    _offer(form)
    if form.validate():
        try:
            asked = operations.ask(form.asked(), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(
                gettext("The club has your question. You get a letter with the answer."), "success"
            )
            return redirect(f"/me/questions/{asked.public_id}")
    return _form_page(form), form.answer_status


@bp.get("/me/questions/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def own_question(public_id: UUID) -> str:
    found = _own(public_id)
    is_told = found.answer and found.state in _ANSWER_KNOWN
    return render_template(
        "knowledge/questions/own_question.html",
        question=found,
        answer=answer_html(found) if is_told else None,
        may_withdraw=QuestionStepKind.WITHDRAWN in steps_open_to({Party.ASKER}, found.state),
        reason=found.steps[-1].note if found.state is QuestionState.CLOSED else None,
    )


@bp.post("/me/questions/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw(public_id: UUID) -> ResponseReturnValue:
    taken = operations.Taken(QuestionStepKind.WITHDRAWN, version_seen())
    operations.take_step(_own(public_id).id, taken, by=current_user.id, now=clock.now())
    flash(gettext("The question is withdrawn."), "success")
    return redirect("/me/questions")


def _own(public_id: UUID) -> MemberQuestion:
    found = queries.question_by_public_id(public_id) or abort(404)
    permit(found.person_id == current_user.person_id)
    return found


def _offer(form: AskForm) -> None:
    meant = queries.text_by_slug(form.about.data or "")
    form.offer(topics_in_order(), queries.texts_to_ask_about(), meant)


def _form_page(form: AskForm) -> str:
    _offer(form)
    may_ask = is_member(current_user.person_id, on=clock.today())
    return render_template("knowledge/questions/ask.html", form=form, may_ask=may_ask)

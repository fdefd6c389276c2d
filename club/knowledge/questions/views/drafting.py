"""For whoever is asked to draft an answer: the question, without who asked."""

from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.knowledge.questions import operations, queries
from club.knowledge.questions.forms import AnswerForm
from club.knowledge.questions.models import MemberQuestion, QuestionStepKind
from club.knowledge.questions.parties import is_drafter
from club.knowledge.questions.rules import Party, steps_open_to
from club.knowledge.questions.views.blueprint import bp, version_seen
from club.knowledge.questions.views.public import answer_html
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal

#: Of these the note is for who drafts the answer.
_FOR_DRAFTER = {QuestionStepKind.HANDED, QuestionStepKind.SENT_BACK}


@bp.get("/teaching/questions")
@open_to(Audience.TRAINER)
def drafts() -> str:
    return render_template(
        "knowledge/questions/drafts.html", questions=queries.handed_to(current_user.id)
    )


@bp.get("/teaching/questions/<uuid:public_id>")
@open_to(Audience.TRAINER)
def draft(public_id: UUID) -> str:
    return _page(_handed(public_id))


@bp.post("/teaching/questions/<uuid:public_id>/answer")
@open_to(Audience.TRAINER)
def hand_in(public_id: UUID) -> ResponseReturnValue:
    found, form = _handed(public_id), AnswerForm()
    if form.validate():
        taken = operations.Taken(QuestionStepKind.ANSWERED, version_seen(), texts=form.texts(found))
        try:
            operations.take_step(found.id, taken, by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(
                gettext("The club has your answer, and looks at it before publishing it."),
                "success",
            )
            return redirect("/teaching/questions")
    return _page(_handed(public_id), form), form.answer_status


def _handed(public_id: UUID) -> MemberQuestion:
    found = queries.question_by_public_id(public_id) or abort(404)
    permit(is_drafter(current_user, found))
    return found


def _page(found: MemberQuestion, sent: AnswerForm | None = None) -> str:
    may_answer = QuestionStepKind.ANSWERED in steps_open_to({Party.DRAFTER}, found.state)
    return render_template(
        "knowledge/questions/draft.html",
        question=found,
        form=sent or AnswerForm(data={"answer": found.answer}),
        may_answer=may_answer,
        answer=answer_html(found),
        notes=[step for step in found.steps if step.kind in _FOR_DRAFTER and step.note],
    )

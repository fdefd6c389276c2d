"""The coordinators' desk: what waits for an answer, and each question with all that happened."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.audit.looks import shows_person
from club.knowledge.questions import operations, queries
from club.knowledge.questions.forms import HandForm, StepForm, TextsForm
from club.knowledge.questions.models import MemberQuestion, QuestionState, QuestionStepKind
from club.knowledge.questions.operations import Taken
from club.knowledge.questions.rules import Party, steps_open_to
from club.knowledge.questions.views.blueprint import WITH_NOTE, bp, version_seen
from club.knowledge.questions.views.public import answer_html
from club.web.access import Audience, open_to
from club.web.forms import ClubForm
from club.web.keeping import kept_or_again
from club.web.pages import page_number

_SAVING = {kind.value: kind for kind in (QuestionStepKind.ANSWERED, QuestionStepKind.REVISED)}


@bp.get("/office/knowledge/questions")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def desk() -> str:
    typed = request.args.get("state", "")
    chosen = QuestionState(typed) if typed in set(QuestionState) else QuestionState.ASKED
    page = queries.questions_in(chosen, page=page_number(request.args.get("page")))
    today = clock.today()
    return render_template(
        "knowledge/questions/desk.html",
        page=page,
        page_url=lambda n: f"/office/knowledge/questions?state={chosen.value}&page={n}",
        chosen=chosen,
        states=list(QuestionState),
        numbers=queries.numbers_by_state(),
        days={one.public_id: (today - clock.local_day(one.asked_at)).days for one in page.items},
    )


@bp.get("/office/knowledge/questions/<uuid:public_id>")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@shows_person("member_question", "public_id")
def desk_question(public_id: UUID) -> str:
    return _page(_found(public_id))


@bp.post("/office/knowledge/questions/<uuid:public_id>/texts")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def save_texts(public_id: UUID) -> ResponseReturnValue:
    kind = _SAVING.get(request.form.get("step", "")) or abort(400)
    form = TextsForm()
    taken = Taken(kind, version_seen(), texts=form.texts())
    return _took(public_id, form, taken, gettext("Saved."))


@bp.post("/office/knowledge/questions/<uuid:public_id>/drafter")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def hand(public_id: UUID) -> ResponseReturnValue:
    form, trainers = HandForm(), queries.trainers()
    form.offer(trainers)
    accounts = {str(one.public_id): one.account_id for one in trainers}
    taken = Taken(
        QuestionStepKind.HANDED,
        version_seen(),
        note=form.remark.data,
        drafter_id=accounts.get(form.trainer.data),
    )
    return _took(public_id, form, taken, gettext("This person gets a letter with the question."))


@bp.post("/office/knowledge/questions/<uuid:public_id>/steps")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def decide(public_id: UUID) -> ResponseReturnValue:
    kind = WITH_NOTE.get(request.form.get("step", "")) or abort(400)
    form = StepForm()
    taken = Taken(kind, version_seen(), note=form.note.data)
    return _took(public_id, form, taken, gettext("Noted; whoever it concerns gets a letter."))


def _took(public_id: UUID, form: ClubForm, taken: Taken, done: str) -> ResponseReturnValue:
    found = _found(public_id)
    return kept_or_again(
        form,
        lambda: operations.take_step(found.id, taken, by=current_user.id, now=clock.now()),
        lambda: _page(_found(public_id), form),
        said=done,
        to=f"/office/knowledge/questions/{public_id}",
    )


def _found(public_id: UUID) -> MemberQuestion:
    return queries.question_by_public_id(public_id) or abort(404)


def _page(found: MemberQuestion, sent: ClubForm | None = None) -> str:
    """``sent``: a form that is to be mended."""
    steps = {kind.value for kind in steps_open_to({Party.CLUB}, found.state)}
    now = {"title": found.title, "words": found.words, "answer": found.answer}
    hand_form = sent if isinstance(sent, HandForm) else HandForm()
    hand_form.offer(queries.trainers())
    return render_template(
        "knowledge/questions/desk_question.html",
        question=found,
        answer=answer_html(found),
        steps=steps,
        form=sent or TextsForm(data=now),
        texts_form=sent if isinstance(sent, TextsForm) else TextsForm(formdata=None, data=now),
        hand_form=hand_form,
        step_form=sent if isinstance(sent, StepForm) else StepForm(),
        names=names_of([step.by_id for step in found.steps if step.by_id]),
    )

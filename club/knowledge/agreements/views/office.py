"""The editors' side: what firms agreed to, asked about or took back, text by text."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.files.accepting import MIB
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.knowledge import queries as knowledge
from club.knowledge.agreements import queries
from club.knowledge.agreements.following import refusal_to_publish
from club.knowledge.agreements.forms import AskForm, RecordForm, WithdrawalForm
from club.knowledge.agreements.labels import EXTENT_WORDS, EXTENTS_BY_KEY
from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.agreements.operations import asking, recording
from club.knowledge.agreements.rules import extent_of
from club.knowledge.agreements.views.blueprint import bp
from club.knowledge.editing.models import Draft
from club.knowledge.editing.queries import draft_by_public_id
from club.knowledge.editing.views.blueprint import EDITORS
from club.knowledge.models import Article
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import show_refusal
from club.web.keeping import kept_or_again
from club.web.pages import page_number
from club.web.uploads import takes_files

_DESK = "/office/knowledge/agreements"
_LARGEST_SCAN = 20 * MIB


@bp.get(_DESK)
@open_to(*EDITORS)
def desk() -> str:
    """Of all texts, or of the one that the address names."""
    text = _text_asked_for()
    if text is not None:
        return _text_page(text, _record_form())
    typed = request.args.get("state", "")
    chosen = AgreementState(typed) if typed in set(AgreementState) else AgreementState.GIVEN
    page = queries.agreements_in(chosen, page=page_number(request.args.get("page")))
    return render_template(
        "knowledge/agreements/desk.html",
        page=page,
        page_url=lambda n: f"{_DESK}?state={chosen.value}&page={n}",
        chosen=chosen,
        states=list(AgreementState),
        numbers=queries.numbers_by_state(),
        texts=queries.texts_of(page.items),
    )


@bp.post(_DESK)
@open_to(*EDITORS)
@takes_files(at_most=_LARGEST_SCAN)
def record() -> ResponseReturnValue:
    text, form = _text_asked_for() or abort(404), RecordForm()
    is_valid = form.validate()
    try:
        scan = form.received()
        if is_valid:
            recording.record(
                _text_asked_for() or abort(404),
                form.firm,
                form.word,
                scan=scan,
                by=current_user.id,
                now=clock.now(),
            )
            flash(gettext("The agreement is recorded."), "success")
            return redirect(_address_of(text))
    except StorageError:
        form.file.errors = [gettext("The file could not be stored just now. Try again.")]
    except RefusedError as refused:
        show_refusal(form, refused)
    return _text_page(_text_asked_for() or abort(404), form), form.answer_status


@bp.post(f"{_DESK}/asked")
@open_to(*EDITORS)
def ask() -> ResponseReturnValue:
    text, form = _text_asked_for() or abort(404), AskForm(prefix="ask")
    return kept_or_again(
        form,
        lambda: asking.ask(
            text,
            form.whom,
            asking.Asked(EXTENTS_BY_KEY[form.extent.data], form.words.data),
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _text_page(_text_asked_for() or abort(404), _record_form(), form),
        said=gettext("The firm is asked; who speaks for it gets a letter."),
        to=_address_of(text),
    )


@bp.get(f"{_DESK}/<uuid:public_id>")
@open_to(*EDITORS)
def agreement(public_id: UUID) -> str:
    return _page(_found(public_id), WithdrawalForm())


@bp.post(f"{_DESK}/<uuid:public_id>/withdrawal")
@open_to(*EDITORS)
def withdraw(public_id: UUID) -> ResponseReturnValue:
    found, form = _found(public_id), WithdrawalForm()
    _offer(form, found)

    def keep() -> None:
        if form.is_mistake:
            recording.strike_out(found.id, form.reason.data, by=current_user.id, now=clock.now())
        else:
            recording.withdraw(found.id, form.withdrawal, by=current_user.id, now=clock.now())

    return kept_or_again(
        form,
        keep,
        lambda: _page(_found(public_id), form),
        said=gettext("Noted. What readers see follows it from now on."),
        to=f"{_DESK}/{public_id}",
    )


@bp.get(f"{_DESK}/<uuid:public_id>/scan")
@open_to(*EDITORS)
def scan(public_id: UUID) -> Response:
    return personal_file_response(_found(public_id).scan or abort(404))


@bp.app_template_filter()
def extent_words(extent: Extent) -> str:
    return str(EXTENT_WORDS[extent])


@bp.app_template_global()
def agreements_address(text: Article | Draft) -> str:
    """Where a text's agreements are looked after."""
    return _address_of(text)


def _text_asked_for() -> Article | Draft | None:
    """The published text or the draft that the address names; none where it names nothing."""
    slug, draft = request.args.get("text"), request.args.get("draft")
    if slug:
        return knowledge.article_by_slug(slug) or abort(404)
    if not draft:
        return None
    try:
        public_id = UUID(draft)
    except ValueError:
        abort(404)
    return draft_by_public_id(public_id) or abort(404)


def _address_of(text: Article | Draft) -> str:
    if isinstance(text, Article):
        return f"{_DESK}?text={text.slug}"
    return f"{_DESK}?draft={text.public_id}"


def _found(public_id: UUID) -> Agreement:
    return queries.agreement_by_public_id(public_id) or abort(404)


def _record_form() -> RecordForm:
    return RecordForm(formdata=None, data={"given_on": clock.today()})


def _text_page(text: Article | Draft, form: RecordForm, ask_form: AskForm | None = None) -> str:
    facts, agreements = queries.facts_of(text), queries.agreements_about(text)
    asked = {"code": queries.code_of_firm(text)}
    return render_template(
        "knowledge/agreements/text.html",
        text=text,
        is_published=isinstance(text, Article),
        facts=facts,
        needed=extent_of(facts.case) if facts.case else None,
        refusal=refusal_to_publish(facts, agreements),
        agreements=agreements,
        form=form,
        ask_form=ask_form or AskForm(formdata=None, prefix="ask", data=asked),
    )


def _page(found: Agreement, form: WithdrawalForm) -> str:
    if not form.left.choices:
        _offer(form, found)
    return render_template(
        "knowledge/agreements/agreement.html",
        agreement=found,
        text=queries.texts_of([found])[found.id],
        form=form,
        here=f"{_DESK}/{found.public_id}",
        names=names_of({one for one in (found.recorded_by_id, found.ended_by_id) if one}),
    )


def _offer(form: WithdrawalForm, found: Agreement) -> None:
    form.offer(found.extent)
    form.offer_mistake()

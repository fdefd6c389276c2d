"""A draft: its form, how it will look, and what differs from what is published."""

import uuid

from flask import abort, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.knowledge.agreements.following import refusal_to_publish
from club.knowledge.agreements.queries import agreements_behind
from club.knowledge.article_rules import facts_in
from club.knowledge.editing import queries
from club.knowledge.editing.documents import problems_with
from club.knowledge.editing.forms import CommentForm, ReasonForm, TextForm
from club.knowledge.editing.models import Draft, TextState
from club.knowledge.editing.operations import drafting
from club.knowledge.editing.permissions import is_proposer, may_discard, may_edit, may_send_back
from club.knowledge.editing.rules import WRITABLE, EditingRefusal, Step, refusal_to_review
from club.knowledge.editing.showing import as_read, documents_side_by_side, in_words
from club.knowledge.editing.typed import form_of, typed_document
from club.knowledge.editing.views.blueprint import WRITERS, account, bp, draft_or_404
from club.knowledge.facts import Document
from club.knowledge.pictures.addresses import codes_in
from club.knowledge.pictures.models import DraftPicture
from club.knowledge.pictures.queries import pictures_of
from club.knowledge.queries import known_keys
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.comparing import Section
from club.web.forms import follow, show_refusal
from club.web.language import is_english, moment
from club.web.requested import wants_data

#: An empty row for each list of the form, to begin with and to add.
_ROWS = ("sources", "measures")


@bp.get("/office/knowledge/drafts/<uuid:public_id>")
@open_to(*WRITERS)
def draft(public_id: uuid.UUID) -> str:
    found = draft_or_404(public_id)
    if found.state not in WRITABLE:
        return review_page(found)
    return _form_page(found, _form(found))


@bp.post("/office/knowledge/drafts/<uuid:public_id>")
@open_to(*WRITERS)
def save(public_id: uuid.UUID) -> ResponseReturnValue:
    """Save; then add a row, show how it will look, or hand it in, as the button says."""
    found = draft_or_404(public_id)
    form = _form(found)
    if not form.validate():
        return _answer(found, form, 422)
    document = typed_document(form, found.facts)
    try:
        found = drafting.save(
            found.id,
            document,
            note=form.note.data,
            seen=form.seen.data or 0,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _conflict(draft_or_404(public_id), form, document)
    if wants_data():
        return jsonify(version=found.version, saved=moment(found.modified_at))
    return _go_on(found, form)


@bp.get("/office/knowledge/drafts/<uuid:public_id>/preview")
@open_to(*WRITERS)
def preview(public_id: uuid.UUID) -> str:
    found = draft_or_404(public_id)
    return render_template("knowledge/editing/preview.html", draft=found, **as_read(found.facts))


@bp.get("/office/knowledge/drafts/<uuid:public_id>/changes")
@open_to(*WRITERS)
def changes(public_id: uuid.UUID) -> str:
    """What the draft says otherwise than the text that is published now."""
    found = draft_or_404(public_id)
    article = queries.article_of(found) or abort(404)
    return render_template(
        "knowledge/editing/changes.html",
        draft=found,
        article=article,
        sections=documents_side_by_side(queries.present_facts(article), found.facts),
    )


def _go_on(found: Draft, form: TextForm) -> ResponseReturnValue:
    address = f"/office/knowledge/drafts/{found.public_id}"
    then = request.form.get("then", "")
    if then in _ROWS:
        return redirect(f"{address}?more={then}#{then}")
    if then in {"preview", "pictures"}:
        return redirect(f"{address}/{then}")
    if then == "hand_in":
        return _hand_in(found, form, address)
    flash(gettext("Saved."), "success")
    return redirect(address)


def _hand_in(found: Draft, form: TextForm, address: str) -> ResponseReturnValue:
    problems = problems_with(found.facts, known=known_keys())
    form.show(problems)
    try:
        drafting.hand_in(
            found.id, compared_with=form.published.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        if refused.refusal is not EditingRefusal.NOT_READY:
            show_refusal(form, refused)
        follow(form.seen, found.version)
        return _form_page(found, form), 422
    flash(gettext("Handed in. Somebody who did not write it looks it over."), "success")
    return redirect(address)


def _conflict(found: Draft, form: TextForm, typed: Document) -> ResponseReturnValue:
    """Both texts: what somebody else saved, and what was typed over an older version."""
    if wants_data():
        return jsonify(error=form.form_errors[0]), 409
    follow(form.seen, found.version)
    return _form_page(found, form, conflict=documents_side_by_side(found.facts, typed)), 409


def _answer(found: Draft, form: TextForm, status: int) -> ResponseReturnValue:
    if wants_data():
        return jsonify(error=gettext("Not saved yet: something has to be mended first.")), status
    return _form_page(found, form), status


def _form(found: Draft) -> TextForm:
    choices = queries.choices(english=is_english())
    return form_of(found.facts, choices, note=found.note, seen=found.version)


def _form_page(found: Draft, form: TextForm, *, conflict: list[Section] | None = None) -> str:
    more = request.args.get("more", "")
    for name in _ROWS:
        rows = form._fields.get(name)
        if rows is not None and (not len(rows) or more == name):
            rows.append_entry()
    now = clock.now()
    others = queries.others_writing(found.id, but=current_user.id, since=now - drafting.REST)
    copies = queries.copies_of(found.id)
    steps = queries.steps_of(found.id)
    article = queries.article_of(found)
    if article:
        follow(form.published, article.revision)
    return render_template(
        "knowledge/editing/draft.html",
        draft=found,
        edits=may_edit(account()),
        form=form,
        conflict=conflict,
        closed=found.state not in WRITABLE,
        others=others,
        copies=list(zip(copies, in_words(one.facts for one in copies), strict=True)),
        more=more,
        pictures=pictures_of(found.id),
        returned=next((one for one in reversed(steps) if one.reason), None),
        article=article,
        moved_on=article is not None and article.revision != found.base_number,
        **_talk(found, {*(one.account_id for one in others), *(one.by_id for one in copies)}),
    )


def review_page(
    found: Draft, *, reason: ReasonForm | None = None, remark: CommentForm | None = None
) -> str:
    """The draft as it was handed in, with the story, for who looks it over or waits."""
    refusal = refusal_to_review(
        Step.PUBLISH, found.state, by=current_user.id, hands=queries.writers_on(found)
    )
    steps = queries.steps_of(found.id)
    article = queries.article_of(found)
    waits = found.state is TextState.IN_REVIEW
    return render_template(
        "knowledge/editing/review.html",
        draft=found,
        article=article,
        moved_on=article is not None and article.revision != found.base_number,
        refusal=refusal,
        edits=may_edit(account()),
        agreement_refusal=refusal_to_publish(facts_in(found.facts)[0], agreements_behind(found)),
        may_send_back=may_send_back(account(), found),
        unplaced=_unplaced_pictures(found),
        lacking=len(problems_with(found.facts, known=known_keys())) if waits else 0,
        form=reason or remark,
        steps=steps,
        sections=documents_side_by_side(queries.present_facts(article), found.facts)
        if article
        else [],
        **as_read(found.facts),
        **_talk(found, {one.by_id for one in steps}, remark, reason),
    )


def _unplaced_pictures(found: Draft) -> list[DraftPicture]:
    """Those that lie ready and stand nowhere in the text: a member only adds them."""
    placed = codes_in(found.facts["body"], found.facts["english"])
    return [one for one in pictures_of(found.id) if one.picture.code not in placed]


def _talk(
    found: Draft,
    others: set[int | None],
    remark: CommentForm | None = None,
    reason: ReasonForm | None = None,
) -> dict[str, object]:
    """The remarks on a draft, the names of all that its page names, and what may be done."""
    remarks = queries.comments_on(found.id)
    talking = {one for row in remarks for one in (row.by_id, row.settled_by_id)}
    hands = [found.author_id, *sorted(queries.hands_on(found.id) - {found.author_id})]
    names = names_of({one for one in {*talking, *others, *hands, found.modified_by_id} if one})
    return {
        "remarks": remarks,
        "remark_form": remark or CommentForm(),
        "names": names,
        "writers": [names[one] for one in hands if one],
        "proposer": queries.proposers_of([found]).get(found.id),
        "may_discard": may_discard(account(), found),
        "declines": found.proposer_id is not None and not is_proposer(account(), found),
        "reason": reason or ReasonForm(),
    }

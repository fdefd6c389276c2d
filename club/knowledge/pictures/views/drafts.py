"""The pictures that lie ready for a draft: adding, describing and removing them."""

import uuid
from collections.abc import Mapping

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from club import clock
from club.files import pictures
from club.knowledge.editing.models import Draft
from club.knowledge.editing.rules import WRITABLE
from club.knowledge.editing.views.blueprint import WRITERS, draft_or_404
from club.knowledge.pictures import operations, queries
from club.knowledge.pictures.forms import PicturesForm, WordsForm
from club.knowledge.pictures.keeping import StoredPicture, store_picture
from club.knowledge.pictures.markdown import markdown_of
from club.knowledge.pictures.models import DraftPicture
from club.knowledge.pictures.rules import MOST_AT_ONCE, ListRefusal, refusal_to_add
from club.knowledge.pictures.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import show_refusal
from club.web.turns import letting_others_go_on
from club.web.uploads import takes_files


@bp.get("/office/knowledge/drafts/<uuid:public_id>/pictures")
@open_to(*WRITERS)
def of_draft(public_id: uuid.UUID) -> str:
    return _page(draft_or_404(public_id), PicturesForm())


@bp.post("/office/knowledge/drafts/<uuid:public_id>/pictures")
@open_to(*WRITERS)
@takes_files(at_most=MOST_AT_ONCE * pictures.LARGEST)
def add(public_id: uuid.UUID) -> ResponseReturnValue:
    """Those that are fit are taken, and what is wrong with the others is said by their names."""
    draft, form = draft_or_404(public_id), PicturesForm()
    if not form.validate():
        return _page(draft, form), 422
    chosen = [one for one in form.file.data if one.filename]
    refusal = refusal_to_add(
        already=len(queries.pictures_of(draft.id)),
        more=len(chosen),
        is_written=draft.state in WRITABLE,
    )
    if refusal:
        show_refusal(form, RefusedError(refusal, field="file"))
        return _page(draft, form), 422
    draft_id, stored = draft.id, _stored(form, chosen)
    if stored:
        operations.lay_ready(draft_id, stored, by=current_user.id, now=clock.now())
    if form.file.errors:
        return _page(draft_or_404(public_id), form), 422
    flash(gettext("Taken. Say now what is to be seen in each."), "success")
    return redirect(f"{_address(public_id)}#ready")


@bp.post("/office/knowledge/drafts/<uuid:public_id>/pictures/<string:code>")
@open_to(*WRITERS)
def describe(public_id: uuid.UUID, code: str) -> ResponseReturnValue:
    draft, form = draft_or_404(public_id), WordsForm()
    ready = _ready_or_404(draft, code)
    if form.validate():
        try:
            operations.describe(draft.id, ready.picture_id, form.words())
        except RefusedError as refused:
            if refused.field is None:
                raise
            show_refusal(form, refused)
        else:
            return redirect(f"{_address(public_id)}#picture-{code}")
    return _page(draft, PicturesForm(formdata=None), {code: form}), 422


@bp.post("/office/knowledge/drafts/<uuid:public_id>/pictures/<string:code>/removal")
@open_to(*WRITERS)
def remove(public_id: uuid.UUID, code: str) -> ResponseReturnValue:
    draft = draft_or_404(public_id)
    operations.put_away(draft.id, _ready_or_404(draft, code).picture_id)
    flash(gettext("The picture is no longer on the list of this draft."), "success")
    return redirect(_address(public_id))


@bp.app_template_filter()
def as_markdown(ready: DraftPicture) -> str:
    """What is pasted into the text; nothing as long as nobody said what is to be seen."""
    if not ready.alt:
        return ""
    return markdown_of(
        ready.picture.address, alt=ready.alt, caption=ready.caption, credit=ready.credit
    )


def _stored(form: PicturesForm, chosen: list[FileStorage]) -> list[StoredPicture]:
    stored, errors = [], []
    with letting_others_go_on():
        for one in chosen:
            try:
                stored.append(store_picture(one.stream))
            except RefusedError as refused:
                errors.append(f"{one.filename}: {gettext(refused.refusal.value)}")
    form.file.errors = [*form.file.errors, *errors]
    return stored


def _ready_or_404(draft: Draft, code: str) -> DraftPicture:
    found = (one for one in queries.pictures_of(draft.id) if one.picture.code == code)
    return next(found, None) or abort(404)


def _page(draft: Draft, form: PicturesForm, typed: Mapping[str, WordsForm] | None = None) -> str:
    """``typed``: words with something to mend, by the picture's code."""
    given = dict(typed or {})
    rows = [
        (one, _told_apart(given.get(one.picture.code) or _words_form(one), one.picture.code))
        for one in queries.pictures_of(draft.id)
    ]
    return render_template(
        "knowledge/pictures/of_draft.html",
        draft=draft,
        is_written=draft.state in WRITABLE,
        not_now=ListRefusal.NOT_NOW,
        form=form,
        rows=rows,
        wrong=next(iter(given.values()), form),
    )


def _words_form(ready: DraftPicture) -> WordsForm:
    words = {"alt": ready.alt, "caption": ready.caption, "credit": ready.credit}
    return WordsForm(formdata=None, data=words)


def _told_apart(form: WordsForm, code: str) -> WordsForm:
    """The page holds one such form for each picture."""
    for field in form:
        field.id = f"{field.name}-{code[:12]}"
    return form


def _address(public_id: uuid.UUID) -> str:
    return f"/office/knowledge/drafts/{public_id}/pictures"

"""Adding, describing and removing the pictures that lie ready for a draft, whoever writes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from club import clock
from club.knowledge.editing.models import Draft
from club.knowledge.editing.rules import WRITABLE
from club.knowledge.pictures import operations, queries
from club.knowledge.pictures.forms import PicturesForm, WordsForm
from club.knowledge.pictures.keeping import StoredPicture, store_picture
from club.knowledge.pictures.models import DraftPicture
from club.knowledge.pictures.rules import ListRefusal, refusal_to_add
from club.refusal import RefusedError
from club.web.forms import show_refusal
from club.web.turns import letting_others_go_on


@dataclass(frozen=True)
class PictureDesk:
    """Where somebody looks after the pictures of a draft."""

    template: str
    #: Of the draft; its pictures are below it.
    address: str
    #: How many may lie ready.
    most: int

    @property
    def pictures(self) -> str:
        return f"{self.address}/pictures"


def page(
    draft: Draft,
    desk: PictureDesk,
    form: PicturesForm,
    typed: Mapping[str, WordsForm] | None = None,
) -> str:
    """``typed``: words with something to mend, by the picture's code."""
    given = dict(typed or {})
    rows = [
        (one, _told_apart(given.get(one.picture.code) or _words_form(one), one.picture.code))
        for one in queries.pictures_of(draft.id)
    ]
    is_written = draft.state in WRITABLE
    return render_template(
        desk.template,
        draft=draft,
        draft_address=desk.address,
        address=desk.pictures,
        is_written=is_written,
        not_now=None if is_written else ListRefusal.NOT_NOW,
        form=form,
        rows=rows,
        wrong=next(iter(given.values()), form),
    )


def add(draft: Draft, desk: PictureDesk) -> ResponseReturnValue:
    """Those that are fit are taken, and what is wrong with the others is said by their names."""
    form = PicturesForm()
    if not form.validate():
        return page(draft, desk, form), 422
    chosen = [one for one in form.file.data if one.filename]
    refusal = refusal_to_add(
        already=len(queries.pictures_of(draft.id)),
        more=len(chosen),
        is_written=draft.state in WRITABLE,
        most=desk.most,
    )
    if refusal:
        show_refusal(form, RefusedError(refusal, field="file"))
        return page(draft, desk, form), 422
    draft_id, stored = draft.id, _stored(form, chosen)
    if stored:
        operations.lay_ready(draft_id, stored, by=current_user.id, now=clock.now(), most=desk.most)
    if form.file.errors:
        return page(queries.draft_again(draft_id), desk, form), 422
    flash(gettext("Taken. Say now what is to be seen in each."), "success")
    return redirect(f"{desk.pictures}#ready")


def describe(draft: Draft, desk: PictureDesk, code: str) -> ResponseReturnValue:
    form, ready = WordsForm(), _ready_or_404(draft, code)
    if form.validate():
        try:
            operations.describe(draft.id, ready.picture_id, form.words())
        except RefusedError as refused:
            if refused.field is None:
                raise
            show_refusal(form, refused)
        else:
            return redirect(f"{desk.pictures}#picture-{code}")
    return page(draft, desk, PicturesForm(formdata=None), {code: form}), 422


def remove(draft: Draft, desk: PictureDesk, code: str) -> ResponseReturnValue:
    operations.put_away(draft.id, _ready_or_404(draft, code).picture_id)
    flash(gettext("The picture is no longer on the list of this draft."), "success")
    return redirect(desk.pictures)


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


def _words_form(ready: DraftPicture) -> WordsForm:
    words = {"alt": ready.alt, "caption": ready.caption, "credit": ready.credit}
    return WordsForm(formdata=None, data=words)


def _told_apart(form: WordsForm, code: str) -> WordsForm:
    """The page holds one such form for each picture."""
    for field in form:
        field.id = f"{field.name}-{code[:12]}"
    return form

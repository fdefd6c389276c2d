"""The coordinator's pages about people who may have been entered twice."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.audit.names import names_of
from club.people.merging import operations, queries, rules
from club.people.merging.forms import MergeForm, UndoForm
from club.people.merging.models import PersonMerge
from club.people.merging.plan import plan_of
from club.people.merging.rules import MergeRefusal
from club.people.models import Person
from club.people.queries import entry_by_public_id, people_matching
from club.people.rules.phones import shown_phone
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.pages import page_number

bp = Blueprint("merging", __name__, url_prefix="/office/people")
bp.add_app_template_filter(shown_phone)
_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
_SHOWN_MERGES = 20


@bp.get("/duplicates")
@open_to(*_STAFF)
def desk() -> str:
    text = request.args.get("q", "")[:200].strip()
    return render_template(
        "people/duplicates.html",
        probable=queries.probable_duplicates(page=page_number(request.args.get("page"))),
        q=text,
        found=people_matching(text) if text else [],
        merges=queries.latest_merges(most=_SHOWN_MERGES),
    )


@bp.get("/duplicates/chosen")
@open_to(*_STAFF)
def chosen() -> ResponseReturnValue:
    """Two that somebody picked from a list of names."""
    entries = request.args.getlist("entry", type=uuid.UUID)
    if len(set(entries)) != 2:
        flash(gettext("Choose exactly two entries."), "warning")
        return redirect(url_for("merging.desk", q=request.args.get("q", "")))
    return redirect(url_for("merging.pair", kept=entries[0], gone=entries[1]))


@bp.get("/duplicates/<uuid:kept>/<uuid:gone>")
@open_to(*_STAFF)
@shows_person("person", "kept")
@shows_person("person", "gone")
def pair(kept: uuid.UUID, gone: uuid.UUID) -> ResponseReturnValue:
    return _pair_page(_entry_or_404(kept), _entry_or_404(gone), MergeForm())


@bp.post("/duplicates/<uuid:kept>/<uuid:gone>")
@open_to(*_STAFF)
def merge(kept: uuid.UUID, gone: uuid.UUID) -> ResponseReturnValue:
    form, kept_id, gone_id = MergeForm(), _entry_or_404(kept).id, _entry_or_404(gone).id
    if form.validate():
        try:
            merged = operations.merge(
                kept_id,
                gone_id,
                seen=form.seen.data or "",
                reason=form.reason.data,
                by=current_user,
                now=clock.now(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
            return _pair_page(_entry_or_404(kept), _entry_or_404(gone), form), 409
        flash(gettext("The two entries are one now. It can be undone here."), "success")
        return redirect(url_for("merging.merged", public_id=merged.public_id))
    return _pair_page(_entry_or_404(kept), _entry_or_404(gone), form), form.answer_status


@bp.post("/duplicates/<uuid:kept>/<uuid:gone>/apart")
@open_to(*_STAFF)
def tell_apart(kept: uuid.UUID, gone: uuid.UUID) -> ResponseReturnValue:
    one, other = _entry_or_404(kept), _entry_or_404(gone)
    operations.tell_apart(one.id, other.id, by=current_user, now=clock.now())
    flash(gettext("They are two people. The list does not show them together again."), "success")
    return redirect(url_for("merging.desk"))


@bp.get("/merges/<uuid:public_id>")
@open_to(*_STAFF)
@shows_person("person_merge", "public_id")
def merged(public_id: uuid.UUID) -> ResponseReturnValue:
    return _merge_page(_merge_or_404(public_id), UndoForm())


@bp.post("/merges/<uuid:public_id>")
@open_to(*_STAFF)
def undo(public_id: uuid.UUID) -> ResponseReturnValue:
    form, merge_id = UndoForm(), _merge_or_404(public_id).id
    if form.validate():
        try:
            operations.undo(merge_id, reason=form.reason.data, by=current_user, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
            return _merge_page(_merge_or_404(public_id), form), 409
        flash(gettext("It is undone: everything is back where it was."), "success")
        return redirect(url_for("merging.merged", public_id=public_id))
    return _merge_page(_merge_or_404(public_id), form), form.answer_status


def _pair_page(kept: Person, gone: Person, form: MergeForm) -> str:
    plan = plan_of(kept, gone)
    form.seen.data = plan.fingerprint
    return render_template(
        "people/merging.html",
        kept=kept,
        gone=gone,
        plan=plan,
        form=form,
        refusal=rules.refusal_to_merge(kept, gone, by=current_user),
    )


def _merge_page(found: PersonMerge, form: UndoForm) -> str:
    refusal = operations.refusal_to_undo(found, by=current_user)
    return render_template(
        "people/merged.html",
        merged=found,
        tables=operations.moved_rows(found),
        form=form,
        refusal=refusal,
        changed=operations.changed_since(found) if refusal is MergeRefusal.MOVED_SINCE else [],
        names=names_of({one for one in (found.by_id, found.undone_by_id) if one}),
    )


def _entry_or_404(public_id: uuid.UUID) -> Person:
    return entry_by_public_id(public_id) or abort(404)


def _merge_or_404(public_id: uuid.UUID) -> PersonMerge:
    return queries.merge_by_public_id(public_id) or abort(404)

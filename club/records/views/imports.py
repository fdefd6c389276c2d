"""Lists of earlier years: the template, handing a list in, its preview, confirming, undoing."""

import uuid
from datetime import datetime

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.documents.csv_file import csv_text
from club.files.names import content_disposition
from club.files.receiving import receive
from club.files.sheets.cells import CellError
from club.files.sheets.opening import LARGEST, open_sheet
from club.files.storage import StorageError
from club.records.earlier import operations, queries, rules
from club.records.earlier.checking import SHOWN_OF_EACH_KIND, known_on
from club.records.earlier.columns import COLUMNS, Column
from club.records.earlier.forms import ListForm, UndoForm
from club.records.earlier.models import BatchState, EarlierBatch
from club.records.earlier.operations import HandedIn
from club.records.earlier.rows import mistakes_for_all
from club.records.earlier.showing import all_mistakes, leaning_words, preview_of
from club.records.earlier.template import template
from club.records.views.blueprint import bp
from club.refusal import RefusedError
from club.units.queries import all_units
from club.web.access import Audience, open_to
from club.web.described import CSV, described
from club.web.forms import ClubForm, show_refusal
from club.web.keeping import kept_or_again
from club.web.turns import letting_others_go_on
from club.web.uploads import takes_files

KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_WORK = {BatchState.CHECKING, BatchState.CONFIRMED}


@bp.get("/office/imports")
@open_to(*KEEPERS)
def import_desk() -> str:
    return _desk(ListForm())


@bp.post("/office/imports")
@open_to(*KEEPERS)
@takes_files(at_most=LARGEST)
def hand_in_list() -> ResponseReturnValue:
    form = ListForm()
    form.offer(queries.courses_by_code().values())
    if form.validate():
        try:
            batch = _hand_in(form, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        except CellError as error:
            form.file.errors = [gettext(error.refusal.value, **error.values)]
        except StorageError:
            form.form_errors.append(
                gettext(
                    "The file could not be stored. Nothing was saved; try again in a few minutes."
                )
            )
            form.answer_status = 503
        else:
            if batch:
                return redirect(f"/office/imports/{batch.public_id}")
    return _desk(form), form.answer_status


@bp.get("/office/imports/template.xlsx")
@open_to(*KEEPERS)
def list_template() -> Response:
    wards = [unit for unit in all_units() if unit.kind.is_area]
    answer = Response(template(queries.courses_by_code().values(), wards), mimetype=_XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="mau-danh-sach-nam-truoc.xlsx"'
    return answer


@bp.get("/office/imports/<uuid:public_id>")
@open_to(*KEEPERS)
def import_batch(public_id: uuid.UUID) -> str:
    return _page(_found(public_id), UndoForm())


@bp.get("/office/imports/<uuid:public_id>/progress")
@open_to(*KEEPERS)
def import_progress(public_id: uuid.UUID) -> Response:
    """How far it is; once it has come to rest, the page asks for itself anew."""
    batch = _found(public_id)
    answer = Response(render_template("records/_import_progress.html", batch=batch))
    if batch.state not in _AT_WORK:
        answer.headers["HX-Refresh"] = "true"
    return answer


@bp.get("/office/imports/<uuid:public_id>/mistakes.csv")
@open_to(*KEEPERS)
@described("Everything that is to be mended in a list of earlier years, cell by cell", media=CSV)
def import_mistakes(public_id: uuid.UUID) -> Response:
    batch = _found(public_id)
    heads = [
        gettext("Row"),
        gettext("Column in the file"),
        gettext("Column"),
        gettext("What stands there"),
        gettext("What to do there"),
    ]
    lines = ([m.row, m.letters, m.column, m.typed, m.words] for m in all_mistakes(batch))
    answer = Response(csv_text([heads, *lines]), content_type="text/csv; charset=utf-8")
    name = f"{gettext('Things to mend')} - {batch.file.name}.csv"
    answer.headers["Content-Disposition"] = content_disposition(name)
    return answer


@bp.post("/office/imports/<uuid:public_id>/choices")
@open_to(*KEEPERS)
def choose_people(public_id: uuid.UUID) -> ResponseReturnValue:
    batch = _found(public_id)
    _check_form()
    rows = {
        name.removeprefix("row-"): choice
        for name, choice in request.form.items()
        if name.startswith("row-")
    }
    operations.choose(batch.id, rows, now=clock.now())
    flash(gettext("The answers have been kept."), "success")
    return redirect(f"/office/imports/{public_id}")


@bp.post("/office/imports/<uuid:public_id>/confirmation")
@open_to(*KEEPERS)
def confirm_import(public_id: uuid.UUID) -> ResponseReturnValue:
    batch = _found(public_id)
    _check_form()
    operations.confirm(batch.id, by=current_user.id, now=clock.now())
    return redirect(f"/office/imports/{public_id}")


@bp.post("/office/imports/<uuid:public_id>/removal")
@open_to(*KEEPERS)
def discard_import(public_id: uuid.UUID) -> ResponseReturnValue:
    batch = _found(public_id)
    _check_form()
    operations.discard(batch.id, now=clock.now())
    flash(gettext("The list has been put aside. Nothing of it was brought in."), "success")
    return redirect("/office/imports")


@bp.post("/office/imports/<uuid:public_id>/undoing")
@open_to(*KEEPERS)
def undo_import(public_id: uuid.UUID) -> ResponseReturnValue:
    batch_id, form = _found(public_id).id, UndoForm()
    return kept_or_again(
        form,
        lambda: operations.undo(
            batch_id, reason=form.reason.data, by=current_user.id, now=clock.now()
        ),
        lambda: _page(_found(public_id), form),
        said=gettext("The import has been undone. Its records count no longer."),
        to=f"/office/imports/{public_id}",
    )


def _hand_in(form: ListForm, *, now: datetime) -> EarlierBatch | None:
    """A hostile or unreadable file is refused at once, and so is what holds for all rows and
    cannot be true (``None``); all else is the worker's.
    """
    given, said = form.file.data, form.for_all_rows()
    known = known_on(clock.local_day(now))
    with letting_others_go_on():
        sheet = open_sheet(given.stream, name=given.filename)
        places = COLUMNS.places_in(sheet.rows[0], map(Column, said))
        cells = {Column(name): cell for name, cell in said.items()}
        form.show(mistakes_for_all(cells, in_file=places, known=known))
        if form.errors:
            return None
        received = receive(given.stream, name=given.filename)
    handed = HandedIn(received, form.source.data, said, len(sheet.rows) - 1)
    return operations.hand_in(handed, by=current_user.id, now=now)


def _check_form() -> None:
    if not ClubForm().validate():
        abort(400)


def _found(public_id: uuid.UUID) -> EarlierBatch:
    return queries.batch_by_public_id(public_id) or abort(404)


def _desk(form: ListForm) -> str:
    form.offer(queries.courses_by_code().values())
    batches = queries.batches()
    return render_template(
        "records/import_desk.html",
        form=form,
        batches=batches,
        names=names_of({batch.uploaded_by_id for batch in batches}),
    )


def _page(batch: EarlierBatch, form: UndoForm) -> str:
    by = {batch.uploaded_by_id, batch.confirmed_by_id, batch.undone_by_id} - {None}
    is_imported = batch.state is BatchState.IMPORTED
    return render_template(
        "records/import_batch.html",
        batch=batch,
        form=form,
        preview=preview_of(batch),
        shown_of_each=SHOWN_OF_EACH_KIND,
        refusal=rules.refusal_to_confirm(batch),
        leaning=leaning_words(queries.leaning_on(batch.id)) if is_imported else [],
        resting=queries.registrations_resting_on(batch.id) if is_imported else [],
        names=names_of({one for one in by if one}),
        is_at_work=batch.state in _AT_WORK,
    )

"""Many published values at once: the template, the preview of a list, bringing it in."""

from dataclasses import dataclass
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.documents.xlsx_file import XLSX
from club.files.forms import say_not_stored
from club.files.reading import content_of
from club.files.sheets.cells import CellError
from club.files.sheets.opening import LARGEST, Sheet, open_sheet
from club.files.sheets.showing import ShownMistake, shown
from club.files.storage import StorageError
from club.indicators import queries
from club.indicators.value_lists.columns import COLUMNS
from club.indicators.value_lists.forms import ValueListForm
from club.indicators.value_lists.operations import bring_in
from club.indicators.value_lists.reading import KnownSeries, Line, SeriesNames, read
from club.indicators.value_lists.template import template
from club.indicators.value_lists.weighing import Outcome, Weighed, seal_of, weighed
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.turns import letting_others_go_on
from club.web.uploads import takes_files

bp = Blueprint("value_lists", __name__, url_prefix="/office/plan/values/list")
_STAFF = (Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
#: So many rows are shown; who has more to mend mends these first.
_MOST_SHOWN = 200


@dataclass(frozen=True)
class Preview:
    """What a list says: lines to bring in, or what is to be mended."""

    lines: list[Line]
    mistakes: list[ShownMistake]


@bp.get("")
@open_to(*_STAFF)
def value_list() -> str:
    return _page(ValueListForm(), None)


@bp.get("/template.xlsx")
@open_to(*_STAFF)
def value_list_template() -> Response:
    answer = Response(template(_names()), mimetype=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="mau-so-lieu-cong-bo.xlsx"'
    return answer


@bp.post("")
@open_to(*_STAFF)
@takes_files(at_most=LARGEST)
def hand_in_values() -> ResponseReturnValue:
    """Without a seal, the preview; with the seal of the preview, the deed."""
    form = ValueListForm()
    preview = _looked_over(form) if form.validate() else None
    if preview is None or preview.mistakes:
        return _page(form, preview), form.answer_status if preview is None else 422
    if not form.seal.data or form.file.data:
        return _page(form, preview)
    try:
        written = bring_in(
            preview.lines,
            reason=form.reason.data,
            seal=form.seal.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(form, preview), form.answer_status
    flash(
        ngettext("%(num)s value has been entered.", "%(num)s values have been entered.", written),
        "success",
    )
    return redirect("/office/plan")


def _looked_over(form: ValueListForm) -> Preview | None:
    """``None`` where the file is no list, which the form then says."""
    try:
        sheet = _sheet_of(form)
        lines, mistakes = read(sheet, _names(), today=clock.today())
    except RefusedError as refused:
        show_refusal(form, refused)
    except CellError as error:
        form.file.errors = [gettext(error.refusal.value, **error.values)]
    except StorageError:
        say_not_stored(form)
    else:
        return Preview(lines, shown(sheet, COLUMNS, mistakes))
    return None


def _sheet_of(form: ValueListForm) -> Sheet:
    received = form.received()
    if received is None:
        raise StorageError
    with letting_others_go_on():
        return open_sheet(BytesIO(content_of(received)), name=received.name)


def _names() -> SeriesNames:
    return SeriesNames(
        KnownSeries(one.id, one.key, f"{one.indicator.name} - {one.territory}: {one.name}")
        for one in queries.series_in_order()
        if one.indicator.counted_from is None
    )


def _page(form: ValueListForm, preview: Preview | None) -> str:
    found: list[Weighed] = weighed(preview.lines) if preview else []
    form.seal.data = seal_of(found) if found else ""
    changes = [one for one in found if one.outcome is not Outcome.SAME]
    return render_template(
        "indicators/value_list.html",
        form=form,
        mistakes=preview.mistakes if preview else [],
        changes=changes,
        same=len(found) - len(changes),
        lacks_reason=any(one.lacks_reason for one in changes),
        most=_MOST_SHOWN,
    )

"""The plan's money, line by line, for officials and coordinators."""

from textwrap import shorten

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.documents.csv_file import csv_text
from club.documents.xlsx_file import XLSX, workbook
from club.plan.budget import operations, queries
from club.plan.budget.forms import AmountsForm, NewAmountsForm
from club.plan.budget.labels import LABELS
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.operations import Place
from club.plan.budget.rules import years_of
from club.plan.items.models import ItemKind
from club.plan.items.queries import item_by_key, lines_with_words
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.described import CSV, described
from club.web.forms import show_refusal

bp = Blueprint("plan_budget_office", __name__, url_prefix="/office/plan")
_KEEPERS = (Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
_COLUMNS = ("line", "year", "source", "planned_vnd", "spent_vnd", "version", "entered_at")
_LONGEST_CHOICE = 90
#: How an amount is written, in VND.
_SAMPLE = 25_000_000


@bp.get("/budget/")
@open_to(*_KEEPERS)
def desk() -> str:
    return render_template(
        "plan/budget/desk.html", entries=queries.standing_entries(), sums=queries.sums()
    )


@bp.get("/budget/new")
@open_to(*_KEEPERS)
def new_amounts() -> str:
    return _new_page(NewAmountsForm(data={"line": request.args.get("line", "")}))


@bp.post("/budget/new")
@open_to(*_KEEPERS)
def enter_amounts() -> ResponseReturnValue:
    form = NewAmountsForm()
    _offer(form)
    if form.validate() and _entered(form.place, form, seen=None):
        return redirect("/office/plan/budget/")
    return _new_page(form), form.answer_status


@bp.get("/budget/<string:line>/<int:year>/<string:source>")
@open_to(*_KEEPERS)
def history(line: str, year: int, source: str) -> str:
    versions, form = _versions(line, year, source), AmountsForm()
    form.show(versions[0])
    return _history_page(versions, form)


@bp.post("/budget/<string:line>/<int:year>/<string:source>")
@open_to(*_KEEPERS)
def correct_amounts(line: str, year: int, source: str) -> ResponseReturnValue:
    _versions(line, year, source)
    form = AmountsForm()
    place = Place(line, year, MoneySource(source))
    if form.validate() and _entered(place, form, seen=form.version_seen):
        return redirect("/office/plan/budget/")
    versions = _versions(line, year, source)
    # Who has been told of other amounts sees them above the form, and may save again.
    form.seen.data = str(versions[0].version)
    return _history_page(versions, form), form.answer_status


@bp.get("/budget.csv")
@open_to(*_KEEPERS)
@described(f"The amounts that stand, in whole đồng: {', '.join(_COLUMNS)}", media=CSV)
def budget_csv() -> Response:
    lines: list[list[object]] = [list(_COLUMNS)]
    lines += [
        [
            one.item.key,
            one.year,
            one.source.value,
            one.planned,
            one.spent,
            one.version,
            one.entered_at.isoformat(),
        ]
        for one in queries.standing_entries()
    ]
    return _file(csv_text(lines), "budget.csv", "text/csv; charset=utf-8")


@bp.get("/budget.xlsx")
@open_to(*_KEEPERS)
def budget_xlsx() -> Response:
    heads = [
        gettext("Line of the plan"),
        gettext("Year"),
        gettext("Where the money comes from"),
        gettext("Planned, in đồng"),
        gettext("Spent, in đồng"),
        gettext("Entered"),
    ]
    rows = [
        [
            one.item.key,
            one.year,
            str(LABELS[one.source]),
            one.planned,
            one.spent,
            clock.local_day(one.entered_at),
        ]
        for one in queries.standing_entries()
    ]
    return _file(workbook([(gettext("Money of the plan"), [heads, *rows])]), "budget.xlsx", XLSX)


def _entered(place: Place, form: AmountsForm, *, seen: int | None) -> bool:
    """Whether it was; the form says why not."""
    try:
        operations.enter_amounts(
            place,
            form.amounts,
            seen=seen,
            reason=form.reason.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return False
    flash(gettext("The amounts have been entered."), "success")
    return True


def _offer(form: NewAmountsForm) -> None:
    lines = lines_with_words()
    years: range = range(0)
    if lines:
        document = lines[0][0].document
        years = years_of(document.dated, document.until_year)
    form.offer(
        [
            (item.key, shorten(f"{item.key}: {words}", _LONGEST_CHOICE, placeholder="…"))
            for item, words in lines
            if item.kind is not ItemKind.REFERENCE
        ],
        years,
    )


def _new_page(form: NewAmountsForm) -> str:
    _offer(form)
    return render_template("plan/budget/new.html", form=form, sample=_SAMPLE)


def _versions(line: str, year: int, source: str) -> list[BudgetEntry]:
    item = item_by_key(line)
    if item is None or source not in list(MoneySource):
        abort(404)
    return queries.versions_of(item.id, year, MoneySource(source)) or abort(404)


def _history_page(versions: list[BudgetEntry], form: AmountsForm) -> str:
    ids = {one.entered_by_id for one in versions if one.entered_by_id}
    return render_template(
        "plan/budget/history.html", versions=versions, form=form, names=names_of(ids)
    )


def _file(content: str | bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

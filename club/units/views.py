from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.refusal import RefusedError
from club.units import operations, queries
from club.units.forms import EndUnitForm, SuccessorForm, UnitForm
from club.units.labels import unit_name
from club.units.models import Unit, UnitKind
from club.units.operations import SuccessionFacts, UnitFacts
from club.web.access import Audience, open_to
from club.web.forms import ClubForm, show_refusal

bp = Blueprint("units", __name__)


@bp.get("/units/")
@open_to(Audience.EVERYONE)
def unit_list() -> str:
    today = clock.today()
    units = queries.all_units()
    areas = [unit for unit in units if unit.kind.is_area]
    return render_template(
        "units/unit_list.html",
        wards=[unit for unit in areas if unit.exists_on(today)],
        former=[unit for unit in areas if not unit.exists_on(today)],
        bodies=[unit for unit in units if not unit.kind.is_area],
        today=today,
    )


@bp.get("/units/<string:key>")
@open_to(Audience.EVERYONE)
def unit(key: str) -> str:
    return render_template("units/unit.html", unit=_unit_or_404(key), today=clock.today())


@bp.get("/office/units")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def desk() -> str:
    return render_template("units/desk.html", units=queries.all_units(), today=clock.today())


@bp.get("/office/units/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def new() -> str:
    return render_template("units/new.html", form=UnitForm())


@bp.post("/office/units/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    form = UnitForm()
    if form.validate():
        try:
            unit = operations.add_unit(_facts(form), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("%(name)s has been added.", name=unit_name(unit)), "success")
            return redirect(url_for("units.desk_unit", key=unit.key))
    return render_template("units/new.html", form=form), form.answer_status


@bp.get("/office/units/<string:key>")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def desk_unit(key: str) -> str:
    return _desk_page(_unit_or_404(key), EndUnitForm(), _successor_form())


@bp.post("/office/units/<string:key>/end")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def end(key: str) -> ResponseReturnValue:
    unit_id, form = _unit_or_404(key).id, EndUnitForm()
    if form.validate():
        try:
            operations.end_unit(
                unit_id, last_day=form.last_day.data, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            if not refused.field:
                raise
            show_refusal(form, refused)
        else:
            flash(gettext("The last day has been noted."), "success")
            return redirect(url_for("units.desk_unit", key=key))
    return _desk_page(_unit_or_404(key), form, _successor_form(blank=True), refused=form), 422


@bp.post("/office/units/<string:key>/successors")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def name_successor(key: str) -> ResponseReturnValue:
    unit_id, form = _unit_or_404(key).id, _successor_form()
    if form.validate():
        successor = _unit_or_404(form.successor.data)
        facts = SuccessionFacts(form.on_day.data, form.in_part.data, form.source.data)
        try:
            operations.name_successor(
                unit_id, successor.id, facts, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The successor has been noted."), "success")
            return redirect(url_for("units.desk_unit", key=key))
    return _desk_page(
        _unit_or_404(key), EndUnitForm(formdata=None), form, refused=form
    ), form.answer_status


def _unit_or_404(key: str) -> Unit:
    return queries.unit_by_key(key) or abort(404)


def _facts(form: UnitForm) -> UnitFacts:
    return UnitFacts(
        name=form.name.data,
        kind=UnitKind(form.kind.data),
        name_en=form.name_en.data,
        official_code=form.official_code.data,
        valid_from=form.valid_from.data,
        source=form.source.data,
        note=form.note.data,
    )


def _successor_form(*, blank: bool = False) -> SuccessorForm:
    form = SuccessorForm(formdata=None) if blank else SuccessorForm()
    form.offer(queries.all_units())
    return form


def _desk_page(
    unit: Unit,
    end_form: EndUnitForm,
    successor_form: SuccessorForm,
    *,
    refused: ClubForm | None = None,
) -> str:
    return render_template(
        "units/desk_unit.html",
        unit=unit,
        end_form=end_form,
        successor_form=successor_form,
        form=refused,
        today=clock.today(),
    )

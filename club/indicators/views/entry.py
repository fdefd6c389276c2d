"""The desk where officials enter published values."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.indicators import operations, queries
from club.indicators.forms import SeriesForm, ValueForm, WithdrawalForm
from club.indicators.models import Observation, ObservationStatus
from club.indicators.operations import SeriesFacts, ValueFacts
from club.knowledge.editing.also_due import ALSO_DUE
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

bp = Blueprint("indicator_values", __name__, url_prefix="/office/plan")
#: Editors are reminded of sources that nobody has looked at for a year.
ALSO_DUE.append(queries.series_due)
_STAFF = (Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)


@bp.get("/values/new")
@open_to(*_STAFF)
def new_value() -> str:
    series = request.args.get("series", "")
    return _value_page(ValueForm(data={"series": series}))


@bp.post("/values/new")
@open_to(*_STAFF)
def add_value() -> ResponseReturnValue:
    form = ValueForm()
    form.offer(queries.series_in_order())
    if form.validate():
        try:
            observation = operations.enter_value(
                form.series.data, _value_facts(form), by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The value has been entered."), "success")
            return redirect(url_for("indicator_values.value", public_id=observation.public_id))
    return _value_page(form), form.answer_status


@bp.get("/values/<uuid:public_id>")
@open_to(*_STAFF)
def value(public_id: UUID) -> str:
    return _history_page(_found(public_id), WithdrawalForm())


@bp.post("/values/<uuid:public_id>/withdrawal")
@open_to(*_STAFF)
def withdraw_value(public_id: UUID) -> ResponseReturnValue:
    found, form = _found(public_id), WithdrawalForm()
    if form.validate():
        operations.withdraw_value(
            found.id, reason=form.reason.data, by=current_user.id, now=clock.now()
        )
        flash(gettext("The value has been taken out."), "success")
        return redirect(url_for("plan.desk"))
    return _history_page(_found(public_id), form), 422


@bp.post("/series/<string:key>/check")
@open_to(*_STAFF)
def check_series(key: str) -> ResponseReturnValue:
    series = queries.series_by_key(key) or abort(404)
    operations.check_series(key, by=current_user.id, now=clock.now())
    flash(gettext("Noted: no newer value was published."), "success")
    return redirect(f"/knowledge/data/{series.indicator.slug}")


@bp.get("/series/new")
@open_to(*_STAFF)
def new_series() -> str:
    return _series_page(SeriesForm())


@bp.post("/series/new")
@open_to(*_STAFF)
def add_series() -> ResponseReturnValue:
    form = SeriesForm()
    form.offer(queries.indicators())
    if form.validate():
        facts = SeriesFacts(
            name=form.name.data,
            name_en=form.name_en.data,
            territory=form.territory.data,
            territory_en=form.territory_en.data,
            note=form.note.data,
        )
        try:
            series = operations.add_series(
                form.indicator.data, facts, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The series has been added. Enter its first value."), "success")
            return redirect(url_for("indicator_values.new_value", series=series.key))
    return _series_page(form), form.answer_status


def _found(public_id: UUID) -> Observation:
    return queries.observation_by_public_id(public_id) or abort(404)


def _value_facts(form: ValueForm) -> ValueFacts:
    return ValueFacts(
        period_from=form.period_from.data,
        as_of=form.as_of.data,
        value=form.value.data,
        status=ObservationStatus(form.status.data),
        source=form.source.data,
        taken_on=form.taken_on.data,
        note=form.note.data,
        reason=form.reason.data,
    )


def _value_page(form: ValueForm) -> str:
    form.offer(queries.series_in_order())
    return render_template("indicators/new_value.html", form=form)


def _series_page(form: SeriesForm) -> str:
    form.offer(queries.indicators())
    return render_template("indicators/new_series.html", form=form)


def _history_page(observation: Observation, form: WithdrawalForm) -> str:
    return render_template(
        "indicators/value.html",
        observation=observation,
        history=queries.history_of(observation),
        form=form,
    )

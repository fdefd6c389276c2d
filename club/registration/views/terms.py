"""The page of a run's terms: cut-off, offers, and groups that have seats of their own."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.courses.models import Run
from club.courses.queries import topics_in_order
from club.people import queries as people
from club.refusal import RefusedError
from club.registration import queries, terms
from club.registration.models import RunQuota
from club.registration.queries import GroupStanding
from club.registration.rules.terms import is_over
from club.registration.term_forms import GroupForm, GroupSeatsForm, TermsForm, terms_form
from club.registration.terms import Settled
from club.registration.views.blueprint import bp, managed_run_or_404
from club.units import queries as units
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/runs/<string:code>/terms")
@open_to(*_STAFF)
def terms_page(code: str) -> str:
    return _page(managed_run_or_404(code))


@bp.post("/office/runs/<string:code>/terms")
@open_to(*_STAFF)
def set_terms(code: str) -> ResponseReturnValue:
    run = managed_run_or_404(code)
    form = TermsForm(starts_at=run.starts_at)
    if not form.validate():
        return _page(run, form=form), 422
    try:
        settled = terms.set_terms(run.id, form.terms(), by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(managed_run_or_404(code), form=form), form.answer_status
    return _settled(code, settled)


@bp.post("/office/runs/<string:code>/groups")
@open_to(*_STAFF)
def add_group(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), _group_form()
    if not form.validate():
        return _page(run, group_form=form), 422
    try:
        settled = terms.add_group(
            run.id, form.group(), seats=form.seats.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(managed_run_or_404(code), group_form=form), form.answer_status
    return _settled(code, settled)


@bp.post("/office/runs/<string:code>/groups/<int:position>/seats")
@open_to(*_STAFF)
def change_group(code: str, position: int) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), _seats_form(position)
    group = _group(run, position)
    if not form.validate():
        return _page(run, seats_forms={position: form}), 422
    try:
        settled = terms.change_group(
            group.id, seats=form.seats.data, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _page(managed_run_or_404(code), seats_forms={position: form}), form.answer_status
    return _settled(code, settled)


@bp.post("/office/runs/<string:code>/groups/<int:position>/removal")
@open_to(*_STAFF)
def remove_group(code: str, position: int) -> ResponseReturnValue:
    group = _group(managed_run_or_404(code), position)
    return _settled(code, terms.remove_group(group.id, by=current_user.id, now=clock.now()))


def _group(run: Run, position: int) -> RunQuota:
    return queries.group_at(run.id, position) or abort(404)


def _group_form() -> GroupForm:
    form = GroupForm()
    form.offer(
        wards=units.wards_on(clock.today()),
        organisations=people.organisations_in_order(),
        topics=topics_in_order(),
    )
    return form


def _page(
    run: Run,
    *,
    form: TermsForm | None = None,
    group_form: GroupForm | None = None,
    seats_forms: dict[int, GroupSeatsForm] | None = None,
) -> str:
    groups = queries.groups_of(run)
    return render_template(
        "registration/office_terms.html",
        run=run,
        form=form or terms_form(queries.terms_of_run(run), starts_at=run.starts_at),
        group_form=group_form or _group_form(),
        groups=groups,
        seats_forms=_seats_forms(groups) | (seats_forms or {}),
        general=max(run.seats - sum(group.quota.seats for group in groups), 0),
        is_alive=not is_over(run),
    )


def _seats_forms(groups: Sequence[GroupStanding]) -> dict[int, GroupSeatsForm]:
    return {
        group.quota.position: _seats_form(
            group.quota.position, formdata=None, data={"seats": group.quota.seats}
        )
        for group in groups
    }


def _seats_form(position: int, **given: Any) -> GroupSeatsForm:
    """One of several forms of the page: its field has an id of its own."""
    form = GroupSeatsForm(**given)
    form.seats.id = f"seats-{position}"
    return form


def _settled(code: str, settled: Settled) -> ResponseReturnValue:
    if settled.over:
        flash(
            gettext(
                "Saved. Nobody loses a place: where more people of a group have one than the "
                "group has places, nobody of it moves up until enough were given back."
            ),
            "warning",
        )
    elif settled.moved_up:
        words = ngettext(
            "Saved. A place has been offered to %(num)s person who waits.",
            "Saved. Places have been offered to %(num)s people who wait.",
            settled.moved_up,
        )
        flash(words, "success")
    else:
        flash(gettext("Saved."), "success")
    return redirect(url_for("registration.terms_page", code=code))

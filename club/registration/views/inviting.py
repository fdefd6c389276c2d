"""The club invites people to a class: write the addresses, look them over, send the letters."""

import uuid

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.courses.models import Run
from club.refusal import RefusedError
from club.registration.demand import interested_in
from club.registration.inviting import operations, queries
from club.registration.inviting.forms import InvitationForm
from club.registration.inviting.operations import Guests
from club.registration.inviting.rules import Addresses, refusal_to_invite
from club.registration.queries import terms_of_run
from club.registration.views.blueprint import bp, managed_run_or_404
from club.web.access import Audience, open_to

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/runs/<string:code>/invitations")
@open_to(*_STAFF)
def invitations(code: str) -> str:
    return _page(managed_run_or_404(code), InvitationForm())


@bp.post("/office/runs/<string:code>/invitations/preview")
@open_to(*_STAFF)
def preview_invitations(code: str) -> ResponseReturnValue:
    """Nothing is saved yet."""
    run, form = managed_run_or_404(code), InvitationForm()
    found = form.read()
    if form.addresses.errors:
        return _page(run, form), 422
    return _preview_page(run, form, found)


@bp.post("/office/runs/<string:code>/invitations/change")
@open_to(*_STAFF)
def change_invitations(code: str) -> str:
    """Back from the preview, with everything that was typed."""
    return _page(managed_run_or_404(code), InvitationForm())


@bp.post("/office/runs/<string:code>/invitations")
@open_to(*_STAFF)
def invite(code: str) -> ResponseReturnValue:
    run, form = managed_run_or_404(code), InvitationForm()
    found = form.read()
    if form.addresses.errors:
        return _page(run, form), 422
    try:
        guests = Guests(found.emails, form.interested.data)
        new = operations.invite(run.id, guests, by=current_user.id, now=clock.now()).new
    except RefusedError as refused:
        form.form_errors.append(gettext(refused.refusal.value))
        return _page(managed_run_or_404(code), form), 409
    flash(_how_many_were_sent(new), "success" if new else "info")
    return redirect(url_for("registration.invitations", code=code))


@bp.post("/office/runs/<string:code>/invitations/<uuid:public_id>/withdrawal")
@open_to(*_STAFF)
def withdraw_invitation(code: str, public_id: uuid.UUID) -> ResponseReturnValue:
    run = managed_run_or_404(code)
    invitation = queries.invitation_of(run.id, public_id) or abort(404)
    told = operations.withdraw_invitation(invitation, by=current_user.id, now=clock.now())
    words = (
        gettext("The invitation is withdrawn, and %(address)s is told.", address=invitation.email)
        if told
        else gettext("The invitation is withdrawn.")
    )
    flash(words, "success")
    return redirect(url_for("registration.invitations", code=code))


def _page(run: Run, form: InvitationForm) -> str:
    return render_template(
        "registration/office_invitations.html",
        run=run,
        form=form,
        rows=queries.invitation_rows(run.id),
        way_in=terms_of_run(run).way_in,
        interested=len(interested_in(run.course_id)),
        refusal=refusal_to_invite(run, at=clock.now()),
    )


def _preview_page(run: Run, form: InvitationForm, found: Addresses) -> str:
    interested = interested_in(run.course_id) if form.interested.data else []
    return render_template(
        "registration/office_invitations_preview.html",
        run=run,
        form=form,
        emails=found.emails,
        known=queries.holders_of(found.emails),
        already=queries.invited_addresses(run.id),
        interested=[reader for _, reader in interested],
    )


def _how_many_were_sent(new: int) -> str:
    if not new:
        return str(gettext("All of them were invited before. Nobody gets a second letter."))
    sent = ngettext(
        "%(num)s invitation is on its way.", "%(num)s invitations are on their way.", new
    )
    return str(sent)

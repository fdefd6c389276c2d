"""Writing to a run's people in two steps: say it, look at who gets it and how, send it."""

import uuid
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.courses.models import Run
from club.outbox.kinds import kind_called
from club.outbox.quiet_hours import goes_out_at
from club.refusal import RefusedError
from club.registration import permissions
from club.registration.messages import operations, queries
from club.registration.messages.forms import MessageForm
from club.registration.messages.operations import Draft
from club.registration.messages.queries import Recipient
from club.registration.messages.rules import MessageRefusal
from club.registration.views.blueprint import run_with_list
from club.web.access import Audience, open_to

bp = Blueprint("run_messages", __name__)

_WRITERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR, Audience.TRAINER)


@bp.get("/office/runs/<string:code>/messages")
@open_to(*_WRITERS)
def message_list(code: str) -> str:
    run = run_with_list(code)
    return render_template(
        "registration/office_messages.html", run=run, sent=queries.messages_of(run.id)
    )


@bp.get("/office/runs/<string:code>/messages/new")
@open_to(*_WRITERS)
def new(code: str) -> str:
    return _form_page(run_with_list(code), MessageForm())


@bp.post("/office/runs/<string:code>/messages/new")
@open_to(*_WRITERS)
def change(code: str) -> str:
    """Back from the preview, with everything that was typed."""
    return _form_page(run_with_list(code), MessageForm())


@bp.post("/office/runs/<string:code>/messages/preview")
@open_to(*_WRITERS)
def preview(code: str) -> ResponseReturnValue:
    run, form = run_with_list(code), MessageForm()
    if not form.validate():
        return _form_page(run, form), 422
    people = queries.recipients(run.id, form.chosen_group)
    if not people:
        form.group.errors = [gettext(MessageRefusal.NOBODY.value)]
        return _form_page(run, form), 422
    return _preview_page(run, form, people)


@bp.post("/office/runs/<string:code>/messages")
@open_to(*_WRITERS)
def send(code: str) -> ResponseReturnValue:
    run, form = run_with_list(code), MessageForm()
    if not form.validate():
        return _form_page(run, form), 422
    if form.message_id is None:
        form.form_errors.append(gettext(MessageRefusal.NOT_LOOKED_OVER.value))
        return _form_page(run, form), 422
    try:
        told = operations.send_message(
            _draft(form), run, seen=form.seen_people, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        return _refused(run_with_list(code), form, refused), 409
    flash(
        ngettext("Sent to %(num)s person.", "Sent to %(num)s people.", told),
        "success",
    )
    return redirect(url_for("run_messages.message_list", code=code))


def _refused(run: Run, form: MessageForm, refused: RefusedError) -> str:
    """Where the list has changed, who came and who left stands above the new one."""
    people = queries.recipients(run.id, form.chosen_group)
    if refused.refusal is MessageRefusal.LIST_CHANGED and people:
        return _preview_page(run, form, people, before=form.seen_people)
    form.form_errors.append(gettext(refused.refusal.value))
    return _form_page(run, form)


def _draft(form: MessageForm) -> Draft:
    return Draft(
        public_id=form.message_id or uuid.uuid4(),
        group=form.chosen_group,
        subject=form.subject.data or "",
        body=form.body.data or "",
        sender=current_user.display_name,
    )


def _form_page(run: Run, form: MessageForm) -> str:
    return render_template("registration/office_message_new.html", run=run, form=form)


def _preview_page(
    run: Run, form: MessageForm, people: list[Recipient], *, before: set[uuid.UUID] | None = None
) -> str:
    draft, now = _draft(form), clock.now()
    form.message.data = str(draft.public_id)
    form.seen.data = " ".join(str(person.public_id) for person in people)
    gone = (before or set()) - {person.public_id for person in people}
    return render_template(
        "registration/office_message_preview.html",
        run=run,
        form=form,
        people=people,
        manages=permissions.may_manage_registrations(current_user),
        subject=draft.subject,
        text=operations.text_to(people[0], draft, run),
        has_changed=before is not None,
        joined=[p.full_name for p in people if before is not None and p.public_id not in before],
        gone=queries.names_on_the_list(run.id, gone) if gone else [],
        waits_until=_waits_until(run, now=now),
    )


def _waits_until(run: Run, *, now: datetime) -> datetime | None:
    """When the letters go out, if not at once."""
    due = goes_out_at(kind_called("registration.message"), about=run.starts_at, now=now)
    return due if due > now else None

"""The club's side of a complaint."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.audit.names import names_of
from club.certification.candidacy.queries import candidacies_of
from club.certification.objections import queries, rules
from club.certification.objections.days import usual_days_to_answer
from club.certification.objections.forms import ExtensionForm, HearingForm, OutcomeForm
from club.certification.objections.models import Complaint
from club.certification.objections.operations import handling
from club.certification.objections.permissions import may_see_complaint
from club.certification.objections.rules import ComplaintRefusal
from club.certification.views.objections.blueprint import STAFF, bp
from club.people.models import Person
from club.people.queries import people_matching, person_by_public_id
from club.refusal import RefusedError
from club.web.access import open_to, permit
from club.web.forms import ClubForm, uuid_in
from club.web.keeping import kept_or_again

_AT = "/office/certification/objections/complaints"
#: Days in which whom it is about is to answer, unless somebody says otherwise.
_USUAL_DAYS = 10


@bp.get(f"{_AT}/<uuid:public_id>")
@open_to(*STAFF)
@shows_person("complaint", "public_id")
def complaint(public_id: UUID) -> str:
    return _page(complaint_or_404(public_id))


@bp.post(f"{_AT}/<uuid:public_id>/receipt")
@open_to(*STAFF)
def acknowledge_complaint(public_id: UUID) -> ResponseReturnValue:
    found = complaint_or_404(public_id)
    handling.acknowledge(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The sender is told that somebody looks after it."), "success")
    return redirect(f"{_AT}/{public_id}")


@bp.post(f"{_AT}/<uuid:public_id>/hearings")
@open_to(*STAFF)
def hear(public_id: UUID) -> ResponseReturnValue:
    found, form = complaint_or_404(public_id), HearingForm(prefix="hearing")
    person = _person(form.person.data)

    def keep() -> None:
        if person is None:
            raise RefusedError(ComplaintRefusal.PERSON_MISSING, field="person")
        handling.hear(found.id, form.question(person.id), by=current_user.id, now=clock.now())

    return _kept(public_id, form, keep, gettext("The person has been asked by letter."))


@bp.post(f"{_AT}/<uuid:public_id>/extension")
@open_to(*STAFF)
def extend_complaint(public_id: UUID) -> ResponseReturnValue:
    found, form = complaint_or_404(public_id), ExtensionForm(prefix="extension")

    def keep() -> None:
        handling.extend(found.id, reason=form.reason.data, by=current_user.id, now=clock.now())

    return _kept(public_id, form, keep, gettext("The time is extended; the person is told why."))


@bp.post(f"{_AT}/<uuid:public_id>/outcome")
@open_to(*STAFF)
def close_complaint(public_id: UUID) -> ResponseReturnValue:
    found, form = complaint_or_404(public_id), OutcomeForm(prefix="outcome")

    def keep() -> None:
        handling.close(
            found.id,
            form.state(),
            reason=form.reason.data,
            by=current_user.id,
            now=clock.now(),
        )

    return _kept(public_id, form, keep, gettext("The answer has been kept; the sender is told."))


def _kept(
    public_id: UUID, form: ClubForm, keep: Callable[[], None], said: str
) -> ResponseReturnValue:
    return kept_or_again(
        form,
        keep,
        lambda: _page(complaint_or_404(public_id), form),
        said=said,
        to=f"{_AT}/{public_id}",
    )


def complaint_or_404(public_id: UUID) -> Complaint:
    """Whom it is about reads nothing of it here, whatever the role."""
    found = queries.complaint_by_public_id(public_id) or abort(404)
    permit(may_see_complaint(current_user, found))
    return found


def _person(typed: str | None) -> Person | None:
    public_id = uuid_in(typed)
    return person_by_public_id(public_id) if public_id else None


def _page(found: Complaint, sent: ClubForm | None = None) -> str:
    """``sent``: the form that is to be mended."""
    today = clock.today()
    hearing, extension, outcome = (
        sent if isinstance(sent, kind) else kind(prefix=prefix)
        for kind, prefix in (
            (HearingForm, "hearing"),
            (ExtensionForm, "extension"),
            (OutcomeForm, "outcome"),
        )
    )
    typed = (request.args.get("q") or "").strip()[:100]
    chosen = _person(hearing.person.data or request.args.get("person"))
    if chosen:
        hearing.person.data = str(chosen.public_id)
    if hearing is not sent:
        hearing.answer_by.data = today + timedelta(days=_USUAL_DAYS)
    return render_template(
        "certification/objections/complaint.html",
        complaint=found,
        here=f"{_AT}/{found.public_id}",
        hindrance=handling.why_not_look_after(found, current_user),
        urgency=rules.urgency(found.due_on, today=today) if found.state.is_open else None,
        refusal_to_extend=rules.refusal_to_extend_complaint(found, today=today),
        days=usual_days_to_answer(),
        names=names_of({step.by_id for step in found.steps if step.by_id}),
        ways={one.person_id: candidacies_of(one.person_id) for one in found.hearings},
        q=typed,
        people=people_matching(typed) if typed and not chosen else [],
        chosen=chosen,
        hearing=hearing,
        extension=extension,
        outcome=outcome,
    )

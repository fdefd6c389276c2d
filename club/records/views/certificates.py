"""A person's own certificates, and one certificate with its PDF."""

import uuid
from datetime import datetime
from typing import Protocol

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.audit.looks import shows_person
from club.hours import hours_in_file
from club.records.certificates import codes, operations, queries
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.states import MEANINGS
from club.records.forms import CorrectionForm, ReasonForm
from club.records.permissions import may_revoke, may_see_certificate
from club.records.views.blueprint import bp
from club.records.views.certificate_files import certificate_response
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal

_KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


class _Change(Protocol):
    def __call__(
        self, certificate_id: int, *, reason: str | None, by: int | None, now: datetime
    ) -> object: ...


@bp.get("/me/certificates")
@open_to(Audience.SIGNED_IN)
def my_certificates() -> str:
    return render_template(
        "records/my_certificates.html",
        certificates=queries.certificates_of(current_user.person_id),
    )


@bp.get("/certificates/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("completion_certificate", "public_id", called=queries.number_of)
def certificate(public_id: uuid.UUID) -> ResponseReturnValue:
    return _certificate_page(certificate_or_404(public_id), ReasonForm())


@bp.get("/certificates/<uuid:public_id>.pdf")
@open_to(Audience.SIGNED_IN)
@shows_person("completion_certificate", "public_id", called=queries.number_of)
def certificate_file(public_id: uuid.UUID) -> Response:
    return certificate_response(certificate_or_404(public_id))


@bp.post("/certificates/<uuid:public_id>/revocation")
@open_to(*_KEEPERS)
def revoke(public_id: uuid.UUID) -> ResponseReturnValue:
    said = gettext("The certificate is revoked.")
    return _changed(public_id, operations.revoke_certificate, said)


@bp.post("/certificates/<uuid:public_id>/suspension")
@open_to(*_KEEPERS)
def suspend(public_id: uuid.UUID) -> ResponseReturnValue:
    said = gettext("The certificate is suspended.")
    return _changed(public_id, operations.suspend_certificate, said)


@bp.post("/certificates/<uuid:public_id>/resumption")
@open_to(*_KEEPERS)
def resume(public_id: uuid.UUID) -> ResponseReturnValue:
    said = gettext("The certificate holds again.")
    return _changed(public_id, operations.resume_certificate, said)


@bp.get("/certificates/<uuid:public_id>/correction")
@open_to(*_KEEPERS)
@shows_person("completion_certificate", "public_id", called=queries.number_of)
def correction(public_id: uuid.UUID) -> ResponseReturnValue:
    found = certificate_or_404(public_id)
    hours = hours_in_file(found.attended_minutes)
    return _correction_page(found, CorrectionForm(holder_name=found.holder_name, hours=hours))


@bp.post("/certificates/<uuid:public_id>/correction")
@open_to(*_KEEPERS)
def correct(public_id: uuid.UUID) -> ResponseReturnValue:
    found = certificate_or_404(public_id)
    permit(may_revoke(current_user))
    form = CorrectionForm()
    if not form.validate():
        return _correction_page(found, form, status=422)
    try:
        new = operations.correct_certificate(
            found.id,
            form.correction(found),
            reason=form.reason.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _correction_page(found, form, status=form.answer_status)
    flash(gettext("Certificate %(number)s takes its place.", number=new.number), "success")
    return redirect(f"/certificates/{new.public_id}")


def _changed(public_id: uuid.UUID, change: _Change, said: str) -> ResponseReturnValue:
    found = certificate_or_404(public_id)
    permit(may_revoke(current_user))
    form = ReasonForm()
    if not form.validate():
        return _certificate_page(found, form, status=422)
    try:
        change(found.id, reason=form.reason.data, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _certificate_page(found, form, status=form.answer_status)
    flash(said, "success")
    return redirect(f"/certificates/{found.public_id}")


def certificate_or_404(public_id: uuid.UUID) -> CompletionCertificate:
    found = queries.certificate_by_public_id(public_id) or abort(404)
    permit(may_see_certificate(current_user, found))
    return found


def _certificate_page(
    found: CompletionCertificate, form: ReasonForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "records/certificate.html",
        certificate=found,
        code=codes.written(found.code),
        is_holder=current_user.person_id == found.person_id,
        may_change=may_revoke(current_user) and MEANINGS[found.state].stands,
        names=names_of(_who_acted(found)),
        form=form,
    )
    return page, status


def _who_acted(found: CompletionCertificate) -> set[int]:
    ids = {step.by_id for step in found.steps}
    if found.exception:
        ids |= {found.exception.asked_by_id, found.exception.decided_by_id}
    return {account_id for account_id in ids if account_id}


def _correction_page(
    found: CompletionCertificate, form: CorrectionForm, *, status: int = 200
) -> ResponseReturnValue:
    page = render_template("records/correction.html", certificate=found, form=form)
    return page, status

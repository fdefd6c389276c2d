"""One outside certificate at the desk: its page, its paper, and what its body says of it later."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification import papers, queries
from club.certification.entering import look_alike_on
from club.certification.forms import (
    CheckForm,
    LiftForm,
    OutsideSuspensionForm,
    PaperForm,
    WithdrawalForm,
)
from club.certification.models import ExpertCertificate
from club.certification.permissions import (
    is_holder,
    may_check_certificates,
    may_keep_certificates,
    may_see_certificates,
)
from club.certification.rules import (
    CertificationRefusal,
    open_suspension,
    refusal_to_check,
    standing_on,
)
from club.files import accepting
from club.files.forms import say_not_stored
from club.files.serving import personal_file_response
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm, show_refusal
from club.web.keeping import kept_or_again
from club.web.uploads import takes_files

bp = Blueprint("certificate_papers", __name__)
LARGEST_PAPER = 20 * accepting.MIB
_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
_DESK = "/office/certification/<uuid:public_id>"
_OWN = "/me/certification/<uuid:public_id>/paper"


@bp.get(f"{_DESK}/paper")
@open_to(Audience.ASSESSOR, *_STAFF)
@shows_person("expert_certificate", "public_id")
def paper(public_id: UUID) -> Response:
    return _file(found_or_404(public_id))


@bp.post(f"{_DESK}/paper")
@open_to(*_STAFF)
@takes_files(at_most=LARGEST_PAPER)
def add_paper(public_id: UUID) -> ResponseReturnValue:
    here = f"/office/certification/{public_id}"
    return _shown(
        found_or_404(public_id),
        to=here,
        again=lambda form: certificate_page(found_or_404(public_id), form),
    )


@bp.get(_OWN)
@open_to(Audience.SIGNED_IN)
def own_paper(public_id: UUID) -> ResponseReturnValue:
    """What there is of it; else the form to add it."""
    found = _own_or_404(public_id)
    return _file(found) if found.file_id else _own_page(found, PaperForm())


@bp.post(_OWN)
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_PAPER)
def add_own_paper(public_id: UUID) -> ResponseReturnValue:
    return _shown(
        _own_or_404(public_id),
        to="/me/certification",
        again=lambda form: _own_page(_own_or_404(public_id), form),
    )


@bp.post(f"{_DESK}/suspension")
@open_to(*_STAFF)
def suspend(public_id: UUID) -> ResponseReturnValue:
    found, form = found_or_404(public_id), OutsideSuspensionForm(prefix="suspending")
    by, now = current_user.id, clock.now()

    def keep() -> None:
        papers.suspend_certificate(found.id, form.suspension(), by=by, now=now)

    return _kept(public_id, form, keep, gettext("The suspension has been entered."))


@bp.post(f"{_DESK}/suspension/end")
@open_to(*_STAFF)
def lift(public_id: UUID) -> ResponseReturnValue:
    found, form = found_or_404(public_id), LiftForm(prefix="lifting")
    by, now = current_user.id, clock.now()

    def keep() -> None:
        papers.lift_suspension(found.id, lifted_from=form.lifted_from.data, by=by, now=now)

    return _kept(public_id, form, keep, gettext("The end of the suspension has been entered."))


def found_or_404(public_id: UUID) -> ExpertCertificate:
    return queries.certificate_by_public_id(public_id) or abort(404)


def why_not_check(certificate: ExpertCertificate) -> CertificationRefusal | None:
    return refusal_to_check(
        certificate, by=current_user.id, checker_person_id=current_user.person_id
    )


def certificate_page(certificate: ExpertCertificate, sent: ClubForm | None = None) -> str:
    """``sent``: the form that is to be mended."""
    today = clock.today()
    withdrawing, paper_form, suspending, lifting, checking = (
        sent if isinstance(sent, kind) else kind(prefix=prefix)
        for kind, prefix in (
            (WithdrawalForm, ""),
            (PaperForm, ""),
            (OutsideSuspensionForm, "suspending"),
            (LiftForm, "lifting"),
            (CheckForm, "checking"),
        )
    )
    return render_template(
        "certification/certificate.html",
        certificate=certificate,
        standing=standing_on(certificate, today),
        open_suspension=open_suspension(certificate, today),
        steps=queries.steps_of(certificate),
        doubt=look_alike_on(certificate, queries.outside_schemes()),
        same_number=queries.others_numbered_like(certificate),
        not_to_check=why_not_check(certificate),
        may_keep=may_keep_certificates(current_user),
        may_check=may_check_certificates(current_user),
        may_see_all=may_see_certificates(current_user),
        form=withdrawing,
        paper=paper_form,
        suspending=suspending,
        lifting=lifting,
        checking=checking,
    )


def _own_or_404(public_id: UUID) -> ExpertCertificate:
    found = found_or_404(public_id)
    permit(is_holder(current_user, found))
    return found


def _own_page(certificate: ExpertCertificate, form: PaperForm) -> str:
    return render_template("certification/my_paper.html", certificate=certificate, paper=form)


def _shown(
    certificate: ExpertCertificate, *, to: str, again: Callable[[PaperForm], str]
) -> ResponseReturnValue:
    form = PaperForm()
    is_valid = form.validate()
    try:
        received = form.received()
        if is_valid:
            papers.show_paper(
                certificate.id,
                received,
                no_file_reason=form.no_file_reason.data,
                by=current_user.id,
                now=clock.now(),
            )
            flash(gettext("Kept. It can be looked at when the certificate is checked."), "success")
            return redirect(to)
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return again(form), form.answer_status


def _kept(
    public_id: UUID, form: ClubForm, keep: Callable[[], None], said: str
) -> ResponseReturnValue:
    return kept_or_again(
        form,
        keep,
        lambda: certificate_page(found_or_404(public_id), form),
        said=said,
        to=f"/office/certification/{public_id}",
    )


def _file(certificate: ExpertCertificate) -> Response:
    try:
        return personal_file_response(certificate.file or abort(404))
    except StorageError:
        abort(503)

"""The coordinators' desk: who holds which outside certificate, and what has been checked."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification import counting, operations, queries
from club.certification.awards.permissions import may_recognise
from club.certification.entering import (
    NO_DOUBTS,
    Doubts,
    certificate_facts,
    doubts_about,
    look_alike_on,
)
from club.certification.expiry import queries as expiry
from club.certification.forms import CertificateForm, CheckForm, WithdrawalForm
from club.certification.permissions import (
    may_keep_certificates,
)
from club.certification.queries import CertificateFilter
from club.certification.rules import (
    CertificateStanding,
    standing_on,
)
from club.certification.views.certificate_papers import (
    LARGEST_PAPER,
    certificate_page,
    found_or_404,
    why_not_check,
)
from club.files.forms import say_not_stored
from club.files.storage import StorageError
from club.people import queries as people
from club.people.models import Person
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.pages import page_number
from club.web.uploads import takes_files

bp = Blueprint("certification", __name__, url_prefix="/office/certification")


@bp.get("")
@open_to(Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
def desk() -> str:
    today, wanted, schemes = clock.today(), _wanted(), queries.outside_schemes()
    page = queries.certificates_like(wanted, on=today, page=page_number(request.args.get("page")))
    return render_template(
        "certification/desk.html",
        page=page,
        standings={c.id: standing_on(c, today) for c in page.items},
        doubtful={c.id for c in page.items if look_alike_on(c, schemes)},
        wanted=wanted,
        schemes=schemes,
        choices=list(CertificateStanding),
        experts=counting.valid_experts_on(today),
        supported=counting.supported_experts_on(today),
        may_keep=may_keep_certificates(current_user),
    )


@bp.get("/waiting")
@open_to(Audience.ASSESSOR, Audience.COORDINATOR, Audience.ADMINISTRATOR)
def waiting() -> str:
    """The desk of those who check: what waits for them, and what they checked lately."""
    today, schemes = clock.today(), queries.outside_schemes()
    page = queries.waiting_to_be_checked(page=page_number(request.args.get("page")))
    checked = queries.checked_lately_by(current_user.id)
    return render_template(
        "certification/waiting.html",
        page=page,
        refused={c.id: why for c in page.items if (why := why_not_check(c))},
        doubtful={c.id for c in page.items if look_alike_on(c, schemes)},
        days={c.id: (today - clock.local_day(c.recorded_at)).days for c in page.items},
        checked=[(c, standing_on(c, today)) for c in checked],
    )


@bp.get("/expiring")
@open_to(Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
def expiring() -> str:
    """What ends in the coming year, or has ended lately and nothing follows it."""
    today = clock.today()
    page = expiry.what_expires(today=today, page=page_number(request.args.get("page")))
    return render_template(
        "certification/expiring.html",
        page=page,
        today=today,
        keeps=may_recognise(current_user),
    )


@bp.get("/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def new() -> str:
    person = _person(request.args.get("person", ""))
    if person is None:
        text = request.args.get("q", "")[:200]
        found = people.people_matching(text) if text.strip() else []
        return render_template("certification/choose.html", q=text, found=found)
    return _form_page(CertificateForm(data={"person": str(person.public_id)}), person)


@bp.post("/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@takes_files(at_most=LARGEST_PAPER)
def add() -> ResponseReturnValue:
    form = CertificateForm()
    person = _person(form.person.data or "") or abort(404)
    form.offer(queries.outside_schemes())
    doubts, is_valid = NO_DOUBTS, form.validate()
    try:
        paper = form.received()
        if is_valid and not (doubts := doubts_about(form)):
            certificate = operations.record_certificate(
                person.id, certificate_facts(form), paper=paper, by=current_user.id, now=clock.now()
            )
            said = gettext("The certificate has been entered; somebody else checks it next.")
            flash(said, "success")
            return redirect(url_for("certification.certificate", public_id=certificate.public_id))
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return _form_page(form, person, doubts), form.answer_status


@bp.get("/<uuid:public_id>")
@open_to(Audience.ASSESSOR, Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)
@shows_person("expert_certificate", "public_id")
def certificate(public_id: UUID) -> str:
    return certificate_page(found_or_404(public_id))


@bp.post("/<uuid:public_id>/check")
@open_to(Audience.ASSESSOR, Audience.COORDINATOR, Audience.ADMINISTRATOR)
def check(public_id: UUID) -> ResponseReturnValue:
    found, form = found_or_404(public_id), CheckForm(prefix="checking")
    compared, by, now = form.has_compared.data, current_user.id, clock.now()
    try:
        operations.check_certificate(found.id, has_compared=compared, by=by, now=now)
    except RefusedError as refused:
        if not refused.field:
            raise
        show_refusal(form, refused)
        return certificate_page(found, form), form.answer_status
    flash(gettext("The certificate has been checked."), "success")
    return redirect(url_for("certification.certificate", public_id=public_id))


@bp.post("/<uuid:public_id>/withdrawal")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def withdraw(public_id: UUID) -> ResponseReturnValue:
    found, form = found_or_404(public_id), WithdrawalForm()
    if form.validate():
        try:
            operations.withdraw_certificate(
                found.id, form.withdrawal(), by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            if not refused.field:
                raise
            show_refusal(form, refused)
        else:
            flash(gettext("The certificate has been withdrawn."), "success")
            return redirect(url_for("certification.certificate", public_id=public_id))
    return certificate_page(found_or_404(public_id), form), 422


def _wanted() -> CertificateFilter:
    given = request.args.get("standing", "")
    return CertificateFilter(
        q=" ".join(request.args.get("q", "").split())[:100],
        scheme=request.args.get("scheme", "")[:40],
        standing=CertificateStanding(given) if given in set(CertificateStanding) else None,
    )


def _person(typed: str) -> Person | None:
    try:
        return people.person_by_public_id(UUID(typed))
    except ValueError:
        return None


def _form_page(form: CertificateForm, person: Person, doubts: Doubts = NO_DOUBTS) -> str:
    schemes = queries.outside_schemes()
    form.offer(schemes)
    return render_template(
        "certification/new.html", form=form, person=person, schemes=schemes, doubts=doubts
    )

"""A person's own expert certificates, and whether the public register may show them."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from club import clock
from club.accounts import queries as accounts
from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.consents import give_consent, withdraw_consent
from club.accounts.models import ConsentPurpose
from club.certification import operations, queries
from club.certification.awards.certificates.queries import certificates_of as recognitions_of
from club.certification.candidacy.queries import candidacies_of
from club.certification.entering import NO_DOUBTS, Doubts, certificate_facts, doubts_about
from club.certification.forms import OwnCertificateForm
from club.certification.permissions import is_holder
from club.certification.register.queries import listed_as
from club.certification.rules import standing_on
from club.certification.schemes.models import REMINDER_DAYS
from club.certification.views.certificate_papers import LARGEST_PAPER
from club.files.forms import say_not_stored
from club.files.storage import StorageError
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal
from club.web.uploads import takes_files

bp = Blueprint("my_certification", __name__, url_prefix="/me/certification")
_REGISTER = ConsentPurpose.PUBLIC_EXPERT_REGISTER


@bp.get("")
@open_to(Audience.SIGNED_IN)
def overview() -> str:
    today, person_id = clock.today(), current_user.person_id
    held = queries.certificates_of(person_id)
    return render_template(
        "certification/mine.html",
        candidacies=candidacies_of(person_id),
        recognitions=[it for it in recognitions_of(person_id) if it.replaced_by is None],
        held=[(certificate, standing_on(certificate, today)) for certificate in held],
        agreed=accounts.open_consent(person_id, _REGISTER),
        listed=listed_as(person_id, on=today),
        expert=queries.expert_of(person_id),
        wording=CONSENT_WORDS[_REGISTER],
        today=today,
        soon=today + timedelta(days=max(REMINDER_DAYS)),
    )


@bp.get("/new")
@open_to(Audience.SIGNED_IN)
def new() -> str:
    return _form_page(OwnCertificateForm())


@bp.post("/new")
@open_to(Audience.SIGNED_IN)
@takes_files(at_most=LARGEST_PAPER)
def add() -> ResponseReturnValue:
    form = OwnCertificateForm()
    form.offer(queries.outside_schemes())
    doubts, is_valid = NO_DOUBTS, form.validate()
    try:
        paper = form.received()
        if is_valid and not (doubts := doubts_about(form)):
            operations.record_certificate(
                current_user.person_id,
                certificate_facts(form),
                paper=paper,
                by=current_user.id,
                now=clock.now(),
            )
            flash(gettext("Your certificate has been entered; the club checks it."), "success")
            return redirect(url_for("my_certification.overview"))
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return _form_page(form, doubts), form.answer_status


@bp.post("/<uuid:public_id>/removal")
@open_to(Audience.SIGNED_IN)
def remove(public_id: UUID) -> ResponseReturnValue:
    certificate = queries.certificate_by_public_id(public_id) or abort(404)
    permit(is_holder(current_user, certificate))
    operations.take_back_own(certificate.id, by=current_user.id, now=clock.now())
    flash(gettext("The entry has been removed."), "success")
    return redirect(url_for("my_certification.overview"))


@bp.post("/register")
@open_to(Audience.SIGNED_IN)
def agree() -> ResponseReturnValue:
    language = str(get_locale() or "vi")
    give_consent(current_user.person_id, _REGISTER, language=language, now=clock.now())
    flash(gettext("You have agreed to stand in the public register."), "success")
    has_page = queries.expert_of(current_user.person_id) is not None
    return redirect(url_for("experts.profile" if has_page else "my_certification.overview"))


@bp.post("/register/withdrawal")
@open_to(Audience.SIGNED_IN)
def disagree() -> ResponseReturnValue:
    withdraw_consent(current_user.person_id, _REGISTER, now=clock.now())
    flash(gettext("Your name no longer stands in the public register."), "success")
    return redirect(url_for("my_certification.overview"))


def _form_page(form: OwnCertificateForm, doubts: Doubts = NO_DOUBTS) -> str:
    schemes = queries.outside_schemes()
    form.offer(schemes)
    return render_template("certification/my_new.html", form=form, schemes=schemes, doubts=doubts)

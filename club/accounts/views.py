from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user
from flask_security import login_user
from flask_security.confirmable import confirm_email_token_status

from club import clock
from club.accounts import consents, operations, queries
from club.accounts.consent_words import CONSENT_WORDS, FREE_PURPOSES
from club.accounts.forms import (
    AccountFilterForm,
    AddressForm,
    ConfirmForm,
    LanguageForm,
    RolesForm,
    SignUpForm,
)
from club.accounts.models import Account, ConsentPurpose, RoleName
from club.accounts.passwords import normal_password
from club.accounts.permissions import may_manage_accounts
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.even_answers import answers_evenly
from club.web.limits import RESET, SIGN_UP, Limit, limited
from club.web.pages import page_number

bp = Blueprint("accounts", __name__)

_CONFIRM = Limit(
    "confirm",
    "60 per 10 minutes",
    "10 per 10 minutes",
    only_refused=True,
    name=lambda: request.path,
)


# Joining


@bp.get("/register")
@open_to(Audience.EVERYONE)
def register() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect("/me/")
    return _sign_up_page(SignUpForm())


@bp.post("/register")
@open_to(Audience.EVERYONE)
@limited(SIGN_UP)
@answers_evenly
def sign_up() -> ResponseReturnValue:
    form = SignUpForm()
    if not form.validate():
        return _sign_up_page(form), 422
    agreed = [ConsentPurpose.PERSONAL_DATA, *([ConsentPurpose.NEWS] if form.news.data else [])]
    try:
        new = operations.new_account(
            email=form.email.data,
            full_name=form.full_name.data,
            password=form.password.data,
            language=str(get_locale()),
        )
        operations.sign_up(new, agreed_to=agreed, now=clock.now())
    except RefusedError as refused:
        form[refused.field or "email"].errors = [gettext(refused.refusal.value)]
        return _sign_up_page(form), 422
    session["mailbox"] = new.email
    return redirect(url_for("accounts.look_in_mailbox"))


def _sign_up_page(form: SignUpForm) -> str:
    return render_template(
        "accounts/sign_up.html", form=form, words=CONSENT_WORDS, purposes=ConsentPurpose
    )


@bp.get("/register/mailbox")
@open_to(Audience.EVERYONE)
def look_in_mailbox() -> ResponseReturnValue:
    """The same page for a known and an unknown address."""
    return render_template("accounts/mailbox.html", email=session.get("mailbox", ""))


@bp.get("/confirm")
@open_to(Audience.EVERYONE)
def confirmation() -> ResponseReturnValue:
    return render_template("accounts/confirm_again.html", form=AddressForm())


@bp.post("/confirm")
@open_to(Audience.EVERYONE)
@limited(RESET)
@answers_evenly
def send_confirmation() -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate():
        return render_template("accounts/confirm_again.html", form=form), 422
    operations.send_confirmation_again(form.email.data, now=clock.now())
    session["mailbox"] = form.email.data
    return redirect(url_for("accounts.look_in_mailbox"))


@bp.route("/confirm/<string:token>", methods=["GET", "POST"])
@open_to(Audience.EVERYONE)
@limited(_CONFIRM)
def confirm(token: str) -> ResponseReturnValue:
    """Needs the letter and the password: the owner of a mailbox cannot be made to confirm an
    account that somebody else opened with a password of theirs. A GET changes nothing, for
    mail filters follow links.
    """
    _expired, invalid, account = confirm_email_token_status(token)
    if account is None or invalid:
        flash(gettext("This link has expired or was replaced. Ask for a new one."), "error")
        return redirect(url_for("accounts.confirmation"))
    if account.confirmed_at:
        flash(gettext("This address is confirmed. You can sign in."), "info")
        return redirect(url_for("security.login"))
    form = ConfirmForm()
    if request.method == "GET":
        return render_template("accounts/confirm.html", form=form, email=account.email)
    if form.validate() and account.verify_and_update_password(normal_password(form.password.data)):
        account = operations.confirm(account.id, now=clock.now())
        login_user(account, authn_via=["password"])
        flash(gettext("Your address is confirmed. Welcome to the club."), "success")
        return redirect("/me/")
    if not form.password.errors:
        form.password.errors = [gettext("This is not the password chosen at sign-up.")]
    return render_template("accounts/confirm.html", form=form, email=account.email), 422


@bp.get("/reset")
@open_to(Audience.EVERYONE)
def forgotten() -> ResponseReturnValue:
    return render_template("accounts/forgotten.html", form=AddressForm())


@bp.post("/reset")
@open_to(Audience.EVERYONE)
@limited(RESET)
@answers_evenly
def ask_for_reset() -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    operations.ask_for_reset(form.email.data, now=clock.now())
    session["mailbox"] = form.email.data
    return redirect(url_for("accounts.look_in_mailbox"))


# The own account


@bp.get("/me/account")
@open_to(Audience.SIGNED_IN)
def own_account() -> ResponseReturnValue:
    account: Account = current_user
    return render_template(
        "accounts/own.html",
        account=account,
        passkeys=queries.passkeys_of(account.id),
        language_form=LanguageForm(language=account.person.language),
    )


@bp.post("/me/account/language")
@open_to(Audience.SIGNED_IN)
def choose_language() -> ResponseReturnValue:
    form = LanguageForm()
    if not form.validate():
        abort(422)
    operations.choose_language(current_user.person_id, form.language.data)
    flash(gettext("Saved."), "success")
    return redirect(url_for("accounts.own_account"))


@bp.get("/me/privacy")
@open_to(Audience.SIGNED_IN)
def privacy() -> ResponseReturnValue:
    given = queries.consents_of(current_user.person_id)
    standing = {consent.purpose: consent for consent in given if consent.withdrawn_at is None}
    return render_template(
        "accounts/privacy.html",
        account=current_user,
        given=given,
        standing=standing,
        words=CONSENT_WORDS,
        free_purposes=FREE_PURPOSES,
        personal_data=ConsentPurpose.PERSONAL_DATA,
    )


@bp.post("/me/privacy/<string:purpose>/consent")
@open_to(Audience.SIGNED_IN)
def give_consent(purpose: str) -> ResponseReturnValue:
    consents.give_consent(
        current_user.person_id, _free(purpose), language=str(get_locale()), now=clock.now()
    )
    flash(gettext("Thank you. You can take this back here at any time."), "success")
    return redirect(url_for("accounts.privacy"))


@bp.post("/me/privacy/<string:purpose>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw_consent(purpose: str) -> ResponseReturnValue:
    consents.withdraw_consent(current_user.person_id, _free(purpose), now=clock.now())
    flash(gettext("Your consent has been taken back."), "success")
    return redirect(url_for("accounts.privacy"))


@bp.post("/me/privacy/closing")
@open_to(Audience.SIGNED_IN)
def close_own_account() -> ResponseReturnValue:
    operations.close_own_account(current_user.id, now=clock.now())
    flash(gettext("Your account is closed. A letter tells you what happens next."), "success")
    return redirect("/")


def _free(purpose: str) -> ConsentPurpose:
    found = next((p for p in FREE_PURPOSES if p.value == purpose), None)
    return found or abort(404)


# The administrator's desk


@bp.get("/office/accounts")
@open_to(Audience.ADMINISTRATOR)
def account_list() -> ResponseReturnValue:
    permit(may_manage_accounts(current_user))
    form = AccountFilterForm(request.args)
    form.validate()
    role = next((name for name in RoleName if name.value == form.role.data), None)
    page = page_number(request.args.get("page"))
    found = queries.accounts_matching(form.q.data or "", role=role, page=page)
    return render_template("accounts/office_list.html", found=found, filters=form, roles=RoleName)


@bp.get("/office/accounts/<uuid:public_id>")
@open_to(Audience.ADMINISTRATOR)
def account_page(public_id: UUID) -> ResponseReturnValue:
    account = _manageable(public_id)
    form = RolesForm(roles=[name.value for name in queries.held_roles(account)])
    return render_template("accounts/office_account.html", account=account, form=form)


@bp.post("/office/accounts/<uuid:public_id>/roles")
@open_to(Audience.ADMINISTRATOR)
def set_roles(public_id: UUID) -> ResponseReturnValue:
    account = _manageable(public_id)
    form = RolesForm()
    if not form.validate():
        return render_template("accounts/office_account.html", account=account, form=form), 422
    operations.set_roles(account.id, form.wanted(), by=current_user.id, now=clock.now())
    return _done(public_id)


@bp.post("/office/accounts/<uuid:public_id>/deactivation")
@open_to(Audience.ADMINISTRATOR)
def deactivate(public_id: UUID) -> ResponseReturnValue:
    operations.deactivate(_manageable(public_id).id, by=current_user.id, now=clock.now())
    return _done(public_id)


@bp.post("/office/accounts/<uuid:public_id>/reactivation")
@open_to(Audience.ADMINISTRATOR)
def reactivate(public_id: UUID) -> ResponseReturnValue:
    operations.reactivate(_manageable(public_id).id, by=current_user.id, now=clock.now())
    return _done(public_id)


def _manageable(public_id: UUID) -> Account:
    permit(may_manage_accounts(current_user))
    return queries.account_of(public_id) or abort(404)


def _done(public_id: UUID) -> ResponseReturnValue:
    flash(gettext("Saved."), "success")
    return redirect(url_for("accounts.account_page", public_id=public_id))

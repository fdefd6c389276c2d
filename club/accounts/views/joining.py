"""Signing up, confirming the address, and a forgotten password."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user
from flask_security import login_user
from flask_security.confirmable import confirm_email_token_status

from club import clock
from club.accounts import operations, queries
from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.forms import (
    AddressForm,
    ConfirmForm,
    SignUpForm,
)
from club.accounts.models import ConsentPurpose
from club.accounts.passwords import normal_password
from club.accounts.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.even_answers import answers_evenly
from club.web.limits import (
    RESET,
    RESET_AT_LEAST,
    RESET_HERE,
    SIGN_UP,
    Limit,
    has_budget,
    limited,
    require_budget,
    spend,
)

_CONFIRM = Limit(
    "confirm",
    "60 per 10 minutes",
    "10 per 10 minutes",
    only_refused=True,
    name=lambda: request.path,
)


@bp.get("/register")
@open_to(Audience.EVERYONE)
def register() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect("/me/")
    return _sign_up_page(SignUpForm())


@bp.post("/register")
@open_to(Audience.EVERYONE)
@answers_evenly
def sign_up() -> ResponseReturnValue:
    form = SignUpForm()
    if not form.validate():
        return _sign_up_page(form), 422
    spend(SIGN_UP)
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
@answers_evenly
def send_confirmation() -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate():
        return render_template("accounts/confirm_again.html", form=form), 422
    return _letter_to(form.email.data, operations.send_confirmation_again)


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
@answers_evenly
def ask_for_reset() -> ResponseReturnValue:
    form = AddressForm()
    if not form.validate():
        return render_template("accounts/forgotten.html", form=form), 422
    return _letter_to(form.email.data, operations.ask_for_reset)


def _letter_to(mailbox: str, write: Callable[..., None]) -> ResponseReturnValue:
    """Answers the same whether or not anything was written.

    Others behind the same gateway can use up its tries by naming mailboxes. That is told to
    nobody, and a mailbox of the club's still gets a letter an hour: its owner may be among them.
    """
    require_budget(RESET)
    if has_budget(RESET_HERE):
        spend(RESET)
        write(mailbox, now=clock.now())
    elif queries.handle_of(mailbox) and has_budget(RESET_AT_LEAST):
        write(mailbox, now=clock.now())
    session["mailbox"] = mailbox
    return redirect(url_for("accounts.look_in_mailbox"))

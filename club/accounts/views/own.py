"""A person's own account."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club.accounts import operations, queries
from club.accounts.forms import (
    LanguageForm,
)
from club.accounts.models import Account
from club.accounts.views.blueprint import bp
from club.web.access import Audience, open_to


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

"""What somebody has agreed to, and closing the own account."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from club import clock
from club.accounts import consents, operations, queries
from club.accounts.consent_words import CONSENT_WORDS, FREE_PURPOSES
from club.accounts.models import ConsentPurpose
from club.accounts.views.blueprint import bp
from club.web.access import Audience, open_to
from club.web.page_parts import PageOf, page_parts


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
        parts=page_parts(PageOf.OWN_DATA, current_user, account=current_user, now=clock.now()),
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

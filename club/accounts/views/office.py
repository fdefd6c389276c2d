"""The administrator's desk: who can sign in, and as what."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts import operations, queries
from club.accounts.forms import (
    AccountFilterForm,
    RolesForm,
)
from club.accounts.models import Account, RoleName
from club.accounts.permissions import may_manage_accounts
from club.accounts.views.blueprint import bp
from club.audit.looks import shows_person
from club.web.access import Audience, open_to, permit
from club.web.pages import page_number


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
@shows_person("person", "public_id")
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
